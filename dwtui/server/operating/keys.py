"""Rotating the local key: all key pairs are sealed anew with a new one; old keys are dropped apart from that."""

from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from dwtui.server.errors import BadInputError
from dwtui.server.operating.opening import opened
from dwtui.server.secrets import LocalKeyCipher, remove_old_keys, rotate_key_file, storage_context
from dwtui.server.settings import ServerSettings
from dwtui.server.storage_backends.rows import StorageBackendRow


def _sealed() -> Select[StorageBackendRow]:
    """The storages that have keys, with them."""
    return (
        select(StorageBackendRow)
        .where(StorageBackendRow.sealed_keys.is_not(None))
        .options(undefer(StorageBackendRow.sealed_keys))
    )


async def rotate_local_key(settings: ServerSettings) -> int:
    """Make a new key and seal all key pairs with it. Answers how many there were.

    A stop at any point loses nothing: the old keys stay in the file, and a running API goes on.
    """
    path = _key_file(settings)
    rotate_key_file(path)
    cipher = LocalKeyCipher(path)
    async with opened(settings) as database, database.change() as session:
        rows = (await session.scalars(_sealed().with_for_update())).all()
        for row in rows:
            assert row.sealed_keys is not None
            context = storage_context(row.organization_id, row.id)
            row.sealed_keys = await cipher.encrypt(await cipher.decrypt(row.sealed_keys, context), context)
    return len(rows)


async def drop_old_keys(settings: ServerSettings) -> list[str]:
    """Drop the old keys that no key pair needs any more. Answers their ids."""
    path = _key_file(settings)
    cipher = LocalKeyCipher(path)
    async with opened(settings) as database, database.read() as session:
        rows = (await session.scalars(_sealed())).all()
    return remove_old_keys(path, {cipher.key_id_of(row.sealed_keys) for row in rows if row.sealed_keys})


def _key_file(settings: ServerSettings) -> Path:
    if settings.local_key_file is None:
        raise BadInputError("kmsKey", "Key pairs are encrypted with AWS KMS here; rotate that key in KMS.")
    return settings.local_key_file
