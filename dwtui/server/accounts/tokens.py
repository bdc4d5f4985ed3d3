"""Tokens: made, looked up, ended. Only a SHA-256 of a token is kept; tokens have 240 random bits, so that suffices."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.permissions import not_found
from dwtui.server.accounts.rows import TokenRow, UserRow
from dwtui.server.database.engine import Database
from dwtui.server.errors import BadInputError, UnauthenticatedError, UnavailableError
from dwtui.server.ids import new_id
from dwtui.server.names import checked_name

PREFIX = "dwt_"
DEFAULT_DAYS = 90
LONGEST_DAYS = 365
USE_IS_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Authenticated:
    """Whose request it is, and the token it came with."""

    user: UserRow
    token: TokenRow


def hash_of(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def create_token(
    session: AsyncSession, user_id: str, name: str, *, days: int | None = DEFAULT_DAYS
) -> tuple[TokenRow, str]:
    """A new token for a user, and its secret, which is known only now. `days` None: it does not expire."""
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise BadInputError("days", f"A token lives 1 to {LONGEST_DAYS} days.")
    secret = PREFIX + secrets.token_urlsafe(30)
    moment = clock.now()
    row = TokenRow(
        id=new_id("TK"),
        user_id=user_id,
        name=checked_name(name, "name", 100),
        hash=hash_of(secret),
        ending=secret[-4:],
        created_at=moment,
        expires_at=None if days is None else moment + timedelta(days=days),
        revoked_at=None,
        last_used_at=None,
    )
    session.add(row)
    await session.flush()
    return row, secret


async def revoke_token(session: AsyncSession, user_id: str, token_id: str) -> TokenRow:
    """End one of the user's tokens; ending it twice is no error."""
    row = await session.get(TokenRow, token_id)
    if row is None or row.user_id != user_id:
        raise not_found(token_id)
    if row.revoked_at is None:
        row.revoked_at = clock.now()
    return row


async def live_tokens(session: AsyncSession, user_id: str) -> list[TokenRow]:
    """A user's tokens that still work, newest first."""
    found = await session.scalars(
        select(TokenRow)
        .where(TokenRow.user_id == user_id, TokenRow.revoked_at.is_(None))
        .order_by(TokenRow.created_at.desc(), TokenRow.id)
    )
    return [row for row in found if not _expired(row, clock.now())]


async def authenticate(database: Database, authorization: str | None) -> Authenticated:
    """Whose token an `Authorization` header carries; UnauthenticatedError says why it does not do."""
    scheme, _, secret = (authorization or "").strip().partition(" ")
    if not authorization:
        raise UnauthenticatedError("Sign in first: the request carries no token.")
    if scheme.lower() != "bearer" or not secret.strip():
        raise UnauthenticatedError("The Authorization header must read “Bearer” and a token.")
    async with database.read() as session:
        found = (
            await session.execute(
                select(TokenRow, UserRow)
                .join(UserRow, UserRow.id == TokenRow.user_id)
                .where(TokenRow.hash == hash_of(secret.strip()))
            )
        ).one_or_none()
    if found is None:
        raise UnauthenticatedError("This token is not known here. Sign in again.")
    token, user = found
    require_alive(token)
    await _note_use(database, token, clock.now())
    return Authenticated(user, token)


def require_alive(token: TokenRow) -> None:
    """UnauthenticatedError when the token works no more."""
    if token.revoked_at is not None:
        raise UnauthenticatedError("This token was revoked. Sign in again.")
    if _expired(token, clock.now()):
        raise UnauthenticatedError("This token has expired. Sign in again.")


def _expired(token: TokenRow, moment: datetime) -> bool:
    return token.expires_at is not None and token.expires_at <= moment


async def _note_use(database: Database, token: TokenRow, moment: datetime) -> None:
    """Remember the use, at most once a minute, so that reading does not turn into writing.

    A database that can not be written for a while can be read all the same.
    """
    if token.last_used_at is not None and moment - token.last_used_at < USE_IS_NOTED_EVERY:
        return
    with suppress(UnavailableError):  # it has been logged
        async with database.change() as session:
            await session.execute(update(TokenRow).where(TokenRow.id == token.id).values(last_used_at=moment))
