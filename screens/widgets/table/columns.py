"""The columns of a table: what they show, and how they share the width there is."""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from rich.cells import cell_len, chop_cells, set_cell_size

from screens.widgets.tones import Cell

Row = TypeVar("Row")

GAP = 2
"""Cells between two columns."""


class Column(NamedTuple, Generic[Row]):
    """A column: its heading, what it shows of a row, and how wide it likes to be."""

    id: str
    title: str
    cell: Callable[[Row], Cell]
    least: int
    """Cells below which it is rather hidden."""
    most: int = 999
    """Cells above which it gains nothing."""
    grow: int = 0
    """Its share of the width that is left over."""
    rank: int = 0
    """Which columns go first when the width does not suffice: the highest. 0 is the key, which always stays."""
    right: bool = False
    """Whether it is aligned to the right."""
    middle: bool = False
    """Whether what does not fit is left out in the middle: for names that differ at their ends."""


def share(columns: Sequence[Column[Row]], width: int) -> list[tuple[Column[Row], int]]:
    """The columns to show in `width` cells, in their order, each with its own width."""
    shown = list(columns)
    while len(shown) > 1 and sum(column.least + GAP for column in shown) - GAP > width:
        dispensable = max(shown, key=lambda column: column.rank)
        if dispensable.rank == 0:
            break
        shown.remove(dispensable)
    widths = {column.id: column.least for column in shown}
    left = width - sum(widths.values()) - GAP * (len(shown) - 1)
    while left > 0 and (
        growing := [column for column in shown if column.grow and widths[column.id] < column.most]
    ):
        total = sum(column.grow for column in growing)
        gains = {
            column.id: min(left * column.grow // total, column.most - widths[column.id]) for column in growing
        }
        if not any(gains.values()):
            gains = {growing[0].id: 1}
        for id_, gain in gains.items():
            widths[id_] += gain
            left -= gain
    if len(shown) == 1:
        widths[shown[0].id] = max(1, width)
    return [(column, widths[column.id]) for column in shown]


def fitted(text: str, width: int, right: bool = False, middle: bool = False) -> str:
    """A text in exactly `width` cells: padded, or cut with an ellipsis."""
    length = cell_len(text)
    if length > width:
        return _cut(text, width, (width - 1) * 2 // 5 if middle else 0)
    return " " * (width - length) + text if right else text + " " * (width - length)


def _cut(text: str, width: int, tail: int) -> str:
    """The beginning of a text, an ellipsis, and `tail` cells of its end."""
    if width <= 0:
        return ""
    end = chop_cells(text[::-1], tail)[0][::-1] if tail > 0 else ""
    head = set_cell_size(text, width - 1 - cell_len(end)).rstrip()
    return set_cell_size(head + "…" + end, width)
