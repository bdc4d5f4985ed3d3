"""SQLite with fewer turns: each statement is one trip to the connection's thread, with all that belongs to it."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")


class Connection(aiosqlite.Connection):
    """As aiosqlite's, for SQLAlchemy. There a statement takes four trips to a thread and back, its transaction four
    more; each costs as much as the statement itself."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # an engine that nobody disposed of keeps no process alive
        self._begin: str | None = None

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor; nothing is done yet."""
        return Cursor(self)

    async def run(self, sql: str, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do one statement's work in the thread. A transaction is begun together with its first statement."""
        if sql.startswith("BEGIN"):
            self._begin = sql
            return None
        begin, self._begin = self._begin, None

        def together(raw: sqlite3.Connection) -> T:
            if begin is not None:
                raw.execute(begin)
            return work(raw)

        result: T = await self._execute(together, self._conn)  # type: ignore[no-untyped-call]
        return result

    async def commit(self) -> None:
        """Commit, unless nothing was done."""
        if self._begin is None:
            await super().commit()
        self._begin = None

    async def rollback(self) -> None:
        """Roll back, unless nothing was done."""
        if self._begin is None:
            await super().rollback()
        self._begin = None


class Cursor:
    """One statement and all of its rows."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "Cursor":
        """Execute a statement."""
        await self._connection.run(sql, lambda raw: self._take(raw.execute(sql, parameters)))  # type: ignore[arg-type]
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "Cursor":
        """Execute a statement once for each of the parameters."""
        await self._connection.run(sql, lambda raw: self._take(raw.executemany(sql, parameters)))  # type: ignore[arg-type]
        return self

    async def fetchall(self) -> list[Any]:
        """The rows."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self._rows = cursor.fetchall()
        self.description, self.rowcount, self.lastrowid = (
            cursor.description,
            cursor.rowcount,
            cursor.lastrowid,
        )
        cursor.close()


def connection_to(database: str, **options: Any) -> Connection:
    """A connection that is to be awaited, as `aiosqlite.connect` gives it."""
    return Connection(lambda: sqlite3.connect(database, **options))
