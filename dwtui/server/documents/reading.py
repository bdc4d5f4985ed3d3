"""Whether the bytes of a version may be read, where they lie, and what keeps them from being read."""

from dataclasses import dataclass

from sqlalchemy.orm import undefer

from dwtui.server.accounts.permissions import Permission, not_found
from dwtui.server.context import RequestContext
from dwtui.server.documents.looking_up import document_seen, version_seen
from dwtui.server.documents.places import departed_words, stranded_words
from dwtui.server.documents.rows import DepartedStorageRow, VersionRow
from dwtui.server.errors import DetachedError, StrandedError
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.storage_backends.keys import unseal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import reached_at


@dataclass(frozen=True)
class ReadableVersion:
    """A version whose bytes the viewer may read, and where they lie. `key` is the whole key.

    `sha256` is null for an adopted file that was never read.
    """

    version_id: str
    study_id: str
    document_id: str | None
    organization_id: str
    file_name: str
    content_type: str
    size: int
    sha256: str | None
    storage_id: str
    storage_name: str
    location: Location
    keys: KeyPair | None
    bucket_owner: str | None
    key: str
    etag: str | None
    with_place: bool
    """Whether the viewer may see where it lies."""


async def readable_version(
    context: RequestContext,
    *,
    version_id: str | None = None,
    document_id: str | None = None,
    study_id: str | None = None,
) -> ReadableVersion:
    """A version (of a document: its newest, unless the version is named), to be read now.

    Where `study_id` or `document_id` is given as well, the version must belong to it. Raises NotFoundError,
    ForbiddenError without READ_OBJECTS in the study, StrandedError, DetachedError, CipherError.
    """
    if version_id is None:
        assert document_id is not None
        version_id = (await document_seen(context, document_id)).document.latest_id
    seen = await version_seen(context, version_id)
    version, study = seen.version, seen.study
    if document_id is not None and version.document_id != document_id:
        raise not_found(version_id)
    if study_id is not None and version.study_id != study_id:
        raise not_found(document_id or version_id)
    seen.standing.require_in_study(Permission.READ_OBJECTS, study.id)
    with_place = seen.standing.may(Permission.SEE_STORAGES)
    async with context.database.read() as session:
        storage = await session.get(
            StorageBackendRow, version.storage_id, options=[undefer(StorageBackendRow.sealed_keys)]
        )
        departed = None if storage else await session.get(DepartedStorageRow, version.storage_id)
    if storage is None:
        words = departed_words(departed, with_place=with_place)
        raise DetachedError(words, **_lies(version, departed.name if departed else ""))
    if storage.id != study.document_storage_id:
        raise StrandedError(stranded_words(storage.name), **_lies(version, storage.name))
    location = reached_at(storage)
    return ReadableVersion(
        version_id=version.id,
        study_id=version.study_id,
        document_id=version.document_id,
        organization_id=study.organization_id,
        file_name=version.file_name,
        content_type=version.content_type,
        size=version.size,
        sha256=version.sha256,
        storage_id=storage.id,
        storage_name=storage.name,
        location=location,
        keys=await unseal(context.parts.cipher, storage),
        bucket_owner=storage.bucket_owner,
        key=location.key(version.key),
        etag=version.etag,
        with_place=with_place,
    )


def _lies(version: VersionRow, storage_name: str) -> dict[str, str]:
    """Where a version lies, for those who handle the error."""
    return {"version": version.id, "storage": version.storage_id, "storageName": storage_name}
