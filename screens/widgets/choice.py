"""A choice among a few, all of them in sight."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style

from screens.widgets.tones import Cell, Toned


class Choice(Toned, can_focus=True):
    """One of some values, on one line. Left, right and space choose; enter is passed on."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,l", "choose(1)", "choose", key_display="← →"),
        Binding("left,h", "choose(-1)", show=False),
        Binding("enter", "submit", show=False),
    ]
    DEFAULT_CSS = """
    Choice {
        height: 1;
        width: 1fr;
    }
    """

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> "Choice":
            """The choice."""
            return self.choice

    class Submitted(Changed):
        """Enter was pressed on it."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str, *, id: str | None = None) -> None:
        """`options`: each value, and what it is called."""
        super().__init__(id=id)
        self._options = list(options)
        self.set_reactive(Choice.value, value)

    def show(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """Offer other options."""
        self._options = list(options)
        self.value = value
        self.refresh()

    def render(self) -> Content:
        parts = []
        for value, name in self._options:
            chosen = value == self.value
            text = self.toned(Cell(f"{'●' if chosen else '○'} {name}", "key" if chosen else "plain"))
            if chosen and self.has_focus:
                text = text.stylize(Style(reverse=True))
            parts.append(text.stylize(Style.from_meta({"value": value})))
        return Content("   ").join(parts)

    def watch_value(self, before: str, after: str) -> None:
        """Tell."""
        if self.is_attached:
            self.post_message(self.Changed(self))

    def watch_has_focus(self, has_focus: bool) -> None:
        """The focus is shown on what is chosen."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def action_choose(self, step: int) -> None:
        """The next option, or the one before."""
        values = [value for value, _ in self._options]
        self.value = values[(values.index(self.value) + step) % len(values)]

    def action_submit(self) -> None:
        """Go on."""
        self.post_message(self.Submitted(self))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        value = event.style.meta.get("value")
        if value is not None:
            event.stop()
            self.value = value
