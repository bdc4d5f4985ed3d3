"""The table itself: a cursor, keys, mouse, and one line drawn at a time."""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from dwtui.visible import visible
from screens.shell.action import bindings
from screens.shell.actions import MOVES, OPEN
from screens.widgets.table.columns import GAP, Column, fitted, share
from screens.widgets.table.rows import Chunk, Rows
from screens.widgets.tones import Cell, Tone, Toned, tones_of

Row = TypeVar("Row")

NOT_HERE_YET = Cell("…", "muted")


class Table(Toned, ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows in columns. It asks for rows that have not been fetched with `Wanted`, and is given them by `add`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings([OPEN, *MOVES])]
    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--header", "table--cursor", "table--cursor-blurred"}

    DEFAULT_CSS = """
    Table {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .table--header { text-style: bold; }
        & > .table--cursor { background: $block-cursor-background; }
        & > .table--cursor-blurred { background: $block-cursor-blurred-background; }
        &:ansi > .table--cursor { background: ansi_default; text-style: reverse; }
        &:ansi > .table--cursor-blurred { background: ansi_default; text-style: bold; }
        &:nocolor > .table--cursor { text-style: reverse; }
        &:nocolor > .table--cursor-blurred { text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor is on another row, or on what is now there."""

        def __init__(self, table: "Table[Any]") -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> "Table[Any]":
            """The table."""
            return self.table

    class Opened(Moved):
        """The row under the cursor was chosen."""

    class Wanted(Moved):
        """Rows are looked at that have not been fetched, up to and without `until`."""

        def __init__(self, table: "Table[Any]", until: int) -> None:
            super().__init__(table)
            self.until = until

    class HeaderClicked(Moved):
        """The heading of a column was clicked."""

        def __init__(self, table: "Table[Any]", column: str) -> None:
            super().__init__(table)
            self.column = column

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], str],
        *,
        id: str | None = None,
        header: bool = True,
        opens: bool = True,
        empty: Sequence[Cell] = (Cell("Nothing here."),),
    ) -> None:
        """`opens`: whether there is something behind the rows."""
        super().__init__(id=id)
        self._opens = opens
        self.columns = columns
        self.rows: Rows[Row] = Rows(key)
        self.empty = empty
        """Lines to show when there is no row: what to do next."""
        self.loading_text: str | None = None
        self.sorted_by: str | None = None
        """The id of the column whose heading is marked."""
        self._header = 1 if header else 0
        self._width = 0
        """Cells there are for a line, the scroll bar aside."""
        self._shared: list[tuple[Column[Row], int]] = []
        self._styles: dict[tuple[Tone, str], RichStyle] = {}

    # What it holds

    @property
    def row(self) -> Row | None:
        """The row under the cursor, if it has been fetched."""
        return self.rows.get(self.cursor)

    def say(self, loading: str) -> None:
        """Say in the place of the rows, while there are none, that they are coming."""
        self.loading_text = loading
        if not len(self.rows):
            self.refresh()

    def forget(self) -> None:
        """Hold nothing any more."""
        self.rows.replace(Chunk((), 0, None))
        self._resized()
        self.refresh()

    def show(self, chunk: Chunk[Row]) -> None:
        """Show a first page in the place of what is shown. The cursor stays on its row, or at its height."""
        key = self.rows.key(self.cursor)
        changed = self.rows.replace(chunk)
        first_time, self.loading_text = self.loading_text is not None, None
        self._resized()
        number = self.rows.number(key) if key is not None else None
        self._place(self.cursor if number is None else number)
        if changed is None or first_time:
            self.refresh()
        else:
            for row in changed:
                self.refresh_row(row)
        self.post_message(self.Moved(self))

    def add(self, chunk: Chunk[Row]) -> None:
        """Add a following page."""
        numbers = self.rows.append(chunk)
        self._resized()
        top = self.scroll_offset.y
        for number in range(max(numbers.start, top), min(numbers.stop, top + self.size.height)):
            self.refresh_row(number)
        self._place(self.cursor)
        if self.cursor in numbers:
            self.post_message(self.Moved(self))
        self._ask_for_more()

    def change(self, row: Row) -> None:
        """Put a row in the place of the one with the same key, and redraw that line only."""
        number = self.rows.update(row)
        if number is not None:
            self.refresh_row(number)
            if number == self.cursor:
                self.post_message(self.Moved(self))

    def refresh_row(self, number: int) -> None:
        """Redraw one row, if it is on the screen."""
        y = number - self.scroll_offset.y + self._header
        if self._header <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    # How it is drawn

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self.refresh()

    def _style(self, tone: Tone, over: str = "") -> RichStyle:
        """The style of a tone on a line of a kind: a heading, the cursor, or just a line."""
        key = tone, over
        if key not in self._styles:
            # A reversed line in several colours would be a patchwork.
            plain = over == "table--cursor" and self.app.native_ansi_color
            style = (self.visual_style + tones_of(self.app)["plain" if plain else tone]).rich_style
            if over:
                # As a visual style it would lose an opaque background, and reverse.
                style += self.get_component_rich_style(over, partial=True)
            self._styles[key] = style
        return self._styles[key]

    def on_resize(self) -> None:
        self._resized()
        self._place(self.cursor)
        self._ask_for_more()

    def _resized(self) -> None:
        self._width = self.scrollable_content_region.width
        self._shared = share(self.columns, max(1, self._width - 2))
        size = Size(self._width, len(self.rows) + self._header)
        if size != self.virtual_size:
            self.virtual_size = size

    def render_line(self, y: int) -> Strip:
        if not self._shared:
            self._resized()
        width = self._width
        if not len(self.rows):
            return self._instead(y, width)
        if y < self._header:
            return self._heading(width)
        number = y - self._header + self.scroll_offset.y
        if number >= len(self.rows):
            return Strip.blank(width, self._style("plain"))
        return self._line(number, width)

    def _instead(self, y: int, width: int) -> Strip:
        lines = (Cell(self.loading_text, "muted"),) if self.loading_text is not None else self.empty
        if not 1 <= y <= len(lines):
            return Strip.blank(width, self._style("plain"))
        text, tone = lines[y - 1]
        return self._strip([(fitted("  " + visible(text), width), self._style(tone))], width, width)

    def _heading(self, width: int) -> Strip:
        titles = [
            fitted(column.title + (" ↓" if column.id == self.sorted_by else ""), size, column.right)
            for column, size in self._shared
        ]
        text = " " + (" " * GAP).join(titles)
        return self._strip([(text, self._style("muted", "table--header"))], self._used, width)

    def _line(self, number: int, width: int) -> Strip:
        row = self.rows.get(number)
        over = ""
        if number == self.cursor:
            over = "table--cursor" if self.has_focus else "table--cursor-blurred"
        plain = self._style("plain", over)
        parts: list[tuple[str, RichStyle]] = [(" ", plain)]
        for at, (column, size) in enumerate(self._shared):
            cell = column.cell(row) if row is not None else (NOT_HERE_YET if at == 0 else Cell(""))
            gap = " " * GAP if at < len(self._shared) - 1 else ""
            text = fitted(visible(cell.text), size, column.right, column.middle)
            parts.append((text + gap, self._style(cell.tone, over)))
        return self._strip([*parts, (" " * (width - self._used), plain)], max(width, self._used), width)

    @property
    def _used(self) -> int:
        """How many cells the columns take, with the one before them."""
        return sum(size + GAP for _, size in self._shared) - GAP + 1

    def _strip(self, parts: Sequence[tuple[str, RichStyle]], length: int, width: int) -> Strip:
        """A line of parts of that length in cells, cut or filled up. Strips are costly to make: there is one."""
        segments = [
            Segment("".join(text for text, _ in same), style)
            for style, same in groupby(filter(itemgetter(0), parts), key=itemgetter(1))
        ]
        return Strip(segments, length).adjust_cell_length(width, self._style("plain"))

    # How it is moved

    def validate_cursor(self, number: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(number, len(self.rows) - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the two rows and scroll where needed."""
        self.refresh_row(before)
        self.refresh_row(after)
        self._keep_in_sight()
        self._ask_for_more()
        self.post_message(self.Moved(self))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask_for_more()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.refresh_row(self.cursor)

    def _place(self, number: int) -> None:
        self.cursor = number
        self._keep_in_sight()

    @property
    def _height(self) -> int:
        """How many rows fit."""
        return max(1, self.size.height - self._header)

    def _keep_in_sight(self) -> None:
        """Scroll by half a page when the cursor leaves: a terminal far away repaints the less often."""
        top, height = self.scroll_offset.y, self._height
        if self.cursor < top:
            top = max(0, self.cursor - height // 2)
        elif self.cursor >= top + height:
            top = self.cursor - height // 2
        else:
            return
        self.scroll_to(y=min(top, max(0, len(self.rows) - height)), animate=False)

    def _ask_for_more(self) -> None:
        until = max(self.scroll_offset.y + self._height, self.cursor + 1) + self._height
        if not self.rows.complete and self.rows.loaded < min(until, len(self.rows)):
            self.post_message(self.Wanted(self, until))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open only what can be opened."""
        return action != OPEN.id or (self._opens and self.row is not None)

    def action_cursor_up(self) -> None:
        """One row up."""
        self.cursor -= 1

    def action_cursor_down(self) -> None:
        """One row down."""
        self.cursor += 1

    def action_half_page_up(self) -> None:
        """Half a page up."""
        self.cursor -= max(1, self._height // 2)

    def action_half_page_down(self) -> None:
        """Half a page down."""
        self.cursor += max(1, self._height // 2)

    def action_page_up(self) -> None:
        """A page up."""
        self.cursor -= self._height

    def action_page_down(self) -> None:
        """A page down."""
        self.cursor += self._height

    def action_first_row(self) -> None:
        """To the first row."""
        self.cursor = 0

    def action_last_row(self) -> None:
        """To the last row, fetched or not."""
        self.cursor = len(self.rows) - 1

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self._opens and self.row is not None:
            self.post_message(self.Opened(self))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on the cursor opens."""
        number = event.y - self._header + self.scroll_offset.y
        if event.y < self._header:
            self._click_heading(event.x - 1)
        elif number < len(self.rows):
            event.stop()
            if number == self.cursor:
                self.action_open()
            else:
                self.cursor = number

    def _click_heading(self, x: int) -> None:
        for column, size in self._shared:
            if 0 <= x < size:
                self.post_message(self.HeaderClicked(self, column.id))
            x -= size + GAP
