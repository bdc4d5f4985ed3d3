"""Opening the database for one command of the operator's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dwtui.server.activity.recording import Action
from dwtui.server.database.engine import Database
from dwtui.server.database.migrate import migrate
from dwtui.server.settings import ServerSettings


@asynccontextmanager
async def opened(settings: ServerSettings) -> AsyncIterator[Database]:
    """The database, brought to the present revision."""
    database = Database(settings.database_url.get_secret_value())
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


def operators_action(database: Database, action: str, organization_id: str) -> Action:
    """Something the operator does in an organization."""
    return Action(
        database=database, actor=None, request_id=None, action=action, organization_id=organization_id
    )
