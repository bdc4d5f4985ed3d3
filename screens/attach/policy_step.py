"""The second step: the IAM user and its policy, in the forms people work with."""

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from screens.policy.forms import PolicyViews
from screens.shell.action import bindings
from screens.shell.actions import NEXT_VIEW, PREVIOUS_VIEW
from screens.widgets.dock import Line, Question
from screens.widgets.field import Field, Form
from screens.widgets.tones import Cell

INTRODUCTION = "In AWS, make an IAM user with this policy, and an access key for it."
BLANK_TOO = " Blank keys are allowed at this place: with those no user is needed."


class PolicyStep(Vertical):
    """What to do in AWS, with the forms of the policy; tab and shift+tab change the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        replace(binding, show=False) for binding in bindings([NEXT_VIEW, PREVIOUS_VIEW])
    ]

    def compose(self) -> ComposeResult:
        yield Line(Cell(INTRODUCTION, "muted"), id="introduction")
        yield Line(id="user")
        yield PolicyViews()

    @property
    def views(self) -> PolicyViews:
        """The forms."""
        return self.query_one(PolicyViews)

    def introduce(self, user_name: str, blank_keys_allowed: bool) -> None:
        """Say what is to be done here, for a user of that name."""
        more = BLANK_TOO if blank_keys_allowed else ""
        self.query_one("#introduction", Line).show(Cell(INTRODUCTION + more, "muted"))
        if user_name:
            self.query_one("#user", Line).show(
                Cell("IAM user ", "muted"),
                Cell(user_name, "strong"),
                Cell("   tab shows the next form", "muted"),
            )

    def action_next_view(self) -> None:
        """The next form."""
        self.views.step(1)

    def action_previous_view(self) -> None:
        """The form before."""
        self.views.step(-1)


class UserName(Question[str]):
    """The name of the IAM user that the forms make."""

    def __init__(self, present: str) -> None:
        super().__init__()
        self._present = present

    def compose(self) -> ComposeResult:
        with Form():
            explanation = "1 to 64 letters, digits and _+=,.@-   enter takes it, esc keeps the present one"
            yield Field("Name of the IAM user", self._present, id="userName", explanation=explanation)

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.query_one(Field).input.focus()

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Take the name."""
        event.stop()
        self.answer(self.query_one(Field).value.strip())

    def on_field_changed(self, event: Field.Changed) -> None:
        """Nobody else's business."""
        event.stop()
