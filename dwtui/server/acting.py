"""A viewer's action, recorded: what resolvers wrap their changes in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dwtui.server.activity.recording import Action, recorded
from dwtui.server.context import RequestContext


def action_of(context: RequestContext, action: str, organization_id: str) -> Action:
    """Something the viewer of the request does in an organization."""
    return Action(
        database=context.database,
        actor=context.authenticated.user,
        request_id=context.request_id,
        action=action,
        organization_id=organization_id,
    )


@asynccontextmanager
async def acting(context: RequestContext, action: str, organization_id: str) -> AsyncIterator[Action]:
    """Do something inside, as the viewer, in an organization they belong to; what is refused is recorded too."""
    async with recorded(action_of(context, action, organization_id)) as doing:
        yield doing
