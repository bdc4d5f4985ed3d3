"""A field of a form: its name, an input or a choice, and what is to be said of it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from screens.widgets.choice import Choice
from screens.widgets.dock import Line
from screens.widgets.secret_input import SecretInput
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell


class Field(Vertical):
    """A control, and a second line below it while there is something to say. `Changed` tells what is typed."""

    DEFAULT_CSS = """
    Field {
        height: auto;
        & > Horizontal { height: 1; padding: 0 1; }
        & .field--name { width: 22; padding: 0; }
        & Input { width: 1fr; background: $surface; }
        & .field--note { padding: 0 1 0 23; }
    }
    """

    class Changed(Message):
        """Something else is in the field."""

        def __init__(self, field: "Field", value: str) -> None:
            super().__init__()
            self.field = field
            self.value = value

        @property
        def control(self) -> "Field":
            """The field."""
            return self.field

    def __init__(
        self,
        name: str,
        value: str = "",
        *,
        id: str,
        hint: str = "",
        secret: bool = False,
        choice: Choice | None = None,
        explanation: str = "",
        classes: str | None = None,
    ) -> None:
        """`hint` stands in the empty input, `explanation` below it. A secret can be neither read nor copied."""
        super().__init__(id=id, classes=classes)
        self._title = name
        self._explanation = explanation
        self._said = Cell("")
        self._note = Line()
        self._note.add_class("field--note")
        self.input: TextInput | Choice
        """What is typed into, or chosen with."""
        if choice is not None:
            self.input = choice
        else:
            self.input = SecretInput(placeholder=hint) if secret else TextInput(value, placeholder=hint)

    def compose(self) -> ComposeResult:
        with Horizontal():
            name = Line(Cell(self._title, "muted"))
            name.add_class("field--name")
            yield name
            yield self.input
        yield self._note

    def on_mount(self) -> None:
        """Nothing is wrong yet."""
        self.note(self._said)

    @property
    def value(self) -> str:
        """What is typed."""
        return self.input.value

    @value.setter
    def value(self, value: str) -> None:
        self.input.value = value

    @property
    def problem(self) -> str:
        """What is wrong with it, or doubtful, as it is shown."""
        return self._said.text

    @property
    def wrong(self) -> bool:
        """Whether it is wrong for sure."""
        return self._said.tone == "bad"

    def blame(self, problem: str) -> None:
        """Say what is wrong with it; nothing, when empty."""
        self.note(Cell(f"✗ {problem}", "bad") if problem else Cell(""))

    def note(self, note: Cell) -> None:
        """Say something about what is typed; nothing but the explanation, when empty."""
        self._said = note
        shown = note if note.text else Cell(self._explanation, "muted")
        self._note.show(shown)
        self._note.display = bool(shown.text)

    def explain(self, explanation: str) -> None:
        """Explain it in other words."""
        self._explanation = explanation
        self.note(self._said)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        self.post_message(self.Changed(self, event.value))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Pass on what is chosen."""
        event.stop()
        self.post_message(self.Changed(self, event.choice.value))


class Form(VerticalScroll, can_focus=False):
    """Fields below one another. Enter goes to the next one, and at the last one hands the form in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "next_field", show=False),
        Binding("up", "previous_field", show=False),
    ]

    DEFAULT_CSS = """
    Form { height: auto; max-height: 1fr; }
    """

    class Submitted(Message):
        """The form is handed in."""

    @property
    def fields(self) -> list[Field]:
        """The fields that are shown, in their order."""
        return [field for field in self.query(Field) if field.display]

    def field(self, id_: str) -> Field:
        """The field of that id."""
        return self.query_one(f"#{id_}", Field)

    def blame(self, id_: str, problem: str) -> bool:
        """Say what is wrong with a field, and go there; False: there is no such field in sight."""
        for field in self.fields:
            if field.id == id_:
                field.blame(problem)
                field.input.focus()
                return True
        return False

    def begin(self) -> None:
        """Go to the first field that is wrong, or empty, or the first."""
        fields = self.fields
        wrong = [field for field in fields if field.wrong] or [field for field in fields if not field.value]
        target = (wrong or fields)[:1]
        if target:
            target[0].input.focus()

    def on_mount(self) -> None:
        """Inputs hand over the keys that leave them, so that what is typed ahead comes to the next one."""
        for field in self.query(Field):
            if isinstance(field.input, TextInput):
                field.input.mover = self._leave

    @on(Input.Submitted)
    @on(Choice.Submitted)
    def _entered(self, event: Message) -> None:
        event.stop()
        self._leave("enter")

    def _leave(self, key: str) -> bool:
        """Do what a key does that leaves a field."""
        if key == "enter":
            fields = self.fields
            if fields and self.screen.focused is fields[-1].input:
                self.post_message(self.Submitted())
                return True
        if key in ("enter", "down"):
            self.action_next_field()
        elif key == "up":
            self.action_previous_field()
        elif key == "tab":
            self.screen.focus_next()
        else:
            self.screen.focus_previous()
        return True

    def action_next_field(self) -> None:
        """To the next field."""
        self._step(1)

    def action_previous_field(self) -> None:
        """To the field before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        inputs = [field.input for field in self.fields]
        at = next((at for at, one in enumerate(inputs) if one is self.screen.focused), None)
        if at is not None:
            self.screen.set_focus(inputs[max(0, min(at + by, len(inputs) - 1))])
