"""A question that is answered by typing a line."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Input

from screens.widgets.dock import Line, Question
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell


class TextQuestion(Question[str]):
    """A line to be typed; `check` says what is wrong with it, or None."""

    def __init__(self, question: str, value: str, hint: str, check: Callable[[str], str | None]) -> None:
        super().__init__()
        self._texts = question, value, hint
        self._check = check

    def compose(self) -> ComposeResult:
        question, value, hint = self._texts
        yield Line(Cell(question, "strong"))
        yield TextInput(value, id="answer")
        yield Line(Cell(hint, "muted"), id="answer-hint")

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.query_one(TextInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, if nothing is wrong with it."""
        event.stop()
        problem = self._check(event.value.strip())
        if problem is None:
            self.answer(event.value.strip())
        else:
            self.query_one("#answer-hint", Line).show(Cell(f"✗ {problem}", "bad"))
