"""Users: added by the operator."""

import re

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.rows import UserRow
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.ids import new_id
from dwtui.server.names import checked_name

NAME_LENGTH = 100
EMAIL_LENGTH = 254
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost")


async def create_user(session: AsyncSession, name: str, email: str, *, operator: bool = False) -> UserRow:
    """A new user. Addresses tell users apart, whatever their case."""
    checked_email = checked_name(email, "email", EMAIL_LENGTH)
    if not EMAIL.fullmatch(checked_email):
        raise BadInputError("email", "This is not an e-mail address.")
    row = UserRow(
        id=new_id("US"),
        name=checked_name(name, "name", NAME_LENGTH),
        email=checked_email,
        email_key=checked_email.casefold(),
        operator=operator,
        created_at=clock.now(),
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise ConflictError("There is a user with this e-mail address already.", field="email") from error
    return row


async def all_users(session: AsyncSession) -> list[UserRow]:
    """All users, by name."""
    return list(await session.scalars(select(UserRow).order_by(UserRow.name, UserRow.id)))


async def user_by_email(session: AsyncSession, email: str) -> UserRow:
    """The user with that e-mail address; BadInputError when there is none."""
    row = await session.scalar(select(UserRow).where(UserRow.email_key == email.strip().casefold()))
    if row is None:
        raise BadInputError(
            "email",
            "Nobody with this e-mail address can sign in here yet. "
            "The operator adds users (dwtui server users create).",
        )
    return row
