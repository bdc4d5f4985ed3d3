"""What may lie in a bucket without a version that accounts for it, and what becomes of it.

`stray_objects` claims what uploads have left behind; once an object is gone from its bucket, `forget_object` strikes
it out. Until then it stays in the journal, and is claimed again the next time.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from dwtui.server import clock
from dwtui.server.database.engine import Database
from dwtui.server.documents.rows import PendingObjectRow, VersionRow
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.secrets import Cipher, CipherError
from dwtui.server.storage_backends.keys import unseal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import reached_at

_log = logging.getLogger(__name__)

SIGN_OF_LIFE = timedelta(seconds=15)
"""How often an upload says that it is alive."""
SILENCE = timedelta(minutes=3)
"""An upload that was silent for so long is given up: its process is gone."""
CLAIM = timedelta(minutes=1)
"""How long whoever gave an upload up, or claimed its object, is left alone with it."""
_LONGEST_PAUSE = timedelta(days=1)
"""What can not be removed is tried again after as long as it has been there, but at least so often."""
UNCLAIMED_FOR = timedelta(days=1)
"""How long a version waits to be made a document."""


@dataclass(frozen=True)
class StrayObject:
    """An object that is to be removed: its multipart upload aborted, if it has an id, and the object deleted."""

    version_id: str
    storage_name: str
    location: Location
    keys: KeyPair | None
    bucket_owner: str | None
    key: str
    upload_id: str | None


async def stray_objects(database: Database, cipher: Cipher, *, most: int = 100) -> list[StrayObject]:
    """The objects that uploads have left behind, oldest first. None of these uploads can be finished any more.

    Those in storages that were deleted are struck out: nobody has the keys any more.
    """
    moment = clock.now()
    statement = (
        select(PendingObjectRow)
        .where(PendingObjectRow.due_at < moment)
        .order_by(PendingObjectRow.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    async with database.change() as session:
        pending = (await session.scalars(statement)).all()
        storages = await _storages(session, {row.storage_id for row in pending})
        for row in pending:
            row.abandoned = True
            row.due_at = moment + min(max(CLAIM, moment - row.begun_at), _LONGEST_PAUSE)
            if row.storage_id not in storages:
                await session.delete(row)
    kept = [row for row in pending if row.storage_id in storages]
    return [
        stray for row in kept if (stray := await _stray(row, storages[row.storage_id], cipher)) is not None
    ]


async def _storages(session: AsyncSession, storage_ids: set[str]) -> dict[str, StorageBackendRow]:
    statement = (
        select(StorageBackendRow)
        .where(StorageBackendRow.id.in_(storage_ids))
        .options(undefer(StorageBackendRow.sealed_keys))
    )
    return {row.id: row for row in await session.scalars(statement)}


async def _stray(row: PendingObjectRow, storage: StorageBackendRow, cipher: Cipher) -> StrayObject | None:
    location = reached_at(storage)
    try:
        keys = await unseal(cipher, storage)
    except CipherError as error:
        _log.warning("an object stays in “%s”: %s", storage.name, error.message)
        return None
    return StrayObject(
        version_id=row.id,
        storage_name=storage.name,
        location=location,
        keys=keys,
        bucket_owner=storage.bucket_owner,
        key=location.key(row.key),
        upload_id=row.upload_id,
    )


async def forget_object(database: Database, version_id: str) -> None:
    """Strike an object out of the journal: it is gone from its bucket, or was never there."""
    async with database.change() as session:
        await session.execute(delete(PendingObjectRow).where(PendingObjectRow.id == version_id))


async def remove_unclaimed(database: Database) -> int:
    """Remove the versions that nobody made a document in time; their objects become stray. How many there were."""
    too_old = clock.now() - UNCLAIMED_FOR
    statement = (
        select(VersionRow)
        .where(VersionRow.document_id.is_(None), VersionRow.created_at < too_old)
        .with_for_update(skip_locked=True)
    )
    async with database.change() as session:
        versions = (await session.scalars(statement)).all()
        leave_stray(session, versions)
        await session.execute(delete(VersionRow).where(VersionRow.id.in_([row.id for row in versions])))
    return len(versions)


def leave_stray(session: AsyncSession, versions: Iterable[VersionRow]) -> None:
    """Enter the objects of versions that are about to be deleted: removed even if this process ends first."""
    moment = clock.now()
    session.add_all(
        PendingObjectRow(
            id=version.id,
            storage_id=version.storage_id,
            key=version.key,
            upload_id=None,
            begun_at=moment,
            due_at=moment + CLAIM,
            abandoned=True,
        )
        for version in versions
    )
