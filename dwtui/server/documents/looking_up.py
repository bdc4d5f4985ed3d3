"""Finding documents and versions, as those who may know of them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.permissions import Standing, not_found
from dwtui.server.context import RequestContext
from dwtui.server.database.engine import HELD
from dwtui.server.documents.rows import DocumentRow, VersionRow
from dwtui.server.studies.rows import StudyRow


@dataclass(frozen=True)
class SeenDocument:
    """A document, its study, and what the viewer may do there."""

    document: DocumentRow
    study: StudyRow
    standing: Standing


@dataclass(frozen=True)
class SeenVersion:
    """A version, its study, and what the viewer may do there."""

    version: VersionRow
    study: StudyRow
    standing: Standing


async def document_seen(context: RequestContext, document_id: str) -> SeenDocument:
    """A document; NotFoundError when the viewer may not know of it."""
    statement = select(DocumentRow, StudyRow).join(StudyRow, StudyRow.id == DocumentRow.study_id)
    async with context.database.read() as session:
        found = (await session.execute(statement.where(DocumentRow.id == document_id))).one_or_none()
    if found is None:
        raise not_found(document_id)
    document, study = found
    return SeenDocument(document, study, await _standing(context, study, document_id))


async def version_seen(context: RequestContext, version_id: str) -> SeenVersion:
    """A version; NotFoundError when the viewer may not know of it."""
    statement = select(VersionRow, StudyRow).join(StudyRow, StudyRow.id == VersionRow.study_id)
    async with context.database.read() as session:
        found = (await session.execute(statement.where(VersionRow.id == version_id))).one_or_none()
    if found is None:
        raise not_found(version_id)
    version, study = found
    return SeenVersion(version, study, await _standing(context, study, version_id))


async def _standing(context: RequestContext, study: StudyRow, what: str) -> Standing:
    standing = await context.standing(study.organization_id)
    if not standing.lists_documents(study.id):
        raise not_found(what)
    return standing


async def hold_document(session: AsyncSession, document_id: str) -> DocumentRow:
    """The document, held until the transaction ends; NotFoundError when it was deleted meanwhile."""
    row = await session.get(DocumentRow, document_id, with_for_update=HELD)
    if row is None:
        raise not_found(document_id)
    return row
