"""A line in which text is typed or pasted."""

from collections.abc import Callable

from textual import events
from textual.widgets import Input

LEAVING = ("enter", "tab", "shift+tab", "up", "down")


def one_line(text: str) -> str:
    """Pasted text as one line: without what can not be seen, lines joined by a space."""
    lines = ("".join(character for character in line if character.isprintable()) for line in text.split("\n"))
    return " ".join(line.strip() for line in lines if line.strip())


class TextInput(Input):
    """An input without a frame. Its cursor does not blink: nothing is sent to the terminal while nobody types."""

    DEFAULT_CSS = """
    TextInput {
        &.-textual-compact { background: $surface; }
        &.-textual-compact:focus { background-tint: $foreground 8%; }
        &:ansi { text-style: underline; }
        &:ansi > .input--placeholder { text-style: dim; }
        &:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    }
    """

    def __init__(
        self, value: str = "", *, placeholder: str = "", password: bool = False, id: str | None = None
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, password=password, id=id, compact=True, select_on_focus=False
        )
        self.cursor_blink = False
        self.reader: Callable[[str], bool] | None = None
        """Is given what is pasted, as it is; True: it has dealt with it."""
        self.mover: Callable[[str], bool] | None = None
        """Is given the keys that leave the input; True: it has moved the focus."""

    async def _on_key(self, event: events.Key) -> None:
        # Over a slow line keys come in bursts, and Textual hands all of them to whatever had the focus when
        # they came. So leaving is done at once, and what was typed after it is passed on to where it belongs.
        if self.screen.focused is not self:
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key in LEAVING and self.mover is not None and self.mover(event.key):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual would keep the first line only, with its control characters. It calls the handler of each
        # class in turn unless it is told not to.
        event.stop()
        event.prevent_default()
        if self.reader is not None and self.reader(event.text):
            return
        text = one_line(event.text)
        start, end = self.selection
        if text:
            self.replace(text, start, end)
