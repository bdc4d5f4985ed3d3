"""Counting documents, versions and bytes: all of them, and those that can not be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, distinct, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from dwtui.server.documents.places import out_of_reach
from dwtui.server.documents.rows import VersionRow
from dwtui.server.studies.rows import StudyRow
from dwtui.server.words import bytes_in_words, counted


@dataclass(frozen=True)
class DocumentCount:
    """How many documents have at least one such version, how many versions, and their bytes: `DocumentCount`."""

    documents: int = 0
    versions: int = 0
    bytes: int = 0


def in_words(count: DocumentCount) -> str:
    """A count as people read it: `37 documents (1.2 GB)`, and how many versions, if they are more."""
    versions = f"{counted(count.versions, 'version')}, " if count.versions > count.documents else ""
    return f"{counted(count.documents, 'document')} ({versions}{bytes_in_words(count.bytes)})"


@dataclass(frozen=True)
class CountOfStudy:
    """The documents of a study, and those of them that can not be opened."""

    all: DocumentCount = DocumentCount()
    stranded: DocumentCount = DocumentCount()


@dataclass(frozen=True)
class CountOfDocument:
    """The versions of a document: how many, their bytes, and how many can not be opened."""

    versions: int = 0
    bytes: int = 0
    stranded: int = 0


def counts_where(condition: ColumnElement[bool]) -> tuple[ColumnElement[Any], ...]:
    """Columns that make a DocumentCount of the versions for which it holds."""
    return (
        func.count(distinct(case((condition, VersionRow.document_id)))),
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0),
        func.coalesce(func.sum(case((condition, VersionRow.size), else_=0)), 0),
    )


def count_of(columns: Sequence[Any]) -> DocumentCount:
    """The DocumentCount that three such columns tell."""
    documents, versions, size = columns
    return DocumentCount(int(documents), int(versions), int(size))


def versions_of_documents(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    """A select over versions that belong to documents, joined with their studies."""
    return (
        select(*columns)
        .select_from(VersionRow)
        .join(StudyRow, StudyRow.id == VersionRow.study_id)
        .where(VersionRow.document_id.is_not(None))
    )


async def counts_of_studies(session: AsyncSession, studies: Sequence[str]) -> dict[str, CountOfStudy]:
    """The counts of many studies; those without documents are left out."""
    columns = (*counts_where(true()), *counts_where(out_of_reach()))
    statement = (
        versions_of_documents(VersionRow.study_id, *columns)
        .where(VersionRow.study_id.in_(studies))
        .group_by(VersionRow.study_id)
    )
    return {
        study: CountOfStudy(count_of(counts[:3]), count_of(counts[3:]))
        for study, *counts in await session.execute(statement)
    }


async def counts_of_documents(session: AsyncSession, documents: Sequence[str]) -> dict[str, CountOfDocument]:
    """The counts of many documents."""
    versions, size = counts_where(true())[1:]
    stranded = counts_where(out_of_reach())[1]
    statement = (
        versions_of_documents(VersionRow.document_id, versions, size, stranded)
        .where(VersionRow.document_id.in_(documents))
        .group_by(VersionRow.document_id)
    )
    return {
        document: CountOfDocument(*(int(count) for count in counts))
        for document, *counts in await session.execute(statement)
    }


async def count_in_storage(session: AsyncSession, storage_id: str) -> DocumentCount:
    """The documents that lie in a storage, whether or not their studies look for them there."""
    statement = versions_of_documents(*counts_where(true())).where(VersionRow.storage_id == storage_id)
    return count_of((await session.execute(statement)).one())
