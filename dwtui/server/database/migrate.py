"""Bringing the database to the present revision: at start, forwards only."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from dwtui.server.database.engine import Database
from dwtui.server.errors import ApplicationError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x64777475  # "dwtu": one process migrates, the others wait for it


class NewerDatabaseError(ApplicationError):
    """The database was made by a newer dwtui."""


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def revisions() -> list[str]:
    """All revisions, oldest first."""
    script = ScriptDirectory.from_config(configuration())
    return [revision.revision for revision in script.walk_revisions()][::-1]


async def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision. NewerDatabaseError when it is ahead of this program."""
    writing = database.engine.execution_options(dwtui_begin="BEGIN IMMEDIATE")
    async with writing.begin() as connection:
        await connection.run_sync(_upgrade, revision)


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and present not in revisions():
        raise NewerDatabaseError(
            f"The database is at revision {present}, which this dwtui does not know: a newer one made it. "
            "Run that newer version; databases are never taken back."
        )
    try:
        command.upgrade(configuration(connection), revision)
    except CommandError as error:
        raise NewerDatabaseError(
            f"The database could not be brought to revision {revision}: {error}"
        ) from error
