"""Queries on studies, and their relations."""

from typing import Any

from ariadne import ObjectType, QueryType
from sqlalchemy import select

from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Permission, not_found
from dwtui.server.accounts.rows import UserRow
from dwtui.server.context import Info
from dwtui.server.database.paging import Page, SortKey, page_of
from dwtui.server.organizations.nodes import OrganizationNode
from dwtui.server.storage_backends.nodes import StorageBackendNode
from dwtui.server.studies.nodes import StudyMemberNode, StudyNode
from dwtui.server.studies.problems import StudyProblem, has_problem
from dwtui.server.studies.rows import StudyMemberRow, StudyRow
from dwtui.server.studies.rules import get_study, visible_studies

query = QueryType()
study = ObjectType("Study")

BY_NAME = [SortKey(StudyRow.name_key), SortKey(StudyRow.id)]


@query.field("study")
async def resolve_study(_parent: Any, info: Info, id: str) -> StudyNode:
    """One study."""
    context = info.context
    async with context.database.read() as session:
        row = await get_study(session, id)
    standing = await context.standing(row.organization_id)
    if not standing.sees_study(row.id):
        raise not_found(id)
    return StudyNode.of(row, standing)


@query.field("allStudies")
async def resolve_all_studies(
    _parent: Any,
    info: Info,
    organization: str,
    first: int | None = 50,
    after: str | None = None,
    search: str | None = None,
    storage: str | None = None,
    problem: str | None = None,
) -> Page:
    """The studies of an organization that the viewer may see, by name."""
    context = info.context
    standing = await context.standing(organization)
    standing.require_member(organization)
    studies = visible_studies(standing, search, storage)
    if problem is not None:
        standing.require(Permission.SEE_STORAGES, organization)
        studies = studies.where(has_problem(StudyProblem(problem), standing))
    async with context.database.read() as session:
        return await page_of(
            session,
            studies,
            BY_NAME,
            first=first,
            after=after,
            view=lambda row: StudyNode.of(row, standing),
        )


@study.field("organization")
async def resolve_organization(parent: StudyNode, info: Info) -> OrganizationNode:
    """The organization a study belongs to."""
    row = await info.context.loaders.organization.load(parent.organization_id)
    return OrganizationNode.of(row, parent.standing)


@study.field("documentStorage")
async def resolve_document_storage(parent: StudyNode, info: Info) -> StorageBackendNode:
    """The storage in which a study's documents are kept."""
    loaders = info.context.loaders
    row = await loaders.storage.load(parent.document_storage_id)
    if row is None:
        # It was deleted since the study was read: documents fall back to the default storage.
        row = await loaders.default_storage.load(parent.organization_id)
    return StorageBackendNode.of(row, parent.standing)


@study.field("dataStorage")
async def resolve_data_storage(parent: StudyNode, info: Info) -> list[StorageBackendNode]:
    """The storages in which a study's data files lie."""
    loaders = info.context.loaders
    rows = await loaders.storage.load_many(await loaders.data_storage_ids.load(parent.id) or [])
    # One that is missing was deleted since the study was read.
    return [StorageBackendNode.of(row, parent.standing) for row in rows if row is not None]


@study.field("members")
async def resolve_members(parent: StudyNode, info: Info) -> list[StudyMemberNode]:
    """Who has a role in a study, by name."""
    context = info.context
    if Permission.LIST_OBJECTS not in parent.viewer_may:
        return []
    statement = (
        select(UserRow, StudyMemberRow.role)
        .join(StudyMemberRow, StudyMemberRow.user_id == UserRow.id)
        .where(StudyMemberRow.study_id == parent.id)
        .order_by(UserRow.name, UserRow.id)
    )
    async with context.database.read() as session:
        found = (await session.execute(statement)).all()
    return [
        StudyMemberNode(UserNode.of(user, context.viewer_id, parent.standing), role) for user, role in found
    ]


bindables = [query, study]
