"""A pane of text: nothing but the text from its first column on, so that it can be selected line by line."""

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from dwtui.visible import visible_block


class Prose(Widget):
    """Text that wraps; the further lines of a numbered step hang below its first word."""

    ALLOW_SELECT = True

    DEFAULT_CSS = """
    Prose { width: 100%; height: auto; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def update(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        return [shown for line in visible_block(self._text).split("\n") for shown in _hanging(line, width)]


def _hanging(line: str, width: int) -> list[Content]:
    """A line in lines of that width, those after the first indented to where its words begin."""
    begin = re.match(r"\d+\. +|\s*", line)
    assert begin is not None
    indent = begin.end()
    words = Content(line[indent:]).wrap(max(8, width - indent)) or [Content("")]
    return [Content(begin[0] if at == 0 else " " * indent) + part for at, part in enumerate(words)]


class TextPane(ScrollableContainer, can_focus=True):
    """Text that scrolls both ways: a line shown is a line copied. `wraps`: for prose, which scrolls down only."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "scroll_up", show=False),
        Binding("j", "scroll_down", show=False),
        Binding("h", "scroll_left", show=False),
        Binding("l", "scroll_right", show=False),
        Binding("ctrl+u", "page_up", show=False),
        Binding("ctrl+d", "page_down", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
    ]

    DEFAULT_CSS = """
    TextPane {
        height: 1fr;
        scrollbar-size: 1 1;
        Static { width: auto; height: auto; text-wrap: nowrap; }
    }
    """

    def __init__(self, text: str = "", *, wraps: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text
        self._prose = Prose(text) if wraps else None
        self._static = Static(Content(visible_block(text)))

    @property
    def text(self) -> str:
        """The text, as it was given."""
        return self._text

    def compose(self) -> ComposeResult:
        yield self._prose or self._static

    def show(self, text: str) -> None:
        """Show another text, from its beginning."""
        if text != self._text:
            self._text = text
            if self._prose is not None:
                self._prose.update(text)
            else:
                self._static.update(Content(visible_block(text)))
            self.scroll_home(animate=False)
