"""Queries on documents, and the relations of documents."""

from typing import Any

from ariadne import ObjectType, QueryType

from dwtui.server.accounts.mentioned import mentioned
from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import not_found
from dwtui.server.context import Info
from dwtui.server.database.paging import Page, page_of
from dwtui.server.documents.counting import CountOfDocument, CountOfStudy, DocumentCount
from dwtui.server.documents.listing import NEWEST_FIRST, ORDERS, documents_of, versions_of
from dwtui.server.documents.looking_up import document_seen
from dwtui.server.documents.nodes import DocumentNode, VersionNode
from dwtui.server.studies.nodes import StudyNode

query = QueryType()
document = ObjectType("Document")
study = ObjectType("Study")


@query.field("document")
async def resolve_document(_parent: Any, info: Info, id: str) -> DocumentNode:
    """One document."""
    seen = await document_seen(info.context, id)
    return DocumentNode.of(seen.document, seen.standing)


@study.field("documents")
async def resolve_documents(
    parent: StudyNode,
    info: Info,
    first: int | None = 50,
    after: str | None = None,
    search: str | None = None,
    name: str | None = None,
    stranded: bool | None = None,
    order_by: str | None = "NAME",
) -> Page:
    """The documents of a study."""
    if not parent.standing.lists_documents(parent.id):
        return Page()
    async with info.context.database.read() as session:
        return await page_of(
            session,
            documents_of(parent.id, search=search, name=name, stranded=stranded),
            ORDERS[order_by or "NAME"],
            first=first,
            after=after,
            view=lambda row: DocumentNode.of(row, parent.standing),
        )


async def _count_of(parent: StudyNode, info: Info) -> CountOfStudy | None:
    if not parent.standing.lists_documents(parent.id):
        return None
    return await info.context.loaders.documents.count_of_study.load(parent.id) or CountOfStudy()


@study.field("documentCount")
async def resolve_document_count(parent: StudyNode, info: Info) -> DocumentCount | None:
    """How many documents a study has."""
    count = await _count_of(parent, info)
    return count.all if count else None


@study.field("strandedCount")
async def resolve_count_of_stranded(parent: StudyNode, info: Info) -> DocumentCount | None:
    """How many documents of a study can not be opened."""
    count = await _count_of(parent, info)
    return count.stranded if count else None


@document.field("study")
async def resolve_study(parent: DocumentNode, info: Info) -> StudyNode:
    """The study a document belongs to."""
    return StudyNode.of(await info.context.loaders.study.load(parent.study_id), parent.standing)


@document.field("createdBy")
async def resolve_created_by(parent: DocumentNode, info: Info) -> UserNode | None:
    """Who made it."""
    return await mentioned(info.context, parent.created_by_id, parent.standing)


@document.field("latest")
async def resolve_latest(parent: DocumentNode, info: Info) -> VersionNode:
    """A document's newest version."""
    context = info.context
    row = await context.loaders.documents.version.load(parent.latest_id)
    if row is None:
        # It was deleted since the document was read: another one is the newest now, or the document is gone, too.
        again = await document_seen(context, parent.id)
        row = await context.loaders.documents.version.load(again.document.latest_id)
        if row is None:
            raise not_found(parent.id)
    return VersionNode.of(row, parent.standing)


@document.field("versions")
async def resolve_versions(
    parent: DocumentNode, info: Info, first: int | None = 50, after: str | None = None
) -> Page:
    """A document's versions."""
    async with info.context.database.read() as session:
        return await page_of(
            session,
            versions_of(parent.id),
            NEWEST_FIRST,
            first=first,
            after=after,
            view=lambda row: VersionNode.of(row, parent.standing),
        )


async def _versions_count(parent: DocumentNode, info: Info) -> CountOfDocument:
    return await info.context.loaders.documents.count_of_document.load(parent.id) or CountOfDocument()


@document.field("versionCount")
async def resolve_version_count(parent: DocumentNode, info: Info) -> int:
    """How many versions a document has."""
    return (await _versions_count(parent, info)).versions


@document.field("bytes")
async def resolve_bytes(parent: DocumentNode, info: Info) -> int:
    """The bytes of all versions of a document."""
    return (await _versions_count(parent, info)).bytes


@document.field("strandedCount")
async def resolve_stranded_count(parent: DocumentNode, info: Info) -> int:
    """How many versions of a document can not be opened."""
    return (await _versions_count(parent, info)).stranded


bindables = [query, document, study]
