"""The lines at the edges of the screen: where one is, and which keys do what."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.style import Style

from screens.widgets.table.columns import fitted
from screens.widgets.tones import Cell, Toned

Key = tuple[str, str, str]
"""A key as it is shown, the word for what it does, and the action to run when it is clicked."""


class Clickable(Toned):
    """A line with places to click, remembered while it is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: list[tuple[int, int, str]] = []

    def clickable(self, start: int, part: Content, action: str) -> Content:
        """Remember that a part drawn at `start` runs an action."""
        self._targets.append((start, start + part.cell_length, action))
        return part

    async def on_click(self, event: Click) -> None:
        """Run the action of what was clicked."""
        x = event.x - self.styles.padding.left
        for start, end, action in self._targets:
            if action and start <= x < end:
                event.stop()
                await self.run_action(action)
                return


class TopLine(Toned):
    """The way to the screen as breadcrumbs on the left; who one is, and for whom, on the right."""

    DEFAULT_CSS = """
    TopLine { height: 1; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._crumbs: list[str] = []
        self._right = Cell("")

    def show(self, crumbs: Sequence[str], right: Cell) -> None:
        """Show another way."""
        if (list(crumbs), right) != (self._crumbs, self._right):
            self._crumbs, self._right = list(crumbs), right
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        right = self._right.text
        crumbs = [crumb for crumb in self._crumbs if crumb]
        left = " › ".join(crumbs)
        room = width - len("dwtui  ")
        if cell_len(left) + cell_len(right) + 2 > room:
            right = ""
        if cell_len(left) > room and len(crumbs) > 1:
            left = "… › " + crumbs[-1]
        left = fitted(left, max(1, room - cell_len(right)))
        head, _, last = left.rpartition("› ") if "› " in left else ("", "", left)
        parts: list[Cell | str] = [Cell("dwtui  ", "key")]
        if head:
            parts.append(Cell(f"{head}› ", "muted"))
        return self.toned(*parts, Cell(last, "strong"), Cell(right, self._right.tone))


class SectionLine(Clickable):
    """The sections at the root, with their keys, and a word on what is shown."""

    DEFAULT_CSS = """
    SectionLine { height: 1; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._sections: list[Key] = []
        self._current = ""
        self._status = Cell("")

    def show(self, sections: Sequence[Key], current: str, status: Cell) -> None:
        """Show sections as (key, name, action); the current one by name."""
        if (list(sections), current, status) != (self._sections, self._current, self._status):
            self._sections, self._current, self._status = list(sections), current, status
            self.refresh()

    def render(self) -> Content:
        self._targets.clear()
        line = Content("")
        for key, name, action in self._sections:
            current = name == self._current
            text = self.toned(
                Cell(f"{key} " if key else "", "key"), Cell(name, "strong" if current else "muted")
            )
            if current:
                text = text.stylize(Style(underline=True), len(text) - len(name))
            line += self.clickable(line.cell_length, text, action) + "   "
        room = self.size.width - line.cell_length
        if room < 8:
            return line
        return line + self.toned(Cell(fitted(self._status.text, room, right=True), self._status.tone))


class Foot(Vertical):
    """What stands at the bottom of the page, however little there is above."""

    DEFAULT_CSS = """
    Foot { dock: bottom; height: auto; }
    """


class KeyLine(Clickable):
    """The keys that do something here, in the order of their importance; as many as fit."""

    DEFAULT_CSS = """
    KeyLine { height: 1; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[Key] = []
        self._always: list[Key] = []

    def show(self, keys: Sequence[Key], always: Sequence[Key] = ()) -> None:
        """Show keys; `always` stands at the right end."""
        if (list(keys), list(always)) != (self._keys, self._always):
            self._keys, self._always = list(keys), list(always)
            self.refresh()

    def render(self) -> Content:
        self._targets.clear()
        width = self.size.width
        reserved = sum(self._text(key).cell_length + 2 for key in self._always)
        left = Content("")
        for key in self._keys:
            text = self._text(key)
            if left.cell_length + text.cell_length + reserved + 2 > width:
                break
            left += self.clickable(left.cell_length, text, key[2]) + "  "
        left += " " * max(0, width - left.cell_length - reserved + 2)
        for key in self._always:
            left += self.clickable(left.cell_length, self._text(key), key[2]) + "  "
        return left[: len(left) - 2] if self._always else left

    def _text(self, key: Key) -> Content:
        return self.toned(Cell(f"{key[0]} ", "key"), Cell(key[1], "muted"))
