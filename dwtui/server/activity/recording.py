"""Recording what happens: a change and its line in the activity are one transaction; refusals are recorded, too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.permissions import Permission
from dwtui.server.accounts.rows import UserRow
from dwtui.server.accounts.standing import standing_in
from dwtui.server.activity.rows import SUBJECT_NAME_LENGTH, ActivityRow, Outcome
from dwtui.server.database.engine import Database
from dwtui.server.errors import (
    ApplicationError,
    BadInputError,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    UnauthenticatedError,
    UnavailableError,
)
from dwtui.server.ids import new_id
from dwtui.server.names import shown_name

OPERATOR = "the operator"
"The name of who acts on the server's own command line, where there is no user."
NOT_RECORDED = (BadInputError, NotFoundError, UnauthenticatedError, UnavailableError)
"""Slips of the one who types, and what the viewer may not know of: nothing that happened to the organization. And a
database that can not be written takes no record either."""


@dataclass
class Action:
    """Something somebody is doing (`actor` None: the operator). Set what it is about as soon as that is known."""

    database: Database
    actor: UserRow | None
    request_id: str | None
    action: str
    organization_id: str
    subject_id: str | None = None
    subject_name: str = ""
    study_id: str | None = None
    summary: str = ""

    def about(self, subject_id: str | None, subject_name: str, *, study_id: str | None = None) -> None:
        """Say what it is done to; a name that came from outside is made fit to be kept."""
        self.subject_id, self.study_id = subject_id, study_id
        self.subject_name = shown_name(subject_name, SUBJECT_NAME_LENGTH)

    async def require_still(self, session: AsyncSession, permission: Permission) -> None:
        """ForbiddenError or NotFoundError when the actor may not do it any more, for what takes a while."""
        if self.actor is not None:
            standing = await standing_in(session, self.actor.id, self.organization_id)
            standing.require(permission, self.organization_id)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """The transaction that changes things and records that it did."""
        async with self.database.change() as session:
            yield session
            session.add(self.row(Outcome.SUCCEEDED, self.summary))

    def row(self, outcome: Outcome, summary: str) -> ActivityRow:
        """The line of the activity."""
        return ActivityRow(
            id=new_id("AC"),
            at=clock.now(),
            organization_id=self.organization_id,
            study_id=self.study_id,
            actor_id=self.actor.id if self.actor else None,
            actor_name=self.actor.name if self.actor else OPERATOR,
            action=self.action,
            subject_id=self.subject_id,
            subject_name=self.subject_name,
            outcome=outcome,
            summary=summary,
            request_id=self.request_id,
        )


@asynccontextmanager
async def recorded(action: Action) -> AsyncIterator[Action]:
    """Do something inside; what is refused or fails is recorded in a transaction of its own, and raised on.

    A failure that is none of ours is recorded without its text, which may hold anything.
    """
    try:
        yield action
    except NOT_RECORDED:
        raise
    except ApplicationError as error:
        refused = isinstance(error, ForbiddenError | ConflictError)
        await _record(action, Outcome.REFUSED if refused else Outcome.FAILED, error.message)
        raise
    except Exception:
        await _record(action, Outcome.FAILED, "Something went wrong inside the application.")
        raise


async def _record(action: Action, outcome: Outcome, summary: str) -> None:
    async with action.database.change() as session:
        session.add(action.row(outcome, summary))
