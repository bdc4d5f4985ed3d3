"""The rows of a table, as far as they have come from a connection."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")


class Chunk(NamedTuple, Generic[Row]):
    """A page of a connection."""

    rows: Sequence[Row]
    total: int
    """How many rows there are in all."""
    end: str | None
    """Where the next page begins; None: there is none."""


class Rows(Generic[Row]):
    """Rows by number and by key. Those that were not fetched yet count, but are not there."""

    def __init__(self, key: Callable[[Row], str]) -> None:
        self._key = key
        self._rows: list[Row] = []
        self._numbers: dict[str, int] = {}
        self.total = 0
        self.end: str | None = None

    def __len__(self) -> int:
        """How many rows there are in all, fetched or not."""
        return max(self.total, len(self._rows))

    @property
    def loaded(self) -> int:
        """How many rows have been fetched."""
        return len(self._rows)

    @property
    def complete(self) -> bool:
        """Whether all have been fetched."""
        return self.end is None

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def get(self, number: int) -> Row | None:
        """The row of that number; None: not fetched, or none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number(self, key: str) -> int | None:
        """Where the row of that key stands."""
        return self._numbers.get(key)

    def key(self, number: int) -> str | None:
        """The key of the row of that number."""
        row = self.get(number)
        return None if row is None else self._key(row)

    def replace(self, chunk: Chunk[Row]) -> set[int] | None:
        """Begin anew with a first page. Which numbers now show something else; None: so many that all are redrawn."""
        before, length = self._rows, len(self)
        self._rows, self._numbers = [], {}
        self.append(chunk)
        if len(self) != length:
            return None
        return {
            number
            for number in range(max(len(before), len(self._rows)))
            if number >= len(before) or number >= len(self._rows) or before[number] != self._rows[number]
        }

    def append(self, chunk: Chunk[Row]) -> range:
        """Add a following page; the numbers of its rows. A row that moved between two pages is not shown twice."""
        first = len(self._rows)
        for row in chunk.rows:
            key = self._key(row)
            if key not in self._numbers:
                self._numbers[key] = len(self._rows)
                self._rows.append(row)
        self.end = chunk.end
        self.total = chunk.total if chunk.end is not None else len(self._rows)
        return range(first, len(self._rows))

    def update(self, row: Row) -> int | None:
        """Put a row in the place of the one with its key; its number if that changed something."""
        number = self._numbers.get(self._key(row))
        if number is None or self._rows[number] == row:
            return None
        self._rows[number] = row
        return number
