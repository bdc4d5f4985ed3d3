"""Receiving the bytes of versions through the API."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dwtui.files.entries import Entry

if TYPE_CHECKING:
    pass

Tell = Callable[[int], None]
"""Hears how many bytes have been moved since it last heard."""
AT_ONCE = 8
"""Pieces asked for at the same time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a version, from `start` to before `end`."""

    entry: Entry
    start: int
    end: int


def piece_of(entry: Entry, start: int | None, end: int | None) -> Piece:
    """The piece that Python's slices would give."""
    begin, stop, _ = slice(start, end).indices(entry.size)
    return Piece(entry, begin, max(begin, stop))


def tell_nobody(_: int) -> None:
    """For who does not want to know."""
