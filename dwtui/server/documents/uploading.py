"""The bookkeeping of an upload: journal first, then the bytes, then the version. The bytes themselves go elsewhere.

`begin_upload` commits a row of the journal, so that whatever comes into the bucket is known of; `finish_upload` puts
the version in its place in one transaction. An upload that ends in any other way is given up with `give_up_upload`,
and one whose process died stops saying that it is alive: `sweeping` removes what both leave in the bucket.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.permissions import Permission, Standing
from dwtui.server.accounts.standing import standing_in
from dwtui.server.acting import acting
from dwtui.server.activity.recording import Action
from dwtui.server.context import RequestContext
from dwtui.server.database.engine import Database
from dwtui.server.documents.keys import key_of
from dwtui.server.documents.looking_up import document_seen, hold_document
from dwtui.server.documents.names import checked_description, checked_file_name, media_type_of
from dwtui.server.documents.rows import DocumentRow, PendingObjectRow, VersionRow
from dwtui.server.documents.sweeping import CLAIM, SILENCE
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.ids import new_id
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.storage_backends.keys import unseal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import get_storage, reached_at
from dwtui.server.studies.rows import StudyRow
from dwtui.server.studies.rules import get_study
from dwtui.server.words import bytes_in_words


@dataclass(frozen=True)
class NewVersion:
    """What is known of a version before its bytes arrive. Either `study_id` or `document_id` is given.

    `content_type` is what the sender declared, if anything.
    """

    file_name: str
    study_id: str | None = None
    document_id: str | None = None
    description: str | None = None
    content_type: str | None = None


@dataclass(frozen=True)
class Upload:
    """An upload under way: where its bytes go, as whom, and what the version will be. `key` is the whole key.

    Wrap what follows in `recorded(upload.action)`, so that a failure is told in the activity.
    """

    version_id: str
    study_id: str
    document_id: str | None
    storage_id: str
    storage_name: str
    location: Location
    keys: KeyPair | None
    bucket_owner: str | None
    key: str
    file_name: str
    description: str
    content_type: str
    with_place: bool
    """Whether the uploader may see where it goes."""
    action: Action = field(repr=False)


@dataclass(frozen=True)
class _Target:
    """Where a version is to go: a study the viewer may upload to, and one of its documents, if named."""

    study: StudyRow
    standing: Standing
    document: DocumentRow | None


async def begin_upload(context: RequestContext, new: NewVersion) -> Upload:
    """Begin an upload to the study's document storage; its row in the journal is committed when this returns.

    Raises BadInputError (`file`, `study`, `fileId`, `description`), NotFoundError, ForbiddenError, CipherError.
    """
    target = await _target_of(context, new)
    study, document = target.study, target.document
    async with acting(context, "version.create", study.organization_id) as action:
        action.about(
            document.id if document else None, document.name if document else new.file_name, study_id=study.id
        )
        target.standing.require_in_study(Permission.UPLOAD_DOCUMENTS, study.id)
        file_name = checked_file_name(new.file_name, "file")
        description = checked_description(new.description)
        version_id = new_id("FV")
        async with context.database.read() as session:
            storage = await get_storage(session, study.document_storage_id, with_keys=True)
        location = reached_at(storage)
        key = key_of(location, study.id, version_id, file_name)
        keys = await unseal(context.parts.cipher, storage)
        await _enter(context.database, version_id, storage.id, key)
    return Upload(
        version_id=version_id,
        study_id=study.id,
        document_id=document.id if document else None,
        storage_id=storage.id,
        storage_name=storage.name,
        location=location,
        keys=keys,
        bucket_owner=storage.bucket_owner,
        key=location.key(key),
        file_name=file_name,
        description=description,
        content_type=media_type_of(file_name, new.content_type),
        with_place=target.standing.may(Permission.SEE_STORAGES),
        action=action,
    )


async def _target_of(context: RequestContext, new: NewVersion) -> _Target:
    if (new.study_id is None) == (new.document_id is None):
        raise BadInputError(
            "study", "Name either the study or the document (`fileId`) that the version is for."
        )
    if new.document_id is not None:
        seen = await document_seen(context, new.document_id)
        return _Target(seen.study, seen.standing, seen.document)
    assert new.study_id is not None
    async with context.database.read() as session:
        study = await get_study(session, new.study_id)
    standing = await context.standing(study.organization_id)
    standing.require_seen_study(study.id)
    return _Target(study, standing, None)


async def _enter(database: Database, version_id: str, storage_id: str, key: str) -> None:
    moment = clock.now()
    async with database.change() as session:
        session.add(
            PendingObjectRow(
                id=version_id,
                storage_id=storage_id,
                key=key,
                upload_id=None,
                begun_at=moment,
                due_at=moment + SILENCE,
                abandoned=False,
            )
        )


async def note_multipart(database: Database, version_id: str, upload_id: str) -> None:
    """Keep the id of the multipart upload that S3 has begun, so that it can be aborted by whoever comes after us."""
    async with database.change() as session:
        await session.execute(
            update(PendingObjectRow).where(PendingObjectRow.id == version_id).values(upload_id=upload_id)
        )


async def keep_alive(database: Database, version_ids: Collection[str]) -> None:
    """Say that these uploads are still under way: every `sweeping.SIGN_OF_LIFE`, from the process they run in."""
    if not version_ids:
        return
    async with database.change() as session:
        await session.execute(
            update(PendingObjectRow)
            .where(PendingObjectRow.id.in_(version_ids), PendingObjectRow.abandoned.is_(False))
            .values(due_at=clock.now() + SILENCE)
        )


async def finish_upload(upload: Upload, *, size: int, sha256: str, etag: str | None = None) -> VersionRow:
    """Put the version in its place, now that S3 has confirmed all of its bytes; records it in the activity.

    In one transaction: the version, its document's newest version, and the journal. Raises ForbiddenError when the
    uploader may not upload any more, NotFoundError when the document is gone, ConflictError when the storage is gone
    or the upload was given up. The caller then gives up the upload, and removes its object.
    """
    action = upload.action
    action.about(upload.document_id or upload.version_id, upload.file_name, study_id=upload.study_id)
    async with action.transaction() as session:
        await _require_still(session, upload)
        await _leave_journal(session, upload)
        row = VersionRow(
            id=upload.version_id,
            study_id=upload.study_id,
            document_id=upload.document_id,
            number=1,
            file_name=upload.file_name,
            description=upload.description,
            size=size,
            sha256=sha256,
            content_type=upload.content_type,
            created_at=clock.now(),
            created_by_id=action.actor.id if action.actor else None,
            storage_id=upload.storage_id,
            key=upload.key.removeprefix(upload.location.folder),
            etag=etag,
        )
        action.summary = f"{upload.file_name}, {bytes_in_words(size)}, into “{upload.storage_name}”"
        if upload.document_id is not None:
            await _append(session, row, upload.document_id)
        else:
            session.add(row)
        study = await get_study(session, upload.study_id)
        if study.document_storage_id != upload.storage_id:
            action.summary += ", which is not the study's document storage any more: it cannot be opened"
    return row


async def _require_still(session: AsyncSession, upload: Upload) -> None:
    """What an upload began with may be gone by its end."""
    action = upload.action
    if action.actor is not None:
        standing = await standing_in(session, action.actor.id, action.organization_id)
        standing.require_in_study(Permission.UPLOAD_DOCUMENTS, upload.study_id)
    # Held against deletion only: two uploads to one storage do not wait for each other.
    held = {"read": True, "key_share": True}
    if await session.get(StorageBackendRow, upload.storage_id, with_for_update=held) is None:
        raise ConflictError(
            f"“{upload.storage_name}” was deleted while the file was uploaded to it, so the file was not kept. "
            "Upload it again: it will go to the study's present document storage."
        )


async def _leave_journal(session: AsyncSession, upload: Upload) -> None:
    pending = await session.get(PendingObjectRow, upload.version_id, with_for_update=True)
    if pending is None or pending.abandoned:
        raise ConflictError(
            "The upload took too long without a sign of life and was given up, so the file was not kept. "
            "Upload it again."
        )
    await session.delete(pending)


async def _append(session: AsyncSession, row: VersionRow, document_id: str) -> None:
    """Make the version its document's newest."""
    document = await hold_document(session, document_id)
    newest = await session.scalar(
        select(func.max(VersionRow.number)).where(VersionRow.document_id == document_id)
    )
    row.number = (newest or 0) + 1
    session.add(row)
    await session.flush()
    document.latest_id = row.id
    document.revision += 1


async def give_up_upload(database: Database, version_id: str) -> bool:
    """Give an upload up: it can not be finished any more, and what it left in the bucket waits to be removed.

    False when it has been finished after all, as when the answer to its commit was lost: then its object must stay.
    """
    async with database.change() as session:
        given_up = await session.execute(
            update(PendingObjectRow)
            .where(PendingObjectRow.id == version_id)
            .values(abandoned=True, due_at=clock.now() + CLAIM)
            .returning(PendingObjectRow.id)
        )
        return given_up.first() is not None or await session.get(VersionRow, version_id) is None
