"""Pages that show a connection of the API's as a list: loaded by the page, filtered and sorted by the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.timer import Timer

from screens.shell.connections import ASKING
from screens.shell.page import Page
from screens.shell.requests import request
from screens.widgets.lines import Foot
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from screens.widgets.filter_line import FilterLine

Row = TypeVar("Row")

TYPING_SECONDS = 0.25
"""How long to wait for the next letter before the API is asked."""


class ListPage(Page, Generic[Row]):
    """A list with a cursor. Subclasses say what a row is, how it is fetched, and what it looks like."""

    OPENS: ClassVar[bool] = True
    """Whether there is something behind the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.search = ""
        self._typing: Timer | None = None
        self._filter_line: FilterLine | None = None
        self._until = 0
        self.begins_on = ""
        """The key of the row that the cursor is put on when the rows are here for the first time."""

    # What subclasses say

    def columns(self) -> Sequence[Column[Row]]:
        """The columns."""
        raise NotImplementedError

    def key(self, row: Row) -> str:
        """What a row is known by."""
        raise NotImplementedError

    async def fetch(self, after: str | None) -> Chunk[Row]:
        """A page of rows from the API; `after`: where it begins."""
        raise NotImplementedError

    def empty_lines(self) -> Sequence[Cell]:
        """What to say when there is no row, and what to do next."""
        return (Cell("Nothing here."),)

    def moved(self, row: Row | None) -> None:
        """The cursor is on that row now."""

    # The list

    @property
    def table(self) -> Table[Row]:
        """The table."""
        return self.query_one("#rows", Table)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.table.row if self.is_mounted else None

    def make_table(self) -> Table[Row]:
        """The table, for `compose_page`."""
        return Table(self.columns(), self.key, id="rows", opens=self.OPENS)

    def compose_page(self) -> ComposeResult:
        yield self.make_table()

    def reload(self) -> None:
        self.table.say(ASKING)
        self._load()

    def forget(self) -> None:
        self.search = ""
        self.table.forget()

    @request("list")
    async def _load(self) -> None:
        chunk = await self.fetch(None)
        self.table.empty = self.empty_lines()
        self.table.show(chunk)
        begins = self.table.rows.number(self.begins_on)
        self.begins_on = ""
        if begins is not None:
            self.table.cursor = begins
        made = self.table.rows.number(self.session.just_made)
        if made is not None:
            self.table.cursor = made
            self.session.just_made = ""
        self._until = 0
        self.show_lines()

    @request("more")
    async def _load_more(self) -> None:
        rows = self.table.rows
        while not rows.complete and rows.loaded < self._until:
            self.table.add(await self.fetch(rows.end))
        self.show_lines()

    def on_table_wanted(self, event: Table.Wanted) -> None:
        """Fetch as many pages as are looked at."""
        if event.table is not self.table:
            return
        if event.until > self._until or not any(
            it.group == "more" and not it.is_finished for it in self.workers
        ):
            self._until = event.until
            self._load_more()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Tell the subclass, and offer what can be done to the row."""
        if event.table is self.table:
            self.moved(self.row)
            self.refresh_bindings()

    # The filter

    async def action_filter(self) -> None:
        """Type what to keep."""
        if self._filter_line is None:
            from screens.widgets.filter_line import FilterLine

            self._filter_line = FilterLine()
            await self.mount(self._filter_line, before=self.query_one(Foot))
        self._filter_line.begin(self.search)

    def on_filter_line_typed(self, event: FilterLine.Typed) -> None:
        """Ask the API once the typing pauses."""
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, lambda: self._keep(event.text))

    def on_filter_line_done(self, event: FilterLine.Done) -> None:
        """Back to the rows; the filter stays, or goes when it was given up."""
        if self._typing is not None:
            self._typing.stop()
        self.table.focus()
        self._keep(event.text)

    def _keep(self, text: str) -> None:
        self._typing = None
        if text.strip() != self.search:
            self.search = text.strip()
            self._load()

    def step_back(self) -> bool:
        if not self.search:
            return False
        if self._filter_line is not None:
            self._filter_line.end()
        self._keep("")
        return True

    def plain(self) -> str:
        """The rows fetched so far, as a table of text."""
        columns = self.columns()
        cells = [[column.title for column in columns]]
        cells += [[column.cell(row).text for column in columns] for row in self.table.rows]
        widths = [max(len(line[at]) for line in cells) for at in range(len(columns))]
        return "\n".join(
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
            for line in cells
        )
