"""What an organization and its studies use a storage for."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.database.engine import lock
from dwtui.server.errors import ConflictError
from dwtui.server.organizations.rows import OrganizationRow
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyRow


async def hold_usage(session: AsyncSession, organization_id: str) -> None:
    """Let nobody else change what the organization's storages are used for, until the transaction ends.

    Taken before any row is held: deletions and changes of studies and defaults would wait for each other otherwise.
    """
    await lock(session, f"usage of storages of {organization_id}")


async def refuse_needed_use(session: AsyncSession, storage: StorageBackendRow) -> None:
    """ConflictError when documents are, or by default would be, kept in a storage that should be for data only."""
    studies = (
        select(StudyRow.name)
        .where(StudyRow.document_storage_id == storage.id)
        .order_by(StudyRow.name)
        .limit(3)
    )
    names = list(await session.scalars(studies))
    if names:
        raise ConflictError(
            f"Studies keep their documents in “{storage.name}”: {', '.join(names)}. "
            "Give them another document storage first.",
            field="uses",
        )
    default = select(OrganizationRow.id).where(OrganizationRow.default_document_storage_id == storage.id)
    if await session.scalar(default):
        raise ConflictError(
            f"New studies keep their documents in “{storage.name}”. Choose another default for documents first.",
            field="uses",
        )
