"""Mutations on storages, and the questions asked before them."""

from collections.abc import Mapping
from typing import Any

from ariadne import MutationType, QueryType

from dwtui.server.accounts.permissions import Permission
from dwtui.server.acting import acting
from dwtui.server.context import Info
from dwtui.server.storage_backends.attaching import attach
from dwtui.server.storage_backends.checking import check
from dwtui.server.storage_backends.editing import edit
from dwtui.server.storage_backends.nodes import OverlapNode, StorageBackendNode
from dwtui.server.storage_backends.removing import impact_of, remove
from dwtui.server.storage_backends.resolvers import storage_seen_by_viewer
from dwtui.server.storage_backends.rules import get_storage
from dwtui.server.studies.nodes import StudyNode

query = QueryType()
mutation = MutationType()


@query.field("checkStorageBackend")
async def resolve_check(_parent: Any, info: Info, input: Mapping[str, Any]) -> dict[str, Any]:
    """What is wrong with settings, and what they would overlap with."""
    context = info.context
    standing = await context.standing(input["organization"])
    standing.require(Permission.MANAGE_STORAGES, input["organization"])
    async with context.database.read() as session:
        found = await check(session, input, context.parts.settings)
    overlaps = [OverlapNode.of(overlap, standing) for overlap in found.overlaps]
    return {**vars(found), "overlaps": overlaps}


@query.field("storageBackendDeletionImpact")
async def resolve_deletion_impact(_parent: Any, info: Info, id: str) -> dict[str, Any]:
    """What would happen if the storage were deleted."""
    context = info.context
    node = await storage_seen_by_viewer(context, id)
    standing = node.standing
    standing.require(Permission.MANAGE_STORAGES, id)
    async with context.database.read() as session:
        impact = await impact_of(session, await get_storage(session, id))
    return {
        **vars(impact),
        "storage_backend": node,
        "document_studies": [StudyNode.of(row, standing) for row in impact.document_studies],
        "data_studies": [StudyNode.of(row, standing) for row in impact.data_studies],
        "fallback": StorageBackendNode.of(impact.fallback, standing),
    }


@mutation.field("createStorageBackend")
async def resolve_create(_parent: Any, info: Info, input: Mapping[str, Any]) -> StorageBackendNode:
    """Attach a storage."""
    context = info.context
    organization_id = input["organization"]
    standing = await context.standing(organization_id)
    standing.require_member(organization_id)
    async with acting(context, "storage_backend.create", organization_id) as action:
        action.about(None, input["name"])
        standing.require(Permission.MANAGE_STORAGES, organization_id)
        return StorageBackendNode.of(await attach(context.parts, action, input), standing)


@mutation.field("updateStorageBackend")
async def resolve_update(_parent: Any, info: Info, id: str, input: Mapping[str, Any]) -> StorageBackendNode:
    """Edit a storage, or rotate its keys."""
    context = info.context
    node = await storage_seen_by_viewer(context, id)
    async with acting(context, "storage_backend.update", node.organization_id) as action:
        action.about(node.id, node.name)
        node.standing.require(Permission.MANAGE_STORAGES, id)
        return StorageBackendNode.of(await edit(context.parts, action, id, input), node.standing)


@mutation.field("deleteStorageBackend")
async def resolve_delete(_parent: Any, info: Info, id: str) -> StorageBackendNode:
    """Delete a storage."""
    context = info.context
    node = await storage_seen_by_viewer(context, id)
    async with acting(context, "storage_backend.delete", node.organization_id) as action:
        action.about(node.id, node.name)
        node.standing.require(Permission.MANAGE_STORAGES, id)
        return StorageBackendNode.of(await remove(context.parts, action, id), node.standing)


bindables = [query, mutation]
