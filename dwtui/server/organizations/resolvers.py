"""Queries on organizations, and their relations."""

from dataclasses import replace
from typing import Any

from ariadne import ObjectType, QueryType
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Permission, Standing, effective_role
from dwtui.server.accounts.rows import UserRow
from dwtui.server.context import Info
from dwtui.server.database.paging import Edge, Page, SortKey, page_of
from dwtui.server.organizations.nodes import BlankKeyLocationNode, MemberNode, OrganizationNode
from dwtui.server.organizations.rows import BlankKeyLocationRow, MemberRow
from dwtui.server.organizations.rules import get_organization
from dwtui.server.storage_backends.nodes import StorageBackendNode
from dwtui.server.studies.rows import StudyMemberRow, StudyRole, StudyRow

query = QueryType()
organization = ObjectType("Organization")


@query.field("organization")
async def resolve_organization(_parent: Any, info: Info, id: str) -> OrganizationNode:
    """One organization."""
    context = info.context
    standing = await context.standing(id)
    standing.require_member(id)
    async with context.database.read() as session:
        return OrganizationNode.of(await get_organization(session, id), standing)


async def _default(parent: OrganizationNode, info: Info, chosen: str | None) -> StorageBackendNode:
    """The chosen storage, or the one provisioned at creation."""
    loaders = info.context.loaders
    row = await loaders.storage.load(chosen) if chosen is not None else None
    if row is None:
        # None was chosen, or the chosen one was deleted since the organization was read.
        row = await loaders.default_storage.load(parent.id)
    return StorageBackendNode.of(row, parent.standing)


@organization.field("defaultStorage")
async def resolve_default_storage(parent: OrganizationNode, info: Info) -> StorageBackendNode:
    """The storage provisioned at creation."""
    return await _default(parent, info, None)


@organization.field("defaultDocumentStorage")
async def resolve_default_document_storage(parent: OrganizationNode, info: Info) -> StorageBackendNode:
    """Where new studies keep their documents."""
    return await _default(parent, info, parent.default_document_storage_id)


@organization.field("defaultDataStorage")
async def resolve_default_data_storage(parent: OrganizationNode, info: Info) -> StorageBackendNode:
    """Where new studies' data files are looked for."""
    return await _default(parent, info, parent.default_data_storage_id)


@organization.field("blankKeyLocations")
async def resolve_blank_key_locations(parent: OrganizationNode, info: Info) -> list[BlankKeyLocationNode]:
    """The places that storages with blank keys may use."""
    if not parent.standing.may(Permission.MANAGE_STORAGES):
        return []
    statement = (
        select(BlankKeyLocationRow)
        .where(BlankKeyLocationRow.organization_id == parent.id)
        .order_by(BlankKeyLocationRow.bucket, BlankKeyLocationRow.prefix)
    )
    async with info.context.database.read() as session:
        return [BlankKeyLocationNode(row.bucket, row.prefix) for row in await session.scalars(statement)]


@organization.field("members")
async def resolve_members(
    parent: OrganizationNode, info: Info, first: int | None = 50, after: str | None = None
) -> Page:
    """The members, by name."""
    context = info.context
    if not (
        parent.standing.may(Permission.LIST_OBJECTS) or parent.standing.may(Permission.MANAGE_ORGANIZATION)
    ):
        return Page()
    async with context.database.read() as session:
        page = await page_of(
            session,
            select(UserRow)
            .join(MemberRow, MemberRow.user_id == UserRow.id)
            .where(MemberRow.organization_id == parent.id),
            [SortKey(UserRow.name), SortKey(UserRow.id)],
            first=first,
            after=after,
        )
        users = [edge.node for edge in page.edges]
        nodes = await member_nodes(session, users, context.viewer_id, parent.standing)
    return replace(page, edges=[Edge(nodes[edge.node.id], edge.cursor) for edge in page.edges])


async def member_nodes(
    session: AsyncSession, users: list[UserRow], viewer_id: str, standing: Standing
) -> dict[str, MemberNode]:
    """The memberships of users in the organization of the viewer's standing, by user id."""
    administers = exists().where(
        StudyMemberRow.user_id == MemberRow.user_id,
        StudyMemberRow.role == StudyRole.ADMINISTRATOR,
        StudyMemberRow.study_id == StudyRow.id,
        StudyRow.organization_id == standing.organization_id,
    )
    statement = select(MemberRow, administers).where(
        MemberRow.organization_id == standing.organization_id,
        MemberRow.user_id.in_([user.id for user in users]),
    )
    memberships = {row.user_id: (row, lifted) for row, lifted in (await session.execute(statement))}
    nodes = {}
    for user in users:
        row, lifted = memberships[user.id]
        role = effective_role(row.role, administers_a_study=lifted)
        assert role is not None
        nodes[user.id] = MemberNode(UserNode.of(user, viewer_id, standing), row.role, role, row.since)
    return nodes


bindables = [query, organization]
