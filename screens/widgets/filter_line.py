"""The line in which a filter is typed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from screens.widgets.text_input import TextInput


class FilterLine(Horizontal):
    """Shown while there is a filter. Enter keeps it, escape takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "clear", key_display="esc"),
        Binding("down", "keep", "to the rows", show=False),
    ]

    DEFAULT_CSS = """
    FilterLine {
        display: none;
        height: 1;
        padding: 0 1;
        background: $surface;
        &.-shown { display: block; }
        Static { width: 2; color: $accent; }
        Input { width: 1fr; }
    }
    """

    class Typed(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Done(Typed):
        """Typing has ended, with this text."""

    def compose(self) -> ComposeResult:
        yield Static("/")
        yield TextInput()

    def begin(self, text: str) -> None:
        """Show it and let a text be typed."""
        self.add_class("-shown")
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = text
        field.focus()

    def end(self) -> None:
        """Hide it."""
        for field in self.query(Input):
            with field.prevent(Input.Changed):
                field.value = ""
        self.remove_class("-shown")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the filter and go to the rows."""
        text = self.query_one(Input).value
        if not text.strip():
            self.remove_class("-shown")
        self.post_message(self.Done(text))

    def action_give_up(self) -> None:
        """Take the filter away."""
        self.end()
        self.post_message(self.Done(""))
