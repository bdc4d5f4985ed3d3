"""Rotating the local key: all key pairs are sealed anew with a new one; old keys are dropped apart from that."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from dwtui.server.errors import BadInputError
from dwtui.server.operating.opening import opened
from dwtui.server.secrets import (
    DecryptionError,
    LocalKeyCipher,
    remove_old_keys,
    rotate_key_file,
    storage_context,
)
from dwtui.server.settings import ServerSettings
from dwtui.server.storage_backends.rows import StorageBackendRow


def _sealed() -> Select[StorageBackendRow]:
    """The storages that have keys, with them."""
    return (
        select(StorageBackendRow)
        .where(StorageBackendRow.sealed_keys.is_not(None))
        .options(undefer(StorageBackendRow.sealed_keys))
    )


@dataclass(frozen=True)
class Rotation:
    """How many key pairs were sealed with the new key, and the ids of storages whose pair does not open any more."""

    resealed: int
    unreadable: list[str]


async def rotate_local_key(settings: ServerSettings) -> Rotation:
    """Make a new key and seal all key pairs with it; those that do not open are left as they are.

    A stop at any point loses nothing: the old keys stay in the file, and a running API goes on.
    """
    path = _key_file(settings)
    rotate_key_file(path)
    cipher = LocalKeyCipher(path)
    async with opened(settings) as database, database.change() as session:
        rows = (await session.scalars(_sealed().with_for_update())).all()
        unreadable = [row.id for row in rows if not await _resealed(cipher, row)]
    return Rotation(len(rows) - len(unreadable), unreadable)


async def _resealed(cipher: LocalKeyCipher, row: StorageBackendRow) -> bool:
    """Seal a key pair anew; False when it does not open."""
    assert row.sealed_keys is not None
    context = storage_context(row.organization_id, row.id)
    try:
        pair = await cipher.decrypt(row.sealed_keys, context)
    except DecryptionError:
        return False
    row.sealed_keys = await cipher.encrypt(pair, context)
    return True


async def drop_old_keys(settings: ServerSettings) -> list[str]:
    """Drop the old keys that no key pair needs any more. Answers their ids."""
    path = _key_file(settings)
    cipher = LocalKeyCipher(path)
    async with opened(settings) as database, database.read() as session:
        rows = (await session.scalars(_sealed())).all()
    needed = (_key_id_of(cipher, row) for row in rows)
    return remove_old_keys(path, {key_id for key_id in needed if key_id is not None})


def _key_id_of(cipher: LocalKeyCipher, row: StorageBackendRow) -> str | None:
    """The key that a pair was sealed with; None when that cannot be told any more."""
    assert row.sealed_keys is not None
    try:
        return cipher.key_id_of(row.sealed_keys)
    except DecryptionError:
        return None


def _key_file(settings: ServerSettings) -> Path:
    if settings.local_key_file is None:
        raise BadInputError("kmsKey", "Key pairs are encrypted with AWS KMS here; rotate that key in KMS.")
    return settings.local_key_file
