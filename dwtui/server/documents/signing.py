"""Signed URLs: a secret that gives the bytes of one version once, within a minute, as the one who asked for it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from dwtui.server import clock
from dwtui.server.accounts.rows import TokenRow, UserRow
from dwtui.server.accounts.tokens import Authenticated, hash_of, require_alive
from dwtui.server.context import RequestContext
from dwtui.server.database.engine import Database
from dwtui.server.documents.reading import readable_version
from dwtui.server.documents.rows import SignedUrlRow
from dwtui.server.errors import UnauthenticatedError

LIVES = timedelta(minutes=1)


@dataclass(frozen=True)
class Signed:
    """The path, with its secret, at which the bytes can be had until then."""

    path: str
    expires_at: datetime


async def sign(context: RequestContext, document_id: str, version_id: str | None) -> Signed:
    """Make a signed URL for a version that the viewer may read now. Raises what `readable_version` raises."""
    version = await readable_version(context, document_id=document_id, version_id=version_id)
    secret = secrets.token_urlsafe(30)
    expires_at = clock.now() + LIVES
    async with context.database.change() as session:
        session.add(
            SignedUrlRow(
                secret_hash=hash_of(secret),
                version_id=version.version_id,
                token_id=context.authenticated.token.id,
                expires_at=expires_at,
            )
        )
    path = (
        f"/download/study/{version.study_id}/file/{document_id}/version/{version.version_id}?token={secret}"
    )
    return Signed(path, expires_at)


async def claim(database: Database, secret: str, version_id: str | None, *, use_up: bool) -> Authenticated:
    """Whose signed URL it is. It works for its version only, and once where it is to be used up.

    Raises UnauthenticatedError.
    """
    hashed = hash_of(secret)
    statement = (
        select(SignedUrlRow, TokenRow, UserRow)
        .join(TokenRow, TokenRow.id == SignedUrlRow.token_id)
        .join(UserRow, UserRow.id == TokenRow.user_id)
        .where(SignedUrlRow.secret_hash == hashed)
    )
    async with database.read() as session:
        found = (await session.execute(statement)).one_or_none()
    if found is None:
        raise _used_up()
    signed, token, user = found
    if signed.expires_at <= clock.now() or signed.version_id != version_id:
        raise _used_up()
    require_alive(token)
    if use_up:
        async with database.change() as session:
            # of several at once, one finds the row
            gone = await session.execute(delete(SignedUrlRow).where(SignedUrlRow.secret_hash == hashed))
            if gone.rowcount != 1:  # type: ignore[attr-defined]
                raise _used_up()
    return Authenticated(user, token)


def _used_up() -> UnauthenticatedError:
    return UnauthenticatedError("This link was used already, or has expired. Ask for a new one.")


async def forget_expired(database: Database) -> None:
    """Strike out the signed URLs that nobody has used in time."""
    async with database.change() as session:
        await session.execute(delete(SignedUrlRow).where(SignedUrlRow.expires_at <= clock.now()))
