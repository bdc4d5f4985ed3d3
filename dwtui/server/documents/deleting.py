"""Deleting documents and versions: their rows at once, their objects as far as the buckets let us."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

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
from dwtui.server.s3.faults import NO_ANSWER, Fault, Kind
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.objects import delete_objects
from dwtui.server.secrets import CipherError
from dwtui.server.storage_backends.keys import unseal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import reached_at


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
    faults = await _faults_of(parts, storage, versions)
    settled = []
    for version in versions:
        fault = faults.get(version.id)
        if fault is None:
            removal.deleted += 1
        else:
            removal.left.append(
                LeftObject(uri_of(storage, version.key), version.key, _reason(fault, storage.name))
            )
        if fault is None or fault.kind not in NO_ANSWER:
            settled.append(version)
    await _strike_out(parts.database, settled)


async def _faults_of(
    parts: Parts, storage: StorageBackendRow, versions: Sequence[VersionRow]
) -> Mapping[str, Fault]:
    """By version id, why its object was not deleted."""
    location = reached_at(storage)
    try:
        keys = await unseal(parts.cipher, storage)
    except CipherError:
        return {version.id: Fault(Kind.NO_KEYS) for version in versions}
    with Identity(location, keys, private_endpoints=parts.settings.allow_private_endpoints) as identity:
        faults = await asyncio.to_thread(
            partial(
                delete_objects,
                identity,
                [location.key(version.key) for version in versions],
                bucket_owner=storage.bucket_owner,
            )
        )
    return {
        version.id: faults[whole] for version in versions if (whole := location.key(version.key)) in faults
    }


def _left_behind(departed: DepartedStorageRow | None, version: VersionRow) -> LeftObject:
    name = f"“{departed.name}”" if departed else "its storage"
    reason = f"{name} is no longer attached. Whoever controls the bucket can delete the object."
    return LeftObject(uri_of(departed, version.key) if departed else version.key, version.key, reason)


def _reason(fault: Fault, storage_name: str) -> str:
    """Why an object stays, and who can delete it."""
    code = f" ({fault.code})" if fault.code else ""
    if fault.kind is Kind.NO_KEYS:
        return f"The keys of “{storage_name}” could not be opened. It is tried again later."
    if fault.kind in NO_ANSWER:
        return f"“{storage_name}” did not answer{code}. It is tried again later."
    if fault.kind is Kind.DENIED:
        return (
            f"The bucket of “{storage_name}” forbids its deletion{code}. Whoever controls the bucket can delete "
            "the object, or allow s3:DeleteObject."
        )
    return f"“{storage_name}” did not delete it{code}. Whoever controls the bucket can delete the object."


async def _strike_out(database: Database, versions: Iterable[VersionRow]) -> None:
    ids = [version.id for version in versions]
    async with database.change() as session:
        await session.execute(delete(PendingObjectRow).where(PendingObjectRow.id.in_(ids)))
