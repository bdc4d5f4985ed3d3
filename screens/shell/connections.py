"""From the API's connections to chunks of a table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from screens.widgets.table import Chunk, Table

Row = TypeVar("Row")
FIRST = 100
"""Rows asked for at a time."""
ASKING = "Asking the API…"
"""What is said in the place of rows that are on their way."""


class Edge(Protocol):
    """A row of a connection."""

    node: Any


class PageInfo(Protocol):
    """Where a page ends."""

    has_next_page: bool
    end_cursor: str | None


class Connection(Protocol):
    """A page of a connection, as the generated models have it."""

    @property
    def edges(self) -> Sequence[Edge]: ...
    @property
    def page_info(self) -> PageInfo: ...
    @property
    def total_count(self) -> int: ...


def chunk_of(connection: Connection) -> Chunk[Any]:
    """A page of a connection as rows for a table."""
    info = connection.page_info
    end = info.end_cursor if info.has_next_page else None
    return Chunk([edge.node for edge in connection.edges], connection.total_count, end)


async def fill(table: Table[Row], fetch: Callable[[str | None], Awaitable[Chunk[Row]]]) -> None:
    """Show the first page in a table."""
    table.say(ASKING)
    table.show(await fetch(None))
