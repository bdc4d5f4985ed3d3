"""A pane of text: nothing but the text from its first column on, so that it can be selected line by line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from dwtui.visible import visible_block


class TextPane(ScrollableContainer, can_focus=True):
    """Text that scrolls both ways: a line shown is a line copied. With the class `-wrapped` prose wraps."""

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
        &.-wrapped Static { width: 100%; text-wrap: wrap; }
    }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text

    @property
    def text(self) -> str:
        """The text, as it was given."""
        return self._text

    def compose(self) -> ComposeResult:
        yield Static(Content(visible_block(self._text)))

    def show(self, text: str) -> None:
        """Show another text, from its beginning."""
        if text != self._text:
            self._text = text
            self.query_one(Static).update(Content(visible_block(text)))
            self.scroll_home(animate=False)
