"""Organizations, users and tokens, as the operator makes them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from dwtui.server.accounts.rows import TokenRow, UserRow
from dwtui.server.accounts.tokens import create_token, live_tokens, revoke_token
from dwtui.server.accounts.users import all_users, create_user, user_by_email
from dwtui.server.activity.about_users import record_token_change
from dwtui.server.errors import BadInputError
from dwtui.server.ids import new_id
from dwtui.server.operating.opening import opened, operators_action
from dwtui.server.organizations.rows import OrganizationRow
from dwtui.server.organizations.rules import create_organization
from dwtui.server.settings import ServerSettings


@dataclass(frozen=True)
class MadeToken:
    """A token that was made; `secret` is known only now and not shown by `repr`."""

    token_id: str
    user_id: str
    name: str
    expires_at: datetime | None
    secret: str

    def __repr__(self) -> str:
        return f"MadeToken({self.token_id}, …)"


@dataclass(frozen=True)
class Initialised:
    """A first organization with its first administrator, who is an operator too."""

    organization_id: str
    user_id: str
    token: MadeToken


def _made(row: TokenRow, secret: str) -> MadeToken:
    return MadeToken(row.id, row.user_id, row.name, row.expires_at, secret)


async def initialise(
    settings: ServerSettings, *, organization: str, name: str, email: str, days: int | None
) -> Initialised:
    """Make the first organization, its first user and a token for them: all of it, or nothing."""
    async with opened(settings) as database:
        organization_id = new_id("OR")
        action = operators_action(database, "organization.create", organization_id)
        async with action.transaction() as session:
            user = await create_user(session, name, email, operator=True)
            row = await create_organization(
                session,
                organization,
                user.id,
                application_bucket=settings.application_bucket,
                application_prefix=settings.application_prefix,
                organization_id=organization_id,
            )
            action.about(row.id, row.name)
            token, secret = await create_token(session, user.id, "first sign-in", days=days)
            return Initialised(row.id, user.id, _made(token, secret))


async def make_organization(
    settings: ServerSettings, *, name: str, administrator_email: str
) -> OrganizationRow:
    """Make an organization with a first administrator."""
    async with opened(settings) as database:
        organization_id = new_id("OR")
        action = operators_action(database, "organization.create", organization_id)
        async with action.transaction() as session:
            administrator = await user_by_email(session, administrator_email)
            row = await create_organization(
                session,
                name,
                administrator.id,
                application_bucket=settings.application_bucket,
                application_prefix=settings.application_prefix,
                organization_id=organization_id,
            )
            action.about(row.id, row.name)
            action.summary = f"administrator {administrator.name}"
            return row


async def list_organizations(settings: ServerSettings) -> list[OrganizationRow]:
    """All organizations, by name."""
    async with opened(settings) as database, database.read() as session:
        return list(await session.scalars(select(OrganizationRow).order_by(OrganizationRow.name_key)))


async def make_user(settings: ServerSettings, *, name: str, email: str, operator: bool) -> UserRow:
    """Make a user."""
    async with opened(settings) as database, database.change() as session:
        return await create_user(session, name, email, operator=operator)


async def list_users(settings: ServerSettings) -> list[UserRow]:
    """All users, by name."""
    async with opened(settings) as database, database.read() as session:
        return await all_users(session)


async def make_token(settings: ServerSettings, *, email: str, name: str, days: int | None) -> MadeToken:
    """Make a token for a user."""
    async with opened(settings) as database, database.change() as session:
        user = await user_by_email(session, email)
        row, secret = await create_token(session, user.id, name, days=days)
        await record_token_change(database, session, "token.create", row, actor=None)
        return _made(row, secret)


async def list_tokens(settings: ServerSettings, *, email: str) -> list[TokenRow]:
    """A user's tokens that still work, newest first."""
    async with opened(settings) as database, database.read() as session:
        return await live_tokens(session, (await user_by_email(session, email)).id)


async def end_token(settings: ServerSettings, *, token_id: str) -> TokenRow:
    """End anybody's token at once."""
    async with opened(settings) as database, database.change() as session:
        row = await session.get(TokenRow, token_id)
        if row is None:
            raise BadInputError("token", "There is no token of this id.")
        await revoke_token(session, row.user_id, token_id)
        await record_token_change(database, session, "token.revoke", row, actor=None)
        return row
