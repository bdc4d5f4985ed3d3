"""Empty databases for tests: SQLite files, and databases of a real PostgreSQL server."""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url, text

from dwtui.server.database.engine import Database
from tests.support.cloud import ROOT

_numbers = count(1)


class PostgreSQL:
    """A PostgreSQL server on a Unix socket in that folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def new_database(self, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of another one, given by its URL, that nobody has open."""
        name = f"dwtui_{next(_numbers)}"
        copied = f" TEMPLATE {make_url(template).database}" if template else ""
        asyncio.run(self._create(f"CREATE DATABASE {name}{copied}"))
        return f"postgresql://postgres:@/{name}?host={self._folder}"

    async def _create(self, statement: str) -> None:
        connection = await asyncpg.connect(host=self._folder, user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server, until the block ends. It also ends when this process does, however that happens."""
    command = [sys.executable, "-m", "tests.support.postgresql_process"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield PostgreSQL(json.loads(process.stdout.readline())["host"])
        finally:
            process.stdin.close()


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
