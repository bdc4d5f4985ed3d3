"""Mutations on organizations and their members."""

from collections.abc import Mapping
from typing import Any

from ariadne import MutationType
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.permissions import Permission
from dwtui.server.accounts.rows import UserRow
from dwtui.server.accounts.users import user_by_email
from dwtui.server.acting import acting, action_of
from dwtui.server.context import Info, RequestContext
from dwtui.server.errors import BadInputError, ForbiddenError
from dwtui.server.ids import new_id
from dwtui.server.organizations.nodes import MemberNode, OrganizationNode
from dwtui.server.organizations.resolvers import member_nodes
from dwtui.server.organizations.rows import OrganizationRole, OrganizationRow
from dwtui.server.organizations.rules import (
    add_member,
    change_role,
    check_revision,
    create_organization,
    get_member,
    get_organization,
    remove_member,
    rename_organization,
    set_default_data_storage,
    set_default_document_storage,
)
from dwtui.server.organizations.usage import hold_usage

mutation = MutationType()


@mutation.field("createOrganization")
async def resolve_create_organization(_parent: Any, info: Info, input: Mapping[str, Any]) -> OrganizationNode:
    """Create an organization with its default storage."""
    context = info.context
    if not context.authenticated.user.operator:
        raise ForbiddenError("Only operators of this application may create organizations. Ask one of them.")
    organization_id = new_id("OR")
    settings = context.parts.settings
    action = action_of(context, "organization.create", organization_id)
    async with action.transaction() as session:
        row = await create_organization(
            session,
            input["name"],
            context.viewer_id,
            application_bucket=settings.application_bucket,
            application_prefix=settings.application_prefix,
            organization_id=organization_id,
        )
        action.about(row.id, row.name)
    return await _seen(context, row)


@mutation.field("updateOrganization")
async def resolve_update_organization(
    _parent: Any, info: Info, id: str, input: Mapping[str, Any]
) -> OrganizationNode:
    """Rename an organization, or set its defaults."""
    context = info.context
    standing = await context.standing(id)
    standing.require_member(id)
    async with acting(context, "organization.update", id) as action:
        async with context.database.read() as session:
            action.about(id, (await get_organization(session, id)).name)
        for permission in _needed_for(input):
            standing.require(permission, id)
        async with action.transaction() as session:
            await hold_usage(session, id)
            row = await get_organization(session, id, to_change=True)
            check_revision(row.revision, input.get("expected_revision"), f"“{row.name}”")
            changes = await _change(session, row, input)
            if changes:
                row.revision += 1
            action.summary = "; ".join(changes) or "nothing changed"
    return await _seen(context, row)


def _needed_for(input: Mapping[str, Any]) -> list[Permission]:
    """What somebody must be allowed to do for the changes that an input holds, even if it holds none."""
    needed = {
        Permission.MANAGE_ORGANIZATION: "name" in input,
        Permission.MANAGE_STORAGES: "default_document_storage" in input or "default_data_storage" in input,
    }
    return [permission for permission, wanted in needed.items() if wanted] or [*needed]


async def _change(session: AsyncSession, row: OrganizationRow, input: Mapping[str, Any]) -> list[str]:
    """Apply the changes that an input holds, and tell them in words."""
    changes = []
    if "name" in input:
        if input["name"] is None:
            raise BadInputError("name", "A name is needed; leave the field out to keep the present one.")
        old = row.name
        await rename_organization(session, row, input["name"])
        if row.name != old:
            changes.append(f"renamed from “{old}”")
    if "default_document_storage" in input:
        name = await set_default_document_storage(session, row, input["default_document_storage"])
        changes.append(f"new studies keep documents in {name}")
    if "default_data_storage" in input:
        name = await set_default_data_storage(session, row, input["default_data_storage"])
        changes.append(f"new studies have data files in {name}")
    return changes


async def _seen(context: RequestContext, row: OrganizationRow) -> OrganizationNode:
    context.forget_standings()
    return OrganizationNode.of(row, await context.standing(row.id))


@mutation.field("addMember")
async def resolve_add_member(_parent: Any, info: Info, input: Mapping[str, Any]) -> MemberNode:
    """Add a user to an organization."""
    context = info.context
    organization_id = input["organization"]
    standing = await context.standing(organization_id)
    standing.require_member(organization_id)
    async with acting(context, "member.add", organization_id) as action:
        action.about(None, "a member")
        standing.require(Permission.MANAGE_ORGANIZATION, organization_id)
        async with action.transaction() as session:
            user = await user_by_email(session, input["email"])
            action.about(user.id, user.name)
            member = await add_member(session, organization_id, user, OrganizationRole(input["role"]))
            action.summary = f"as {member.role.lower()}"
            return await _member(session, context, organization_id, user)


@mutation.field("updateMember")
async def resolve_update_member(
    _parent: Any, info: Info, organization: str, user: str, role: str
) -> MemberNode:
    """Give a member another role."""
    context = info.context
    standing = await context.standing(organization)
    standing.require_member(organization)
    async with acting(context, "member.update", organization) as action:
        action.about(user, user)
        standing.require(Permission.MANAGE_ORGANIZATION, organization)
        async with action.transaction() as session:
            member = await get_member(session, organization, user)
            row = await session.get_one(UserRow, user)
            action.about(row.id, row.name)
            old = member.role
            await change_role(session, member, OrganizationRole(role))
            action.summary = f"from {old.lower()} to {member.role.lower()}"
            await session.flush()
            return await _member(session, context, organization, row)


@mutation.field("removeMember")
async def resolve_remove_member(_parent: Any, info: Info, organization: str, user: str) -> MemberNode:
    """Remove a member."""
    context = info.context
    standing = await context.standing(organization)
    standing.require_member(organization)
    async with acting(context, "member.remove", organization) as action:
        action.about(user, user)
        standing.require(Permission.MANAGE_ORGANIZATION, organization)
        async with action.transaction() as session:
            member = await get_member(session, organization, user)
            row = await session.get_one(UserRow, user)
            action.about(row.id, row.name)
            node = await _member(session, context, organization, row)
            await remove_member(session, member)
            return node


async def _member(
    session: AsyncSession, context: RequestContext, organization_id: str, user: UserRow
) -> MemberNode:
    standing = await context.standing(organization_id)
    return (await member_nodes(session, [user], context.viewer_id, standing))[user.id]


bindables = [mutation]
