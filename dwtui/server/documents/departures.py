"""What becomes of versions when their storage is deleted, and when a storage at the same place is attached again."""

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.documents.counting import DocumentCount, count_in_storage
from dwtui.server.documents.rows import DepartedStorageRow, PendingObjectRow, VersionRow
from dwtui.server.storage_backends.rows import StorageBackendRow


async def depart(session: AsyncSession, storage: StorageBackendRow) -> None:
    """Keep where the versions of a storage lie. Called when the storage is deleted and nobody can add to it any more.

    Another storage of the organization at the very same place takes them over; otherwise what it was called and where
    it lay is kept, without its keys.
    """
    twin = select(StorageBackendRow.id).where(
        StorageBackendRow.organization_id == storage.organization_id,
        StorageBackendRow.location_key == storage.location_key,
        StorageBackendRow.prefix == storage.prefix,
        StorageBackendRow.id != storage.id,
    )
    twin_id = await session.scalar(twin.order_by(StorageBackendRow.for_documents.desc()).limit(1))
    if twin_id is not None:
        await _hand_over(session, storage.id, twin_id)
        return
    if not await session.scalar(select(exists().where(VersionRow.storage_id == storage.id))):
        return
    session.add(
        DepartedStorageRow(
            id=storage.id,
            organization_id=storage.organization_id,
            name=storage.name,
            bucket=storage.bucket,
            prefix=storage.prefix,
            endpoint_url=storage.endpoint_url,
            location_key=storage.location_key,
            deleted_at=clock.now(),
        )
    )
    await session.flush()


async def come_back(session: AsyncSession, storage: StorageBackendRow) -> DocumentCount:
    """Link the versions of deleted storages at the same place to a new storage; the answer counts what lies in it."""
    departed = await session.scalars(
        select(DepartedStorageRow.id).where(
            DepartedStorageRow.organization_id == storage.organization_id,
            DepartedStorageRow.location_key == storage.location_key,
            DepartedStorageRow.prefix == storage.prefix,
        )
    )
    for departed_id in departed.all():
        await _hand_over(session, departed_id, storage.id)
        await session.execute(delete(DepartedStorageRow).where(DepartedStorageRow.id == departed_id))
    return await count_in_storage(session, storage.id)


async def _hand_over(session: AsyncSession, old_id: str, new_id: str) -> None:
    for table in (VersionRow, PendingObjectRow):
        await session.execute(update(table).where(table.storage_id == old_id).values(storage_id=new_id))
