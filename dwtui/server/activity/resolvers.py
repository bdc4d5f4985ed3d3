"""The activity of an organization, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ariadne import ObjectType, QueryType
from sqlalchemy import Select, or_, select

from dwtui.server.accounts.mentioned import mentioned
from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Permission, Role, Standing
from dwtui.server.activity.about_users import ABOUT_TOKENS
from dwtui.server.activity.rows import ActivityRow, Outcome
from dwtui.server.context import Info
from dwtui.server.database.paging import Page, SortKey, page_of
from dwtui.server.database.search import checked_search

query = QueryType()
entry = ObjectType("ActivityEntry")

NEWEST_FIRST = [SortKey(ActivityRow.number, descending=True)]


@dataclass(frozen=True)
class ActivityNode:
    """`ActivityEntry`."""

    id: str
    at: datetime
    actor_id: str | None
    actor_name: str
    action: str
    subject_id: str | None
    subject_name: str
    outcome: Outcome
    summary: str
    request_id: str | None
    standing: Standing

    @classmethod
    def of(cls, row: ActivityRow, standing: Standing) -> "ActivityNode":
        """The line as the viewer sees it."""
        return cls(
            id=row.id,
            at=row.at,
            actor_id=row.actor_id,
            actor_name=row.actor_name,
            action=row.action,
            subject_id=row.subject_id,
            subject_name=row.subject_name,
            outcome=row.outcome,
            summary=row.summary,
            request_id=row.request_id,
            standing=standing,
        )


@query.field("activity")
async def resolve_activity(
    _parent: Any,
    info: Info,
    organization: str,
    first: int | None = 50,
    after: str | None = None,
    **filters: Any,
) -> Page:
    """The lines of the activity that the viewer may see."""
    context = info.context
    standing = await context.standing(organization)
    standing.require(Permission.SEE_ACTIVITY, organization)
    async with context.database.read() as session:
        return await page_of(
            session,
            _filtered(visible_activity(standing), **filters),
            NEWEST_FIRST,
            first=first,
            after=after,
            view=lambda row: ActivityNode.of(row, standing),
        )


def visible_activity(standing: Standing) -> Select[ActivityRow]:
    """All of the organization's activity; to study administrators that of their own studies."""
    statement = select(ActivityRow).where(ActivityRow.organization_id == standing.organization_id)
    if standing.role is Role.STUDY_ADMINISTRATOR:
        statement = statement.where(ActivityRow.study_id.in_(standing.administered_studies()))
    return statement


def _filtered(
    statement: Select[ActivityRow],
    *,
    subject: str | None = None,
    actor: str | None = None,
    action: str | None = None,
    outcome: str | None = None,
) -> Select[ActivityRow]:
    if subject:
        statement = statement.where(or_(ActivityRow.subject_id == subject, ActivityRow.study_id == subject))
    if actor:
        statement = statement.where(ActivityRow.actor_id == actor)
    if action:
        statement = statement.where(
            ActivityRow.action.startswith(checked_search(action, "action"), autoescape=True)
        )
    if outcome:
        statement = statement.where(ActivityRow.outcome == Outcome(outcome))
    return statement


@entry.field("actor")
async def resolve_actor(parent: ActivityNode, info: Info) -> UserNode | None:
    """Who did it."""
    return await mentioned(info.context, parent.actor_id, parent.standing)


@entry.field("subjectName")
async def resolve_subject_name(parent: ActivityNode, info: Info) -> str:
    """The name of what it was done to; a token's, which all organizations of its owner hear of, for the owner alone."""
    if not parent.action.startswith(ABOUT_TOKENS) or parent.subject_id is None:
        return parent.subject_name
    owner = await info.context.loaders.owner_of_token.load(parent.subject_id)
    return parent.subject_name if owner == info.context.viewer_id else ""


bindables = [query, entry]
