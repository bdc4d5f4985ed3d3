"""Rules every change of a storage keeps: names are unique, places are not shared, blank keys are allowed there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from dwtui.server.accounts.permissions import not_found
from dwtui.server.database.engine import HELD
from dwtui.server.errors import BadInputError, ConflictError, ForbiddenError
from dwtui.server.names import name_key
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.results import StorageUse
from dwtui.server.storage_backends.places import Overlap, blank_keys_allowed, location_key, overlaps_of
from dwtui.server.storage_backends.rows import StorageBackendRow

NAME_LENGTH = 100


@dataclass(frozen=True)
class StorageSettings:
    """Settings of a storage that keep the rules which can be judged without the database or S3.

    `bucket_owner` is the account that a verification has proven to own the bucket; None: not proven yet.
    """

    location: Location
    uses: frozenset[StorageUse]
    keys: KeyPair | None
    bucket_owner: str | None = None

    @property
    def location_key(self) -> str:
        """What tells the bucket from all others."""
        return location_key(self.location.endpoint_url, self.location.bucket)


async def get_storage(
    session: AsyncSession, storage_id: str, *, with_keys: bool = False, to_change: bool = False
) -> StorageBackendRow:
    """The storage; `with_keys` loads its sealed keys, `to_change` holds it until the transaction ends."""
    row = await session.get(
        StorageBackendRow,
        storage_id,
        options=[undefer(StorageBackendRow.sealed_keys)] if with_keys else [],
        with_for_update=HELD if to_change else None,
    )
    if row is None:
        raise not_found(storage_id)
    return row


def location_of(row: StorageBackendRow) -> Location:
    """Where a storage lies."""
    return Location(
        bucket=row.bucket,
        prefix=row.prefix,
        endpoint_url=row.endpoint_url,
        region=row.given_region,
        path_style=row.path_style,
    )


def reached_at(row: StorageBackendRow) -> Location:
    """Where a storage lies, in the region that was given or, failing that, found by its last verification."""
    return replace(location_of(row), region=row.given_region or row.region)


def uses_of(row: StorageBackendRow) -> frozenset[StorageUse]:
    """What a storage is meant for."""
    meant = ((StorageUse.DOCUMENTS, row.for_documents), (StorageUse.DATA, row.for_data))
    return frozenset(use for use, wanted in meant if wanted)


async def refuse_taken_name(
    session: AsyncSession, organization_id: str, name: str, own_id: str | None = None
) -> None:
    """ConflictError when another storage of the organization has the name."""
    if await name_is_taken(session, organization_id, name, own_id):
        raise name_taken(name)


async def name_is_taken(
    session: AsyncSession, organization_id: str, name: str, own_id: str | None = None
) -> bool:
    """Whether another storage of the organization has the name."""
    taken = await session.scalar(
        select(StorageBackendRow.id).where(
            StorageBackendRow.organization_id == organization_id,
            StorageBackendRow.name_key == name_key(name),
        )
    )
    return taken is not None and taken != own_id


def name_taken(name: str) -> ConflictError:
    """The refusal of a name."""
    return ConflictError(
        f"This organization has a storage called “{name}” already. Choose another name.", field="name"
    )


async def flush_name(session: AsyncSession, name: str) -> None:
    """Write; two who take the same name at once are told apart by the database."""
    try:
        await session.flush()
    except IntegrityError as error:
        raise name_taken(name) from error


async def refuse_shared_place(
    session: AsyncSession, organization_id: str, settings: StorageSettings
) -> list[Overlap]:
    """ConflictError when another organization uses the place; the answer are the overlaps to warn of."""
    overlaps = await overlaps_of(
        session,
        organization_id,
        settings.location_key,
        settings.location.prefix,
        for_documents=StorageUse.DOCUMENTS in settings.uses,
    )
    for overlap in overlaps:
        if overlap.refused:
            raise ConflictError(overlap.message, field="prefix")
    return overlaps


async def refuse_foreign_identity(
    session: AsyncSession, organization_id: str, settings: StorageSettings
) -> None:
    """ForbiddenError when blank keys would let the organization use what only the application itself may reach."""
    if settings.keys is not None:
        return
    if settings.location.endpoint_url is not None:
        raise ForbiddenError(
            "Blank keys are for AWS only: the application does not show its own identity to another endpoint. "
            "Give a key pair.",
            field="accessKey",
        )
    location = settings.location
    if not await blank_keys_allowed(session, organization_id, location.bucket, location.prefix):
        raise ForbiddenError(
            "Blank keys are not allowed at this place. Give a key pair, or ask the operator of this application "
            f"to allow your organization to use {location.s3_uri} with the application's own identity.",
            field="accessKey",
        )


def refuse_default(row: StorageBackendRow, what: str) -> None:
    """ForbiddenError for the default storage, which belongs to the application."""
    if row.is_default:
        raise ForbiddenError(
            f"The default storage cannot be {what}: it belongs to the application. Only its operator can change it."
        )


def chosen_uses(names: Iterable[str] | None) -> frozenset[StorageUse]:
    """The uses an input names (default: both); BadInputError for none at all."""
    if names is None:
        return frozenset(StorageUse)
    uses = frozenset(StorageUse(name) for name in names)
    if not uses:
        raise BadInputError("uses", "Choose at least one use: documents, data, or both.")
    return uses
