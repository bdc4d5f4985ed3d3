"""Deleting documents and versions: their rows at once, their objects as far as the buckets let us."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from dwtui.server.accounts.permissions import not_found
from dwtui.server.database.engine import Database
from dwtui.server.documents.looking_up import hold_document
from dwtui.server.documents.places import uri_of
from dwtui.server.documents.rows import DepartedStorageRow, DocumentRow, PendingObjectRow, VersionRow
from dwtui.server.documents.sweeping import leave_stray
from dwtui.server.errors import ConflictError
from dwtui.server.parts import Parts
from dwtui.server.s3.faults import Kind
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.transfer.failures import TransferError
from dwtui.server.s3.transfer.removing import delete_object
from dwtui.server.secrets import CipherError
from dwtui.server.storage_backends.keys import unseal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import reached_at

_AT_ONCE = 8


@dataclass(frozen=True)
class LeftObject:
    """An object that stays in its bucket: `uri` in full, `key` without the storage's prefix."""

    uri: str
    key: str
    reason: str


@dataclass
class Removal:
    """What became of the objects of what was deleted."""

    deleted: int = 0
    left: list[LeftObject] = field(default_factory=list)


async def take_document(session: AsyncSession, document_id: str) -> tuple[DocumentRow, list[VersionRow]]:
    """Delete a document with its versions; the answer is what there was. Their objects are stray from then on."""
    document = await hold_document(session, document_id)
    versions = list(await session.scalars(select(VersionRow).where(VersionRow.document_id == document_id)))
    leave_stray(session, versions)
    await session.flush()
    await session.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
    return document, versions


async def take_version(session: AsyncSession, version_id: str) -> VersionRow:
    """Delete a version; its object is stray from then on. ConflictError for the last one of a document."""
    document_id = await session.scalar(select(VersionRow.document_id).where(VersionRow.id == version_id))
    if document_id is not None:
        await _let_another_be_latest(session, await hold_document(session, document_id), version_id)
    version = await session.get(VersionRow, version_id, with_for_update=True)
    if version is None:
        raise not_found(version_id)
    if version.document_id != document_id:
        raise ConflictError("The version was made a document in this very moment. Look at it again.")
    leave_stray(session, [version])
    await session.flush()
    await session.execute(delete(VersionRow).where(VersionRow.id == version_id))
    return version


async def _let_another_be_latest(session: AsyncSession, document: DocumentRow, version_id: str) -> None:
    others = (
        select(VersionRow.id)
        .where(VersionRow.document_id == document.id, VersionRow.id != version_id)
        .order_by(VersionRow.number.desc())
        .limit(1)
    )
    newest = await session.scalar(others)
    if newest is None:
        raise ConflictError(
            f"This is the only version of “{document.name}”. Delete the document itself, "
            "or upload a new version first.",
            field="id",
        )
    if document.latest_id == version_id:
        document.latest_id = newest
    document.revision += 1
    await session.flush()


async def remove_objects(parts: Parts, versions: Iterable[VersionRow]) -> Removal:
    """Remove the objects of versions that were deleted, and tell what stays.

    What a bucket refuses is struck out of the journal, as asking again would not help; what got no answer is left in
    it, to be removed later.
    """
    by_storage: dict[str, list[VersionRow]] = defaultdict(list)
    for version in versions:
        by_storage[version.storage_id].append(version)
    removal = Removal()
    for storage_id, lying_there in by_storage.items():
        await _remove_from(parts, storage_id, lying_there, removal)
    return removal


async def _remove_from(
    parts: Parts, storage_id: str, versions: Sequence[VersionRow], removal: Removal
) -> None:
    async with parts.database.read() as session:
        storage = await session.get(
            StorageBackendRow, storage_id, options=[undefer(StorageBackendRow.sealed_keys)]
        )
        departed = None if storage else await session.get(DepartedStorageRow, storage_id)
    if storage is None:
        removal.left += [_left_behind(departed, version) for version in versions]
        await _strike_out(parts.database, versions)
        return
    failures = await _failures_of(parts, storage, versions)
    for version in versions:
        failure = failures.get(version.id)
        if failure is None:
            removal.deleted += 1
        else:
            reason = _reason(failure, storage.name)
            removal.left.append(LeftObject(uri_of(storage, version.key), version.key, reason))
    await _strike_out(
        parts.database, [version for version in versions if not _may_pass(failures.get(version.id))]
    )


async def _failures_of(
    parts: Parts, storage: StorageBackendRow, versions: Sequence[VersionRow]
) -> dict[str, TransferError | CipherError]:
    """By version id, why its object was not deleted."""
    location = reached_at(storage)
    try:
        keys = await unseal(parts.cipher, storage)
    except CipherError as error:
        return dict.fromkeys((version.id for version in versions), error)
    failures: dict[str, TransferError | CipherError] = {}
    some_at_once = asyncio.Semaphore(_AT_ONCE)

    async def delete_one(version: VersionRow) -> None:
        async with some_at_once:
            try:
                await delete_object(
                    parts.transfers, identity, location.key(version.key), storage.bucket_owner
                )
            except TransferError as error:
                failures[version.id] = error

    with Identity(location, keys, private_endpoints=parts.settings.allow_private_endpoints) as identity:
        await asyncio.gather(*(delete_one(version) for version in versions))
    return failures


def _left_behind(departed: DepartedStorageRow | None, version: VersionRow) -> LeftObject:
    name = f"“{departed.name}”" if departed else "its storage"
    reason = f"{name} is no longer attached. Whoever controls the bucket can delete the object."
    return LeftObject(uri_of(departed, version.key) if departed else version.key, version.key, reason)


def _may_pass(failure: TransferError | CipherError | None) -> bool:
    """Whether asking again later may help."""
    return isinstance(failure, CipherError) or (failure is not None and failure.passing)


def _reason(failure: TransferError | CipherError, storage_name: str) -> str:
    """Why an object stays, and who can delete it."""
    if isinstance(failure, CipherError):
        return f"The keys of “{storage_name}” could not be opened. It is tried again later."
    if failure.passing:
        return f"“{storage_name}”: {failure.message} It is tried again later."
    if failure.kind is Kind.DENIED:
        return (
            f"The bucket of “{storage_name}” forbids its deletion. Whoever controls the bucket can delete "
            "the object, or allow s3:DeleteObject."
        )
    return f"“{storage_name}”: {failure.message} Whoever controls the bucket can delete the object."


async def _strike_out(database: Database, versions: Iterable[VersionRow]) -> None:
    ids = [version.id for version in versions]
    async with database.change() as session:
        await session.execute(delete(PendingObjectRow).where(PendingObjectRow.id.in_(ids)))
