"""Mutations on documents and versions that do not move bytes in."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from ariadne import MutationType
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.permissions import Permission, Standing
from dwtui.server.acting import acting
from dwtui.server.activity.recording import Action
from dwtui.server.context import Info, RequestContext
from dwtui.server.documents.deleting import LeftObject, Removal, remove_objects, take_document, take_version
from dwtui.server.documents.describing import create_document, update_document
from dwtui.server.documents.looking_up import (
    SeenDocument,
    SeenVersion,
    document_seen,
    hold_document,
    version_seen,
)
from dwtui.server.documents.nodes import DocumentNode
from dwtui.server.documents.rows import VersionRow
from dwtui.server.organizations.rules import check_revision
from dwtui.server.words import bytes_in_words, counted

mutation = MutationType()


@dataclass(frozen=True)
class LeftObjectNode:
    """`LeftObject`."""

    uri: str
    reason: str

    @classmethod
    def of(cls, left: LeftObject, standing: Standing) -> "LeftObjectNode":
        """The object as the viewer sees it: those without SEE_STORAGES see the last part of its key."""
        sees = standing.may(Permission.SEE_STORAGES)
        return cls(left.uri if sees else left.key.rpartition("/")[2], left.reason)


@dataclass(frozen=True)
class DeletionNode:
    """`Deletion`."""

    id: str
    name: str
    objects_deleted: int
    objects_left: list[LeftObjectNode]

    @classmethod
    def of(cls, id: str, name: str, removal: Removal, standing: Standing) -> "DeletionNode":
        """What was deleted, and what became of its objects."""
        left = [LeftObjectNode.of(each, standing) for each in removal.left]
        return cls(id, name, removal.deleted, left)


@mutation.field("createFile")
async def resolve_create_file(_parent: Any, info: Info, input: Mapping[str, Any]) -> DocumentNode:
    """Make a document of a version."""
    context = info.context
    seen = await version_seen(context, input["version"])
    version = seen.version
    name = version.file_name if input.get("name") is None else input["name"]
    changing = _changing(context, "document.create", seen, Permission.UPLOAD_DOCUMENTS)
    async with changing as (action, session):
        action.about(None, name, study_id=seen.study.id)
        row = await create_document(session, version.id, input, context.viewer_id)
        action.about(row.id, row.name, study_id=seen.study.id)
        action.summary = bytes_in_words(version.size)
    return DocumentNode.of(row, seen.standing)


@mutation.field("updateFile")
async def resolve_update_file(_parent: Any, info: Info, id: str, input: Mapping[str, Any]) -> DocumentNode:
    """Change what is said of a document."""
    context = info.context
    seen = await document_seen(context, id)
    changing = _changing(context, "document.update", seen, Permission.UPLOAD_DOCUMENTS)
    async with changing as (action, session):
        row = await hold_document(session, id)
        check_revision(row.revision, input.get("expected_revision"), f"“{row.name}”")
        action.summary = "; ".join(await update_document(session, row, input)) or "nothing changed"
    return DocumentNode.of(row, seen.standing)


@mutation.field("deleteFile")
async def resolve_delete_file(_parent: Any, info: Info, id: str) -> DeletionNode:
    """Delete a document with all its versions."""
    context = info.context
    seen = await document_seen(context, id)
    changing = _changing(context, "document.delete", seen, Permission.DELETE_DOCUMENTS)
    async with changing as (action, session):
        document, versions = await take_document(session, id)
        action.summary = _told(versions)
    removal = await remove_objects(context.parts, versions)
    return DeletionNode.of(id, document.name, removal, seen.standing)


@mutation.field("deleteVersion")
async def resolve_delete_version(_parent: Any, info: Info, id: str) -> DeletionNode:
    """Delete one version."""
    context = info.context
    seen = await version_seen(context, id)
    changing = _changing(context, "version.delete", seen, Permission.DELETE_DOCUMENTS)
    async with changing as (action, session):
        version = await take_version(session, id)
        action.summary = f"{id}, {_told([version])}"
    removal = await remove_objects(context.parts, [version])
    return DeletionNode.of(id, version.file_name, removal, seen.standing)


@asynccontextmanager
async def _changing(
    context: RequestContext, action_name: str, seen: SeenDocument | SeenVersion, permission: Permission
) -> AsyncIterator[tuple[Action, AsyncSession]]:
    """A recorded transaction on a document or version that the viewer may change in that way."""
    async with acting(context, action_name, seen.study.organization_id) as action:
        if isinstance(seen, SeenDocument):
            action.about(seen.document.id, seen.document.name, study_id=seen.study.id)
        else:
            version = seen.version
            action.about(version.document_id or version.id, version.file_name, study_id=seen.study.id)
        seen.standing.require_in_study(permission, seen.study.id)
        async with action.transaction() as session:
            yield action, session


def _told(versions: Iterable[VersionRow]) -> str:
    sizes = [version.size for version in versions]
    return f"{counted(len(sizes), 'version')}, {bytes_in_words(sum(sizes))}"


bindables = [mutation]
