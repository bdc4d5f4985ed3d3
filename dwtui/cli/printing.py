"""What commands print: tables and facts for people, JSON for scripts. Remote text is shown, never obeyed."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from dwtui.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

UNLIMITED = 100_000
"""Columns of a line that goes to no terminal, where nothing is cut."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A text with one of rich's styles, such as `green`. It carries meaning only beside words."""

    text: str
    style: str


Cell = str | Styled | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    drop: int = 0
    """0: always shown. Where the terminal is too narrow, the highest goes first."""
    right: bool = False


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], empty: str) -> None:
    """Print rows below their titles; `empty` is said where there are none, with what to do next."""
    if not rows:
        note(empty)
        return
    from rich.table import Table

    console = console_for(sys.stdout)
    shown = _columns_that_fit(columns, rows, console.width)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for index in shown:
        column = columns[index]
        table.add_column(
            column.title, no_wrap=True, overflow="ellipsis", justify="right" if column.right else "left"
        )
    for row in rows:
        table.add_row(*(_rich(row[index]) for index in shown))
    _print_trimmed(console, table)


def print_reasons(reasons: Iterable[tuple[str, str]]) -> None:
    """Print to what something happened, and why; the same reason is given once."""
    names: dict[str, list[str]] = {}
    for name, reason in reasons:
        names.setdefault(reason, []).append(name)
    for reason, those in names.items():
        more = f" and {len(those) - 3} more" if len(those) > 3 else ""
        say(f"{', '.join(those[:3])}{more}: {reason}{'' if reason.endswith(('.', '?')) else '.'}")


def print_facts(facts: Iterable[tuple[str, Cell]]) -> None:
    """Print names with their values, one a line. What is None is left out."""
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in facts:
        if value is not None:
            table.add_row(name, _rich(value))
    _print_trimmed(console_for(sys.stdout), table)


def say(text: Cell = "", *, indent: int = 0) -> None:
    """Print a line, wrapped at the terminal's width."""
    from rich.padding import Padding

    _print_trimmed(console_for(sys.stdout), Padding(_rich(text), (0, 0, 0, indent)))


def note(text: Cell) -> None:
    """Say something beside the result, on the error stream."""
    console_for(sys.stderr).print(_rich(text), soft_wrap=True)


def print_json(value: Any) -> None:
    """Print one JSON document; on a terminal in pure ASCII, so that nothing can steer it."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=sys.stdout.isatty()) + "\n")


def print_raw(text: str) -> None:
    """Print a text as it is, to be piped into a file or a command; on a terminal, made visible."""
    from dwtui.visible import visible_block

    sys.stdout.write((visible_block(text) if sys.stdout.isatty() else text).rstrip("\n") + "\n")


def console_for(stream: TextIO) -> "Console":
    """Rich's console for a stream: as wide as the terminal, or unlimited and plain where there is none."""
    from rich.console import Console

    width = None if stream.isatty() else UNLIMITED
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def _columns_that_fit(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[int]:
    """Which columns to show: the least important go until the others have room."""
    from rich.cells import cell_len

    needed = [
        max(cell_len(column.title), *(cell_len(_plain(row[index])) for row in rows)) + 2
        for index, column in enumerate(columns)
    ]
    shown = list(range(len(columns)))
    for index in sorted(shown, key=lambda index: -columns[index].drop):
        if columns[index].drop == 0 or sum(needed[one] for one in shown) - 2 <= width:
            break
        shown.remove(index)
    return shown


def _plain(cell: Cell) -> str:
    text = cell.text if isinstance(cell, Styled) else "" if cell is None else str(cell)
    return visible(text)


def _rich(cell: Cell) -> Any:
    from rich.text import Text

    return Text(_plain(cell), style=cell.style if isinstance(cell, Styled) else "")


def _print_trimmed(console: "Console", content: Any) -> None:
    """Print without the blanks that pad cells: nobody wants them in a file."""
    with console.capture() as captured:
        console.print(content)
    for line in captured.get().splitlines():
        console.file.write(line.rstrip() + "\n")
