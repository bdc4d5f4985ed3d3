"""Relay connections over SQL: a page of rows after a cursor, in a total order, at constant cost."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from dwtui.server.errors import BadInputError

PAGE_LIMIT = 1000
CURSOR_LENGTH = 8192
LARGEST_INTEGER = 2**63 - 1


@dataclass(frozen=True)
class PageInfo:
    """Where a page begins and ends."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True)
class Edge:
    """A row and where it stands."""

    node: Any
    cursor: str


@dataclass(frozen=True)
class Page:
    """A connection of the contract."""

    edges: Sequence[Edge] = ()
    page_info: PageInfo = field(default_factory=lambda: PageInfo(False, False, None, None))
    total_count: int = 0


@dataclass(frozen=True)
class SortKey:
    """One column of an order; the last column of an order must be unique. Null values have to be coalesced."""

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    descending: bool = False

    def ordered(self) -> ColumnElement[Any]:
        """The column as a part of ORDER BY."""
        return self.column.desc() if self.descending else self.column.asc()

    def beyond(self, value: Any) -> ColumnElement[bool]:
        """Whether a row comes after that value in this column."""
        beyond: ColumnElement[bool] = self.column < value if self.descending else self.column > value
        return beyond


def encode_cursor(values: Sequence[Any]) -> str:
    """A cursor from the values of a row's sort keys; it stays valid when the API restarts."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode()


def decode_cursor(cursor: str, order: Sequence[SortKey]) -> list[Any]:
    """The values that a cursor stands for; BadInputError when it is none of ours or of another order."""
    try:
        if len(cursor) > CURSOR_LENGTH:
            raise ValueError("longer than any of ours")
        values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        if not isinstance(values, list) or len(values) != len(order):
            raise ValueError("of another order")
        return [_typed(key, value) for key, value in zip(order, values, strict=True)]
    except (ValueError, binascii.Error, TypeError, OverflowError, RecursionError):
        raise BadInputError(
            "after", "This cursor does not belong to this list. Begin again without one."
        ) from None


def _typed(key: SortKey, value: Any) -> Any:
    kind = key.column.type.python_type
    if kind is datetime:
        return _moment(value)
    if type(value) is not kind:
        raise ValueError("of another type")
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise ValueError("beyond what a database counts to")
    if isinstance(value, str) and "\0" in value.encode().decode():
        raise ValueError("no text that a database takes")
    return value


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def check_first(first: int | None) -> int:
    """The size of a page; BadInputError outside 0 to PAGE_LIMIT."""
    size = 50 if first is None else first
    if not 0 <= size <= PAGE_LIMIT:
        raise BadInputError("first", f"A page holds 0 to {PAGE_LIMIT} rows; {size} were asked for.")
    return size


async def page_of(
    session: AsyncSession,
    rows: Select[Any],
    order: Sequence[SortKey],
    *,
    first: int | None,
    after: str | None,
    view: Callable[[Any], Any] = lambda row: row,
) -> Page:
    """The page of `rows` (a select of one entity) that follows `after`, with the count of all rows: two statements."""
    size = check_first(first)
    total = (
        await session.execute(select(func.count()).select_from(rows.order_by(None).subquery()))
    ).scalar_one()
    wanted = rows.add_columns(*(key.column for key in order)).order_by(*(key.ordered() for key in order))
    if after is not None:
        wanted = wanted.where(_after(order, decode_cursor(after, order)))
    found = (await session.execute(wanted.limit(size + 1))).all()
    edges = [Edge(view(row[0]), encode_cursor(row[1:])) for row in found[:size]]
    info = PageInfo(
        has_next_page=len(found) > size,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Page(edges, info, total)


def _after(order: Sequence[SortKey], values: Sequence[Any]) -> ColumnElement[bool]:
    """Rows beyond the cursor: (a > x) or (a = x and b > y) or …"""
    steps = []
    for depth, key in enumerate(order):
        same = [earlier.column == value for earlier, value in zip(order[:depth], values[:depth], strict=True)]
        steps.append(and_(*same, key.beyond(values[depth])))
    return or_(*steps)
