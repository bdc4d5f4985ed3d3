"""Queries on storages, and their relations."""

from typing import Any

from ariadne import ObjectType, QueryType

from dwtui.server.accounts.mentioned import mentioned
from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Permission, Role
from dwtui.server.context import Info, RequestContext
from dwtui.server.database.paging import Page, SortKey, page_of
from dwtui.server.organizations.nodes import OrganizationNode
from dwtui.server.storage_backends.listing import order_of, storages_of
from dwtui.server.storage_backends.nodes import StorageBackendNode
from dwtui.server.storage_backends.rules import get_storage
from dwtui.server.studies.nodes import StudyNode
from dwtui.server.studies.rows import StudyRow
from dwtui.server.studies.rules import visible_studies
from dwtui.server.verification.report import report_from_json

query = QueryType()
storage_backend = ObjectType("StorageBackend")
check_type = ObjectType("StorageBackendCheck")
# The snake case of s3Uri is, to ariadne, s_3_uri.
check_type.set_alias("s3Uri", "s3_uri")


async def storage_seen_by_viewer(context: RequestContext, storage_id: str) -> StorageBackendNode:
    """One storage; NotFoundError when the viewer may not know of it."""
    async with context.database.read() as session:
        row = await get_storage(session, storage_id)
    standing = await context.standing(row.organization_id)
    standing.require_member(storage_id)
    return StorageBackendNode.of(row, standing)


@query.field("storageBackend")
async def resolve_storage_backend(_parent: Any, info: Info, id: str) -> StorageBackendNode:
    """One storage."""
    return await storage_seen_by_viewer(info.context, id)


@query.field("allStorageBackends")
async def resolve_all_storage_backends(
    _parent: Any,
    info: Info,
    organization: str,
    first: int | None = 50,
    after: str | None = None,
    search: str | None = None,
    healthy: bool | None = None,
    order_by: str | None = "NAME",
) -> Page:
    """The storages of an organization. Without SEE_STORAGES they are searched and sorted by nothing but name."""
    context = info.context
    standing = await context.standing(organization)
    standing.require_member(organization)
    if healthy is not None or order_by not in (None, "NAME"):
        standing.require(Permission.SEE_STORAGES, organization)
    names_only = not standing.may(Permission.SEE_STORAGES)
    async with context.database.read() as session:
        return await page_of(
            session,
            storages_of(organization, search=search, healthy=healthy, names_only=names_only),
            order_of(order_by or "NAME"),
            first=first,
            after=after,
            view=lambda row: StorageBackendNode.of(row, standing),
        )


@storage_backend.field("organization")
async def resolve_organization(parent: StorageBackendNode, info: Info) -> OrganizationNode:
    """The organization a storage belongs to."""
    row = await info.context.loaders.organization.load(parent.organization_id)
    return OrganizationNode.of(row, parent.standing)


@storage_backend.field("createdBy")
async def resolve_created_by(parent: StorageBackendNode, info: Info) -> UserNode | None:
    """Who attached it."""
    return await mentioned(info.context, parent.created_by_id, parent.standing)


@storage_backend.field("verification")
async def resolve_verification(parent: StorageBackendNode, info: Info) -> Any:
    """The report of the last verification."""
    if not parent.seen:
        return None
    report = await info.context.loaders.report.load(parent.id)
    return report_from_json(report) if report else None


@storage_backend.field("documentStudyCount")
async def resolve_document_study_count(parent: StorageBackendNode, info: Info) -> int | None:
    """How many studies keep their documents in it."""
    if not parent.seen:
        return None
    return await info.context.loaders.document_study_count.load(parent.id) or 0


@storage_backend.field("dataStudyCount")
async def resolve_data_study_count(parent: StorageBackendNode, info: Info) -> int | None:
    """How many studies have data files in it."""
    if not parent.seen:
        return None
    return await info.context.loaders.data_study_count.load(parent.id) or 0


@storage_backend.field("studies")
async def resolve_studies(
    parent: StorageBackendNode, info: Info, first: int | None = 50, after: str | None = None
) -> Page:
    """The studies that use it, by name."""
    if not parent.seen:
        return Page()
    async with info.context.database.read() as session:
        return await page_of(
            session,
            visible_studies(parent.standing, None, parent.id),
            [SortKey(StudyRow.name_key), SortKey(StudyRow.id)],
            first=first,
            after=after,
            view=lambda row: StudyNode.of(row, parent.standing),
        )


@storage_backend.field("isDefaultForDocuments")
async def resolve_is_default_for_documents(parent: StorageBackendNode, info: Info) -> bool | None:
    """Whether new studies keep their documents in it."""
    if not parent.seen:
        return None
    organization = await info.context.loaders.organization.load(parent.organization_id)
    return _is_chosen(parent, organization.default_document_storage_id)


@storage_backend.field("isDefaultForData")
async def resolve_is_default_for_data(parent: StorageBackendNode, info: Info) -> bool | None:
    """Whether new studies have their data files in it."""
    if not parent.seen:
        return None
    organization = await info.context.loaders.organization.load(parent.organization_id)
    return _is_chosen(parent, organization.default_data_storage_id)


def _is_chosen(storage: StorageBackendNode, chosen: str | None) -> bool:
    return storage.is_default if chosen is None else storage.id == chosen


@storage_backend.field("viewerMay")
async def resolve_viewer_may(parent: StorageBackendNode, info: Info) -> list[Permission]:
    """What the viewer may do to it."""
    used_by: frozenset[str] = frozenset()
    if parent.standing.role is Role.STUDY_ADMINISTRATOR:
        used_by = await info.context.loaders.studies_using.load(parent.id) or frozenset()
    return sorted(parent.standing.in_storage(used_by))


bindables = [query, storage_backend, check_type]
