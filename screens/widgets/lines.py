"""The lines at the edges of the screen: where one is, and which keys do what."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from screens.widgets.table.columns import fitted
from screens.widgets.tones import Cell, Toned


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


class SectionLine(Toned):
    """The sections at the root, with their keys, and a word on what is shown."""

    DEFAULT_CSS = """
    SectionLine { height: 1; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._sections: list[tuple[str, str, str]] = []
        self._current = ""
        self._status = Cell("")

    def show(self, sections: Sequence[tuple[str, str, str]], current: str, status: Cell) -> None:
        """Show sections as (key, name, action); the current one by name."""
        if (list(sections), current, status) != (self._sections, self._current, self._status):
            self._sections, self._current, self._status = list(sections), current, status
            self.refresh()

    def render(self) -> Content:
        parts: list[Content] = []
        for key, name, action in self._sections:
            current = name == self._current
            text = self.toned(Cell(f"{key} ", "key"), Cell(name, "strong" if current else "muted"))
            if current:
                text = text.stylize(Style(underline=True), 2)
            parts += [text.stylize(Style.from_meta({"@click": f"app.{action}"})), Content("   ")]
        line = Content("").join(parts)
        room = self.size.width - line.cell_length
        if room < 8:
            return line
        return line + self.toned(Cell(fitted(self._status.text, room, right=True), self._status.tone))


class KeyLine(Toned):
    """The keys that do something here, in the order of their importance; as many as fit."""

    DEFAULT_CSS = """
    KeyLine { height: 1; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str, str]] = []
        self._always: list[tuple[str, str, str]] = []

    def show(self, keys: Sequence[tuple[str, str, str]], always: Sequence[tuple[str, str, str]] = ()) -> None:
        """Show (key, word, action); `always` stands at the right end."""
        if (list(keys), list(always)) != (self._keys, self._always):
            self._keys, self._always = list(keys), list(always)
            self.refresh()

    def render(self) -> Content:
        right = Content("  ").join([self._key(*key) for key in self._always])
        left = Content("")
        for key in self._keys:
            longer = (left + "  " if left else left) + self._key(*key)
            if longer.cell_length + right.cell_length + 2 > self.size.width:
                break
            left = longer
        return left + " " * max(1, self.size.width - left.cell_length - right.cell_length) + right

    def _key(self, key: str, word: str, action: str) -> Content:
        text = self.toned(Cell(f"{key} ", "key"), Cell(word, "muted"))
        return text.stylize(Style.from_meta({"@click": action})) if action else text
