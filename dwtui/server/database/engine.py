"""Opening the database, and its two kinds of transaction."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from dwtui.server.database.sqlite import connection_to
from dwtui.server.database.troubles import trouble_of

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
HELD: dict[str, Any] = {"key_share": True}
"How a row is held until the transaction ends (`with_for_update`): whatever only refers to it goes on meanwhile."


class UnsupportedDatabaseError(ValueError):
    """The URL names a database that dwtui does not run on."""


def async_url(url: str) -> URL:
    """The URL with the driver that dwtui uses: `sqlite:///file` or `postgresql://user@host/name`."""
    parsed = make_url(url)
    backend = parsed.drivername.partition("+")[0]
    if backend not in DRIVERS:
        raise UnsupportedDatabaseError(
            f"“{backend}” is not a database dwtui runs on. Use sqlite:///path/to/file or postgresql://…"
        )
    return parsed.set(drivername=DRIVERS[backend])


class Database:
    """An open database: transactions to read with, and transactions to change things with."""

    def __init__(self, url: str) -> None:
        self.url = async_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine: AsyncEngine = create_async_engine(
            self.url,
            pool_pre_ping=not self.is_sqlite,
            hide_parameters=True,
            connect_args={"async_creator_fn": connection_to} if self.is_sqlite else {},
        )
        if self.is_sqlite:
            _prepare_sqlite(self.engine)
        self._reading = async_sessionmaker(self.engine, expire_on_commit=False)
        writing_engine = self.engine.execution_options(dwtui_begin="BEGIN IMMEDIATE")
        self._writing = async_sessionmaker(writing_engine, expire_on_commit=False)

    def __repr__(self) -> str:
        return f"Database({self.url.render_as_string(hide_password=True)})"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction for reading."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def change(self) -> AsyncIterator[AsyncSession]:
        """A transaction for changes: all of it is committed at the end, or nothing. Raises UnavailableError."""
        try:
            async with self._writing() as session, session.begin():
                yield session
        except DBAPIError as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            raise trouble from error

    async def ready(self) -> None:
        """Ask the database for an answer; raises what it raises when there is none."""
        async with self.read() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _prepare_sqlite(engine: AsyncEngine) -> None:
    """Make SQLite keep foreign keys, wait for locks, and begin transactions as we say, not as its driver guesses."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def on_opening(_dialect: object, _record: object, arguments: list[Any], _options: object) -> None:
        _make_private(arguments[0])

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        raw: SqliteConnection = connection
        raw.isolation_level = None
        cursor = raw.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("dwtui_begin", "BEGIN"))


def _make_private(path: str) -> None:
    """Make a database readable by its owner only, be it new or there already, with the files SQLite keeps beside it.

    What keeps it from being made, SQLite will meet as well; the mode of another user's file is that user's affair.
    """
    if path == ":memory:":
        return
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    # By name: to open and close a database's file would let go of the locks that this process holds on it.
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            if Path(path + suffix).stat().st_mode & 0o077:
                Path(path + suffix).chmod(0o600)


async def lock(session: AsyncSession, what: str) -> None:
    """Let only one transaction at a time past this point for the same `what`, until it ends.

    SQLite has one writer at a time anyway; PostgreSQL takes an advisory lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what}
        )
