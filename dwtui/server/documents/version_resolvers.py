"""Queries on versions, and where their bytes lie."""

from typing import Any

from ariadne import ObjectType, QueryType

from dwtui.server.accounts.mentioned import mentioned
from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Permission
from dwtui.server.context import Info
from dwtui.server.documents.looking_up import version_seen
from dwtui.server.documents.nodes import DocumentNode, VersionNode
from dwtui.server.documents.places import (
    VersionPlace,
    departed_words,
    place_of,
    stranded_words,
    uri_of,
    whole_key,
)
from dwtui.server.documents.rows import DepartedStorageRow
from dwtui.server.storage_backends.nodes import StorageBackendNode
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.nodes import StudyNode

query = QueryType()
version = ObjectType("Version")


@query.field("version")
async def resolve_version(_parent: Any, info: Info, id: str) -> VersionNode:
    """One version."""
    seen = await version_seen(info.context, id)
    return VersionNode.of(seen.version, seen.standing)


@version.field("document")
async def resolve_document(parent: VersionNode, info: Info) -> DocumentNode | None:
    """The document a version belongs to."""
    if parent.document_id is None:
        return None
    row = await info.context.loaders.documents.document.load(parent.document_id)
    return DocumentNode.of(row, parent.standing) if row else None


@version.field("study")
async def resolve_study(parent: VersionNode, info: Info) -> StudyNode:
    """The study a version was uploaded to."""
    return StudyNode.of(await info.context.loaders.study.load(parent.study_id), parent.standing)


@version.field("createdBy")
async def resolve_created_by(parent: VersionNode, info: Info) -> UserNode | None:
    """Who uploaded it."""
    return await mentioned(info.context, parent.created_by_id, parent.standing)


async def _storage(parent: VersionNode, info: Info) -> StorageBackendRow | None:
    row: StorageBackendRow | None = await info.context.loaders.storage.load(parent.storage_id)
    return row


async def _departed(parent: VersionNode, info: Info) -> DepartedStorageRow | None:
    row: DepartedStorageRow | None = await info.context.loaders.documents.departed.load(parent.storage_id)
    return row


@version.field("place")
async def resolve_place(parent: VersionNode, info: Info) -> VersionPlace:
    """Where the bytes of a version lie, as its study sees it."""
    study = await info.context.loaders.study.load(parent.study_id)
    attached = await _storage(parent, info) is not None
    return place_of(parent.storage_id, study.document_storage_id, attached=attached)


@version.field("storage")
async def resolve_storage(parent: VersionNode, info: Info) -> StorageBackendNode | None:
    """The storage a version lies in."""
    row = await _storage(parent, info)
    if row is None or not parent.standing.may(Permission.SEE_STORAGES):
        return None
    return StorageBackendNode.of(row, parent.standing)


@version.field("storageName")
async def resolve_storage_name(parent: VersionNode, info: Info) -> str:
    """The name of the storage a version lies in, or lay in."""
    row = await _storage(parent, info) or await _departed(parent, info)
    return row.name if row else ""


@version.field("key")
async def resolve_key(parent: VersionNode, info: Info) -> str | None:
    """The key of a version in its bucket."""
    if not parent.standing.may(Permission.SEE_STORAGES):
        return None
    row = await _storage(parent, info) or await _departed(parent, info)
    return whole_key(row, parent.relative_key) if row else None


@version.field("s3Uri")
async def resolve_s3_uri(parent: VersionNode, info: Info) -> str | None:
    """Where a version lies, as a URI."""
    if not parent.standing.may(Permission.SEE_STORAGES):
        return None
    row = await _storage(parent, info) or await _departed(parent, info)
    return uri_of(row, parent.relative_key) if row else None


@version.field("obstacle")
async def resolve_obstacle(parent: VersionNode, info: Info) -> str | None:
    """What keeps a version from being opened."""
    place = await resolve_place(parent, info)
    if place is VersionPlace.AT_HAND:
        return None
    storage = await _storage(parent, info)
    if storage is not None:
        return stranded_words(storage.name)
    with_place = parent.standing.may(Permission.SEE_STORAGES)
    return departed_words(await _departed(parent, info), with_place=with_place)


@version.field("downloadPath")
def resolve_download_path(parent: VersionNode, _info: Info) -> str | None:
    """The path at this API that gives a version's bytes."""
    if parent.document_id is None:
        return None
    return f"/download/study/{parent.study_id}/file/{parent.document_id}/version/{parent.id}"


bindables = [query, version]
