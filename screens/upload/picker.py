"""A picker of files: a path that is typed and completed, and below it what lies there."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from dwtui.amounts import counted, size_in_words
from screens.shell.action import bindings
from screens.shell.study_actions import FOLDER_UP, MARK_FILE
from screens.text.saving import elsewhere
from screens.transfers.paths import Entry, completed, entries, split, typed_path, why_unreadable
from screens.widgets import times
from screens.widgets.dock import Line
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell


class Files(Table[Entry]):
    """What lies in a folder. Space marks, enter opens or takes."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings([MARK_FILE, FOLDER_UP])]

    def action_cursor_up(self) -> None:
        """One row up; from the first one to the path."""
        if self.cursor == 0:
            self.screen.query_one(Picker).query_one(TextInput).focus()
        else:
            super().action_cursor_up()

    async def action_mark_file(self) -> None:
        """The picker keeps the marks."""
        self.screen.query_one(Picker).mark()

    async def action_folder_up(self) -> None:
        """The picker goes there."""
        self.screen.query_one(Picker).go_up()


class Picker(Vertical):
    """Files of the machine the program runs on."""

    DEFAULT_CSS = """
    Picker {
        height: 1fr;
        #path { margin: 0 1; }
        #hint { min-height: 1; }
        Files { height: 1fr; }
    }
    """

    class Taken(Message):
        """These files are to be uploaded."""

        def __init__(self, paths: Sequence[Path]) -> None:
            super().__init__()
            self.paths = list(paths)

    def __init__(self, several: bool) -> None:
        """`several`: whether more than one may be taken."""
        super().__init__()
        self._several = several
        self.largest: int | None = None
        """Bytes a document may have; None: that is not known."""
        self.marked: dict[Path, int] = {}
        """The marked files with their sizes."""
        self._said = Cell("")

    def compose(self) -> ComposeResult:
        yield Line(Cell(f"Files of this machine{elsewhere()}", "strong"))
        yield TextInput(f"{Path.cwd()}/", id="path")
        yield Line(id="hint")
        columns: Sequence[Column[Entry]] = (
            Column("mark", "", lambda row: Cell("●" if row.path in self.marked else "", "key"), 1, 1),
            Column("name", "NAME", _name, 24, 90, grow=1, middle=True),
            Column(
                "size",
                "SIZE",
                lambda row: Cell("" if row.is_folder else size_in_words(row.size)),
                8,
                8,
                right=True,
            ),
            Column("changed", "CHANGED (UTC)", lambda row: Cell(_changed(row), "muted"), 13, 13, rank=1),
        )
        yield Files(
            columns, key=lambda row: row.name, id="files", empty=(Cell("Nothing here that begins so."),)
        )

    def on_mount(self) -> None:
        """Begin to type behind the folder we were started in."""
        field = self._field
        field.mover = self._leave
        field.focus()
        self._hint()
        self._list()

    @property
    def _field(self) -> TextInput:
        return self.query_one("#path", TextInput)

    @property
    def _files(self) -> Table[Entry]:
        return self.query_one("#files", Files)

    # What is typed

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what begins so."""
        event.stop()
        self._said = Cell("")
        self._list()

    @work(group="folder", exclusive=True)
    async def _list(self) -> None:
        folder, beginning = split(self._field.value)
        try:
            found = await to_thread(entries, typed_path(folder or "."), beginning)
        except OSError as error:
            found = []
            self._said = Cell(f"✗ {error.strerror}: {folder}", "bad")
        self._files.cursor = 0
        self._files.show(Chunk(found, len(found), None))
        self._files.refresh()
        self._hint()

    def _hint(self) -> None:
        if self._said.text:
            self.query_one("#hint", Line).show(self._said)
        elif self.marked:
            marked = f"{counted(len(self.marked), 'file')} marked, {size_in_words(sum(self.marked.values()))}"
            self.query_one("#hint", Line).show(Cell(marked, "key"), Cell("   ^n goes on with them", "muted"))
        else:
            more = ", ↓ to the list, where space marks several" if self._several else ", ↓ to the list"
            self.query_one("#hint", Line).show(Cell(f"tab completes, enter takes{more}", "muted"))

    def _leave(self, key: str) -> bool:
        if key == "tab":
            self._put(completed(self._field.value, self._found()))
        elif key == "down":
            self._files.focus()
        elif key == "enter":
            self._enter()
        return True

    def _put(self, text: str) -> None:
        self._field.value = text
        self._field.cursor_position = len(text)

    def _found(self) -> list[Entry]:
        """What begins as it is typed at this moment: the list below may still be that of a moment ago."""
        folder, beginning = split(self._field.value)
        try:
            return entries(typed_path(folder or "."), beginning)
        except OSError:
            return []

    def _enter(self) -> None:
        text = self._field.value
        path = typed_path(text)
        alone = self._found()
        if path.is_dir():
            self._put(text if text.endswith("/") else f"{text}/")
            if text.endswith("/") and self.marked:
                self.take()
        elif path.exists() or len(alone) != 1:
            self._take_one(path)
        else:
            self._open(alone[0])

    # The list

    def on_table_opened(self, event: Table.Opened) -> None:
        """Into a folder, or take a file."""
        event.stop()
        if self._files.row is not None:
            self._open(self._files.row)

    def _open(self, entry: Entry) -> None:
        folder, _ = split(self._field.value)
        if entry.is_folder:
            self._put(f"{folder}{entry.name}/")
        elif self.marked:
            self._files.focus()
            self.take()
        else:
            self._take_one(entry.path)

    def go_up(self) -> None:
        """To the folder above."""
        folder, _ = split(self._field.value)
        self._put(f"{typed_path(folder or '.').parent}".rstrip("/") + "/")

    def mark(self) -> None:
        """Mark the file under the cursor, or take its mark away."""
        entry = self._files.row
        if entry is None or not self._several:
            return
        problem = self.problem_with(entry.path)
        if self.marked.pop(entry.path, None) is None:
            if problem is not None:
                self._say(f"✗ {entry.name}: {problem}")
                return
            self.marked[entry.path] = entry.size
        self._said = Cell("")
        self._files.refresh_row(self._files.cursor)
        self._files.action_cursor_down()
        self._hint()

    # Taking

    def problem_with(self, path: Path) -> str | None:
        """Why a file can not be uploaded; None: it can."""
        problem = why_unreadable(path)
        if problem is None and self.largest is not None and path.stat().st_size > self.largest:
            size = size_in_words(path.stat().st_size)
            return f"It is {size}; a document has at most {size_in_words(self.largest)}."
        return problem

    def take(self) -> None:
        """Take what is marked, or the file whose path is typed or under the cursor."""
        if self.marked:
            self.post_message(self.Taken(list(self.marked)))
        elif self._files.has_focus and self._files.row is not None:
            self._open(self._files.row)
        else:
            self._enter()

    def _take_one(self, path: Path) -> None:
        problem = self.problem_with(path)
        if problem is None:
            self.post_message(self.Taken([path]))
        else:
            self._say(f"✗ {path.name}: {problem}")

    def _say(self, problem: str) -> None:
        self._said = Cell(problem, "bad")
        self._hint()


def _name(entry: Entry) -> Cell:
    return Cell(f"{entry.name}/", "key") if entry.is_folder else Cell(entry.name)


def _changed(entry: Entry) -> str:
    return times.short(datetime.fromtimestamp(entry.changed, UTC))
