"""The question where a download is to be written."""

from __future__ import annotations

from asyncio import to_thread
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input

from screens.shell.page import Page
from screens.text.saving import elsewhere
from screens.transfers.paths import completed, entries, split, typed_path
from screens.widgets.dock import Line, Question, YesNo
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell

LONGEST_NAME = 255
"""Bytes a file's name has at most."""


class WhereTo(Question[str]):
    """A path to be typed. Tab completes it."""

    def __init__(self, path: str, name: str) -> None:
        super().__init__()
        self._path = path
        self._file_name = name

    def compose(self) -> ComposeResult:
        yield Line(Cell(f"Download to{elsewhere()}", "strong"))
        yield TextInput(self._path, id="destination")
        yield Line(id="completions")

    def on_mount(self) -> None:
        """Begin to type at once, behind what is proposed."""
        field = self.query_one(TextInput)
        field.mover = self._leave
        field.focus()
        self._say(Cell("enter downloads, tab completes, esc cancels", "muted"))

    def _say(self, *cells: Cell | str) -> None:
        self.query_one("#completions", Line).show(*cells)

    def _leave(self, key: str) -> bool:
        if key == "tab":
            self._complete()
        return key != "enter"

    def _complete(self) -> None:
        field = self.query_one(TextInput)
        folder, beginning = split(field.value)
        try:
            found = entries(typed_path(folder or "."), beginning)
        except OSError as error:
            self._say(Cell(f"✗ {error.strerror}: {folder}", "bad"))
            return
        field.value = completed(field.value, found)
        field.cursor_position = len(field.value)
        names = [f"{entry.name}{'/' if entry.is_folder else ''}" for entry in found]
        if len(names) > 1:
            self._say(Cell("   ".join(names[:12]) + ("   …" if len(names) > 12 else ""), "muted"))
        elif not names:
            self._say(Cell("Nothing there begins so.", "muted"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, if a file can be there."""
        event.stop()
        if not event.value.strip():
            self._say(Cell("Type where to, or esc.", "warn"))
            return
        path = typed_path(event.value)
        if path.is_dir() or event.value.endswith("/"):
            path = path / self._file_name
        if path.is_dir():
            self._say(Cell(f"✗ {path} is a folder.", "bad"))
        elif not path.parent.is_dir():
            self._say(Cell(f"✗ There is no folder {path.parent}", "bad"))
        else:
            self.answer(str(path))


async def ask_for_destination(page: Page, name: str) -> tuple[Path, bool] | None:
    """The path to write to, and whether what is there is to be replaced; None: nothing was chosen."""
    name = file_name(name)
    proposed = str(Path.cwd() / name)
    while (chosen := await page.ask(WhereTo(proposed, name))) is not None:
        path = Path(chosen)
        if not await to_thread(path.exists):
            return path, False
        replace = await page.ask(YesNo(f"{path} exists already.", "replace it", "write to another file"))
        if replace:
            return path, True
        if replace is None:
            return None
        proposed = str(path)
    return None


def file_name(name: str) -> str:
    """A document's name as a file's: nothing in it leads elsewhere or is invisible."""
    shown = "".join("_" if letter == "/" or not letter.isprintable() else letter for letter in name)
    shown = shown.strip().lstrip("~") or "document"
    if shown in (".", ".."):
        return "document"
    while len(shown.encode()) > LONGEST_NAME - len(".part"):
        shown = shown[:-1]
    return shown
