"""Queries and mutations on the viewer and their tokens."""

from typing import Any

from ariadne import MutationType, ObjectType, QueryType
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui import __version__
from dwtui.server.accounts.nodes import ApplicationNode, CreatedTokenNode, TokenNode, UserNode
from dwtui.server.accounts.rows import TokenRow
from dwtui.server.accounts.tokens import DEFAULT_DAYS, create_token, live_tokens, revoke_token
from dwtui.server.activity.about_users import record_token_change
from dwtui.server.context import Info, RequestContext
from dwtui.server.organizations.nodes import OrganizationNode
from dwtui.server.organizations.rows import MemberRow, OrganizationRow

query = QueryType()
mutation = MutationType()
viewer = ObjectType("Viewer")


@query.field("viewer")
async def resolve_viewer(_parent: Any, info: Info) -> dict[str, Any]:
    """The one who asks."""
    asking = info.context.authenticated
    return {
        "user": UserNode.of(asking.user, asking.user.id),
        "operator": asking.user.operator,
        "token": TokenNode.of(asking.token),
    }


@query.field("application")
def resolve_application(_parent: Any, info: Info) -> ApplicationNode:
    """Facts about this installation."""
    settings = info.context.parts.settings
    return ApplicationNode(__version__, settings.allow_private_endpoints, settings.max_document_bytes)


@viewer.field("tokens")
async def resolve_tokens(_parent: Any, info: Info) -> list[TokenNode]:
    """The viewer's tokens that still work."""
    context = info.context
    async with context.database.read() as session:
        return [TokenNode.of(row) for row in await live_tokens(session, context.viewer_id)]


@viewer.field("organizations")
async def resolve_organizations(_parent: Any, info: Info) -> list[OrganizationNode]:
    """The organizations the viewer belongs to."""
    context = info.context
    statement = (
        select(OrganizationRow)
        .join(MemberRow, MemberRow.organization_id == OrganizationRow.id)
        .where(MemberRow.user_id == context.viewer_id)
        .order_by(OrganizationRow.name_key)
    )
    async with context.database.read() as session:
        rows = (await session.scalars(statement)).all()
    return [OrganizationNode.of(row, await context.standing(row.id)) for row in rows]


@mutation.field("createToken")
async def resolve_create_token(
    _parent: Any, info: Info, name: str, days: int | None = None
) -> CreatedTokenNode:
    """A new token of the viewer's."""
    context = info.context
    async with context.database.change() as session:
        row, secret = await create_token(
            session, context.viewer_id, name, days=DEFAULT_DAYS if days is None else days
        )
        await _record(context, session, "token.create", row)
        return CreatedTokenNode(TokenNode.of(row), secret)


@mutation.field("revokeToken")
async def resolve_revoke_token(
    _parent: Any,
    info: Info,
    id: str,
) -> TokenNode:
    """End a token of the viewer's."""
    context = info.context
    async with context.database.change() as session:
        row = await revoke_token(session, context.viewer_id, id)
        await _record(context, session, "token.revoke", row)
        return TokenNode.of(row)


async def _record(context: RequestContext, session: AsyncSession, action: str, token: TokenRow) -> None:
    user = context.authenticated.user
    await record_token_change(
        context.database, session, action, token, actor=user, request_id=context.request_id
    )


bindables = [query, mutation, viewer]
