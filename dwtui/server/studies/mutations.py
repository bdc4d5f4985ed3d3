"""Mutations on studies."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from ariadne import MutationType
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.permissions import Permission, Standing, forbidden, not_found
from dwtui.server.accounts.rows import UserRow
from dwtui.server.acting import acting
from dwtui.server.activity.recording import Action
from dwtui.server.context import Info, RequestContext
from dwtui.server.errors import BadInputError
from dwtui.server.organizations.rules import check_revision, default_storage_of, get_organization
from dwtui.server.organizations.usage import hold_usage
from dwtui.server.studies.nodes import StudyNode
from dwtui.server.studies.rows import StudyRole, StudyRow
from dwtui.server.studies.rules import (
    NewStudy,
    change_storages,
    create_study,
    get_study,
    remove_study_member,
    set_study_member,
)

mutation = MutationType()


@mutation.field("createStudy")
async def resolve_create_study(_parent: Any, info: Info, input: Mapping[str, Any]) -> StudyNode:
    """Create a study with the organization's defaults."""
    context = info.context
    organization_id = input["organization"]
    standing = await context.standing(organization_id)
    standing.require_member(organization_id)
    new = NewStudy(input["name"], input.get("short_code"), input.get("external_id"))
    async with acting(context, "study.create", organization_id) as action:
        action.about(None, new.name)
        standing.require(Permission.MANAGE_ORGANIZATION, organization_id)
        async with action.transaction() as session:
            await hold_usage(session, organization_id)
            organization = await get_organization(session, organization_id, to_change=True)
            row = await create_study(
                session, organization, (await default_storage_of(session, organization_id)).id, new
            )
            action.about(row.id, row.name, study_id=row.id)
    return StudyNode.of(row, standing)


@mutation.field("updateStorages")
async def resolve_update_storages(_parent: Any, info: Info, id: str, input: Mapping[str, Any]) -> StudyNode:
    """Change the storages a study uses."""
    context = info.context
    if "document_bucket" in input and input["document_bucket"] is None:
        raise BadInputError(
            "documentBucket", "A study always has a document storage; leave the field out to keep it."
        )
    if "data_buckets" in input and input["data_buckets"] is None:
        raise BadInputError(
            "dataBuckets", "Give an empty list for none, or leave the field out to keep them."
        )
    async with _changing(context, "study.update_storages", id, Permission.CHANGE_STUDY_STORAGES) as (
        action,
        session,
        row,
    ):
        check_revision(row.revision, input.get("expected_revision"), f"“{row.name}”")
        changes = await change_storages(
            session,
            row,
            document_storage_id=input.get("document_bucket"),
            data_storage_ids=input.get("data_buckets"),
        )
        if changes:
            row.revision += 1
        action.summary = "; ".join(changes) or "nothing changed"
    return StudyNode.of(row, await context.standing(row.organization_id))


@mutation.field("setStudyMember")
async def resolve_set_study_member(_parent: Any, info: Info, study: str, user: str, role: str) -> StudyNode:
    """Give somebody a role in a study."""
    context = info.context
    async with _changing(context, "study.set_member", study, Permission.MANAGE_ORGANIZATION) as (
        action,
        session,
        row,
    ):
        await set_study_member(session, row, user, StudyRole(role))
        somebody = await session.get_one(UserRow, user)
        action.summary = f"{somebody.name} as {role.lower()}"
    return await _seen_anew(context, row)


@mutation.field("removeStudyMember")
async def resolve_remove_study_member(_parent: Any, info: Info, study: str, user: str) -> StudyNode:
    """Take somebody's role in a study away."""
    context = info.context
    async with _changing(context, "study.remove_member", study, Permission.MANAGE_ORGANIZATION) as (
        action,
        session,
        row,
    ):
        await remove_study_member(session, row, user)
        somebody = await session.get_one(UserRow, user)
        action.summary = somebody.name
    return await _seen_anew(context, row)


@asynccontextmanager
async def _changing(
    context: RequestContext, action_name: str, study_id: str, permission: Permission
) -> AsyncIterator[tuple[Action, AsyncSession, StudyRow]]:
    """A recorded transaction on a study that the viewer may change in that way."""
    async with context.database.read() as session:
        seen = await get_study(session, study_id)
    standing = await context.standing(seen.organization_id)
    if not standing.sees_study(study_id):
        raise not_found(study_id)
    async with acting(context, action_name, seen.organization_id) as action:
        action.about(seen.id, seen.name, study_id=seen.id)
        _require(standing, permission, study_id)
        async with action.transaction() as session:
            await hold_usage(session, seen.organization_id)
            yield action, session, await get_study(session, study_id, to_change=True)


def _require(standing: Standing, permission: Permission, study_id: str) -> None:
    if permission not in standing.in_study(study_id):
        raise forbidden(permission)


async def _seen_anew(context: RequestContext, row: StudyRow) -> StudyNode:
    context.forget_standings()
    return StudyNode.of(row, await context.standing(row.organization_id))


bindables = [mutation]
