"""The bar docked at the bottom: notices and questions, in the place of pop-ups that would repaint the whole screen."""

from asyncio import Future, get_running_loop
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from screens.shell.action import bindings
from screens.shell.actions import MOVES, OPEN
from screens.shell.transition import TRANSITION_SECONDS
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell, Tone, Toned

Answer = TypeVar("Answer")

NOTICE_SECONDS = 8.0


class Line(Toned):
    """Lines of toned text."""

    DEFAULT_CSS = """
    Line { height: auto; padding: 0 1; }
    """

    def __init__(self, *cells: Cell | str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cells: tuple[Cell | str, ...] = cells

    def show(self, *cells: Cell | str) -> None:
        """Show another text."""
        if cells != self._cells:
            self._cells = cells
            self.refresh(layout=True)

    @property
    def plain(self) -> str:
        """The text without its tones."""
        return "".join(cell.text if isinstance(cell, Cell) else cell for cell in self._cells)

    def render(self) -> Content:
        return self.toned(*self._cells)


class Question(Vertical, Generic[Answer]):
    """Something that is asked in the dock. It is answered once; None means that nothing was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "cancel")]

    def __init__(self) -> None:
        super().__init__()
        self.answered: Future[Answer | None] = get_running_loop().create_future()

    def answer(self, answer: Answer | None) -> None:
        """Give the answer."""
        if not self.answered.done():
            self.answered.set_result(answer)

    def action_give_up(self) -> None:
        """Choose nothing."""
        self.answer(None)


class YesNo(Question[bool], can_focus=True):
    """A question answered with `y` or `n`; never with the key that opened it, and never with enter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "yes", "yes"), Binding("n", "no", "no")]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._texts = question, yes, no

    def compose(self) -> ComposeResult:
        question, yes, no = self._texts
        yield Line(Cell(question, "strong"))
        yield Line(Cell("y ", "key"), yes, "    ", Cell("n ", "key"), no)

    def action_yes(self) -> None:
        """Agree."""
        self.answer(True)

    def action_no(self) -> None:
        """Decline."""
        self.answer(False)


class TypedName(Question[bool]):
    """A confirmation for which the name of the thing is to be typed."""

    def __init__(
        self, question: str, name: str, verb: str, what: str = "its name", otherwise: str = "keeps it"
    ) -> None:
        """`verb`: what enter does; `otherwise`: what escape does; `what` is to be typed."""
        super().__init__()
        self._texts = question, name, verb
        self._what = what
        self._otherwise = otherwise

    def compose(self) -> ComposeResult:
        question, name, verb = self._texts
        yield Line(Cell(question, "strong"))
        yield Line(
            f"Type {self._what}, ",
            Cell(name, "strong"),
            f", and press enter to {verb}. ",
            Cell("esc ", "key"),
            f"{self._otherwise}.",
        )
        yield TextInput(id="typed-name")
        yield Line(id="typed-wrong")

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Compare, letter by letter."""
        event.stop()
        if event.value == self._texts[1]:
            self.answer(True)
        else:
            said = f"That is not {self._what}; nothing was done."
            self.query_one("#typed-wrong", Line).show(Cell(said, "warn"))


Option = tuple[str, str, Answer]
"""What a choice is called, what it means or holds, and what it stands for."""


class Options(Table[tuple[int, Option[Any]]], inherit_bindings=False):
    """The options of a choice. Enter opens nothing here: it chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([OPEN._replace(short="choose"), *MOVES]),
    ]


class Chooser(Question[Answer]):
    """A choice among some things: by a digit, or with the cursor and enter."""

    def __init__(self, title: str, options: Sequence[Option[Answer]], current: int = 0) -> None:
        super().__init__()
        self._title = title
        self._options = list(options)
        self._current = current

    def compose(self) -> ComposeResult:
        yield Line(Cell(self._title, "strong"))
        columns: list[Column[tuple[int, Option[Answer]]]] = [
            Column("digit", "", lambda row: Cell(str(row[0] + 1) if row[0] < 9 else "", "key"), 1, 1),
            Column("name", "", lambda row: Cell(row[1][0]), max(len(name) for name, _, _ in self._options)),
            Column("text", "", lambda row: Cell(row[1][1], "muted"), 20, grow=1, rank=1),
        ]
        table = Options(columns, key=lambda row: str(row[0]), header=False)
        table.styles.height = min(9, len(self._options))
        yield table

    def on_mount(self) -> None:
        """Put the cursor on what is chosen now."""
        table = self.query_one(Table)
        table.show(Chunk(list(enumerate(self._options)), len(self._options), None))
        table.cursor = self._current
        table.focus()

    def on_table_opened(self, event: Table.Opened) -> None:
        """Take the row under the cursor."""
        event.stop()
        self.answer(self._options[event.table.cursor][2])

    def on_table_moved(self, event: Table.Moved) -> None:
        """Nobody else's business."""
        event.stop()

    def on_key(self, event: Key) -> None:
        """Take the row of a digit."""
        if event.character and event.character in "123456789":
            event.stop()
            if int(event.character) <= len(self._options):
                self.answer(self._options[int(event.character) - 1][2])


class Dock(Vertical):
    """The bar itself. It has no height while there is nothing to say."""

    DEFAULT_CSS = """
    Dock {
        height: auto;
        max-height: 60vh;
        background: $surface;
        display: none;
        &.-shown { display: block; }
        Question { height: auto; }
        Table { height: auto; max-height: 9; }
        Input { margin: 0 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._question: Question[object] | None = None
        self._notice = Line(id="notice")
        self._timer: Timer | None = None
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        yield self._notice

    @property
    def asking(self) -> bool:
        """Whether a question is open; other actions wait until it is answered."""
        return self._question is not None

    @property
    def notice(self) -> str:
        """What is being said, as text."""
        return self._notice.plain if self._notice.display and self.has_class("-shown") else ""

    def tell(self, text: str, tone: Tone = "plain", stays: bool = False) -> None:
        """Say something. Unless it stays it goes away by itself."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._notice.show(Cell(text, tone))
        self._notice.display = True
        self.add_class("-shown")
        if not stays:
            self._timer = self.set_timer(NOTICE_SECONDS, self.hush)

    def hush(self) -> None:
        """Say nothing more."""
        self._notice.display = False
        if not self.asking:
            self.remove_class("-shown")

    async def ask(self, question: Question[Answer]) -> Answer | None:
        """Ask, and wait for the answer; None: nothing was chosen. For workers."""
        if self._question is not None:
            return None
        self.hush()
        self._before = self.screen.focused
        self._question = question  # type: ignore[assignment]
        self.app.delay_update(TRANSITION_SECONDS)
        self.add_class("-shown")
        try:
            await self.mount(question)
            if question.focusable:
                question.focus()
            self.screen.refresh_bindings()
            return await question.answered
        finally:
            self._question = None
            if self.is_attached:
                await self._put_away(question)

    async def _put_away(self, question: Question[Answer]) -> None:
        """Give the place and the focus back."""
        self.app.delay_update(TRANSITION_SECONDS)
        if question.is_attached:
            await question.remove()
        self.remove_class("-shown")
        if self._before is not None and self._before.is_attached:
            self._before.focus()
        self.screen.refresh_bindings()
