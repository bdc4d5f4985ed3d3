"""What happens to a user's tokens is told in the activity of every organization they belong to."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.rows import TokenRow, UserRow
from dwtui.server.activity.recording import Action
from dwtui.server.activity.rows import Outcome
from dwtui.server.database.engine import Database
from dwtui.server.organizations.rows import MemberRow

ABOUT_TOKENS = "token."
"How actions on tokens begin."


async def record_token_change(
    database: Database,
    session: AsyncSession,
    action: str,
    token: TokenRow,
    *,
    actor: UserRow | None,
    request_id: str | None = None,
) -> None:
    """Record, in the transaction that makes or ends a token, that somebody (None: the operator) did."""
    owner = await session.get_one(UserRow, token.user_id)
    organizations = await session.scalars(
        select(MemberRow.organization_id).where(MemberRow.user_id == token.user_id)
    )
    for organization_id in organizations:
        doing = Action(database, actor, request_id, action, organization_id)
        doing.about(token.id, token.name)
        session.add(doing.row(Outcome.SUCCEEDED, f"of {owner.name}"))
