"""Deleting a storage, and what it would mean. The bucket itself is not touched and need not be reachable."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.activity.recording import Action
from dwtui.server.database.engine import lock
from dwtui.server.documents.counting import DocumentCount, count_in_storage, in_words
from dwtui.server.documents.departures import depart
from dwtui.server.organizations.rows import OrganizationRow
from dwtui.server.organizations.rules import default_storage_of, forget_default
from dwtui.server.organizations.usage import hold_usage
from dwtui.server.parts import Parts
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import get_storage, location_of, refuse_default
from dwtui.server.studies.rows import StudyDataStorageRow, StudyRow
from dwtui.server.studies.rules import fall_back


@dataclass(frozen=True)
class DeletionImpact:
    """What would happen if a storage were deleted."""

    document_studies: list[StudyRow]
    data_studies: list[StudyRow]
    is_default_for_documents: bool
    is_default_for_data: bool
    stranded_documents: DocumentCount
    fallback: StorageBackendRow


async def impact_of(session: AsyncSession, row: StorageBackendRow) -> DeletionImpact:
    """What deleting a storage would mean."""
    refuse_default(row, "deleted")
    documents = select(StudyRow).where(StudyRow.document_storage_id == row.id).order_by(StudyRow.name_key)
    data = (
        select(StudyRow)
        .join(StudyDataStorageRow, StudyDataStorageRow.study_id == StudyRow.id)
        .where(StudyDataStorageRow.storage_id == row.id)
        .order_by(StudyRow.name_key)
    )
    organization = await session.get_one(OrganizationRow, row.organization_id)
    return DeletionImpact(
        document_studies=list(await session.scalars(documents)),
        data_studies=list(await session.scalars(data)),
        is_default_for_documents=organization.default_document_storage_id == row.id,
        is_default_for_data=organization.default_data_storage_id == row.id,
        stranded_documents=await count_in_storage(session, row.id),
        fallback=await default_storage_of(session, row.organization_id),
    )


async def remove(parts: Parts, action: Action, storage_id: str) -> StorageBackendRow:
    """Delete a storage and its secrets; studies and defaults that use it fall back to the default storage."""
    async with action.transaction() as session:
        await hold_usage(session, action.organization_id)
        row = await get_storage(session, storage_id, to_change=True)
        impact = await impact_of(session, row)
        await fall_back(session, row, impact.fallback.id)
        await forget_default(session, row.id)
        await lock(session, f"places in {row.location_key}")
        await session.delete(row)
        await session.flush()
        await depart(session, row)
        users = {study.id for study in (*impact.document_studies, *impact.data_studies)}
        action.summary = location_of(row).s3_uri
        if users:
            action.summary += f"; studies that fell back to the default storage: {len(users)}"
        if impact.stranded_documents.documents:
            action.summary += f"; documents left in it: {in_words(impact.stranded_documents)}"
    return row
