"""Users named by what happened in an organization, who may have left it since."""

from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Standing
from dwtui.server.context import RequestContext


async def mentioned(context: RequestContext, user_id: str | None, standing: Standing) -> UserNode | None:
    """The user as the viewer with that standing sees them; None: nobody, or somebody who is gone altogether.

    The name belongs to the story; the address of somebody who has left is no business of those who stay.
    """
    if user_id is None:
        return None
    row = await context.loaders.user.load(user_id)
    if row is None:
        return None
    organizations = await context.loaders.organizations_of_user.load(user_id)
    present = standing.organization_id in (organizations or ())
    return UserNode.of(row, context.viewer_id, standing if present else None)
