"""Forms: fields with a label, and under each a word on what is wrong or what it is for."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from screens.widgets.choice import Choice
from screens.widgets.dock import Line
from screens.widgets.tones import Cell


class Field(Vertical):
    """A label, a control, and a note below it: a hint until something is to be said of the value."""

    DEFAULT_CSS = """
    Field {
        height: auto;
        Horizontal { height: 1; }
        .label { width: 14; color: $foreground-muted; }
        .label:ansi { color: ansi_default; text-style: dim; }
        Line { padding: 0 0 0 14; min-height: 1; }
        TextInput { width: 1fr; max-width: 72; }
    }
    """

    def __init__(
        self, name: str, label: str, control: Input | Choice, hint: str = "", *, classes: str | None = None
    ) -> None:
        """`name`: the input's field as the contract calls it."""
        super().__init__(name=name, id=f"field-{name}", classes=classes)
        self._label = label
        self.control = control
        self._hint = hint
        self._said: Cell | None = None

    @property
    def value(self) -> str:
        """What was typed or chosen."""
        return self.control.value

    @property
    def wrong(self) -> bool:
        """Whether something is known to be wrong with the value."""
        return self._said is not None and self._said.tone == "bad"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(self._label, classes="label", markup=False)
            yield self.control
        yield Line(Cell(self._hint, "muted"))

    def say(self, note: Cell | None) -> None:
        """Say something of the value; None: show the hint again."""
        self._said = note
        self.query_one(Line).show(note or Cell(self._hint, "muted"))

    def hint(self, hint: str) -> None:
        """Show another hint."""
        self._hint = hint
        if self._said is None:
            self.query_one(Line).show(Cell(hint, "muted"))

    @property
    def note(self) -> str:
        """What stands below the control."""
        return self.query_one(Line).plain


class Form(VerticalScroll, can_focus=False):
    """Fields below one another. Up and down move between them; enter moves on, and after the last one goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    DEFAULT_CSS = """
    Form { height: auto; max-height: 100%; scrollbar-size-vertical: 1; padding: 0 1; }
    """

    class Edited(Message):
        """A value changed by typing or choosing."""

        def __init__(self, form: "Form", field: Field) -> None:
            super().__init__()
            self.form = form
            self.field = field

        @property
        def control(self) -> "Form":
            """The form."""
            return self.form

    class Completed(Message):
        """Enter was pressed in the last field."""

        def __init__(self, form: "Form") -> None:
            super().__init__()
            self.form = form

        @property
        def control(self) -> "Form":
            """The form."""
            return self.form

    @property
    def fields(self) -> list[Field]:
        """The fields that are shown."""
        return [field for field in self.query(Field) if field.display]

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.query(Field) if field.name == name), None)

    def refuse(self, name: str, message: str) -> bool:
        """Say what is wrong with a field, and go there; False: there is no such field here."""
        field = self.field(name)
        if field is None:
            return False
        field.say(Cell(f"✗ {message}", "bad"))
        field.control.focus()
        return True

    def focus_first(self) -> None:
        """To the first field with something wrong, or else the first that is empty, or else the first."""
        fields = self.fields
        chosen = next((it for it in fields if it.wrong), None) or next((it for it in fields if not it.value), fields[0])
        chosen.control.focus()

    def action_move(self, step: int) -> None:
        """To the next field, or the one before."""
        controls: list[Widget] = [field.control for field in self.fields]
        focused = self.screen.focused
        at = controls.index(focused) if focused in controls else 0
        controls[max(0, min(at + step, len(controls) - 1))].focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell that it was edited."""
        self._edited(event, event.input)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Tell that it was edited."""
        self._edited(event, event.choice)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next field."""
        self._submitted(event, event.input)

    def on_choice_submitted(self, event: Choice.Submitted) -> None:
        """On to the next field."""
        self._submitted(event, event.choice)

    def _edited(self, event: Message, control: Widget) -> None:
        event.stop()
        for field in self.query(Field):
            if field.control is control:
                self.post_message(self.Edited(self, field))

    def _submitted(self, event: Message, control: Widget) -> None:
        event.stop()
        fields = self.fields
        if fields and control is fields[-1].control:
            self.post_message(self.Completed(self))
        else:
            self.action_move(1)
