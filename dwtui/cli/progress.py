"""Progress at a terminal, on the error stream: a line that is gone when the work is done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dwtui.cli.printing import console_for
from dwtui.visible import visible

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import ProgressColumn, TaskID

_LONGEST = 28


class BytesMoved:
    """Files on their way, several at once: how many bytes of them are through, and at what rate."""

    def __init__(self, verb: str, files: int, size: int, shown: "RichProgress | None") -> None:
        self._verb = verb
        self._files = files
        self._ended = 0
        self._moved: dict[str, int] = {}
        self._shown = shown
        self._task: TaskID | None = shown.add_task(self._text(""), total=size) if shown else None

    def of(self, name: str) -> Callable[[int, int | None], None]:
        """What a transfer of that file is to call with the bytes moved."""

        def moved(done: int, _size: int | None) -> None:
            self._moved[name] = done
            self._show(name)

        return moved

    def ended(self, name: str, size: int) -> None:
        """That file needs no more, whatever became of it."""
        self._moved[name] = size
        self._ended += 1
        self._show(name)

    def _show(self, name: str) -> None:
        if self._shown is not None and self._task is not None:
            self._shown.update(self._task, completed=sum(self._moved.values()), description=self._text(name))

    def _text(self, name: str) -> str:
        of = f" {min(self._ended + 1, self._files)} of {self._files}:" if self._files > 1 else ""
        shown = visible(name)
        return f"{self._verb}{of} {shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + '…'}"


@contextmanager
def moving_bytes(verb: str, files: int, size: int) -> Iterator[BytesMoved]:
    """Show so many files of so many bytes in all on their way."""
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(None), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(compact=True))
    with _line(*columns) as shown:
        yield BytesMoved(verb, files, size, shown)


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show how many of `total` are done; call what is given after each."""
    from rich.progress import BarColumn, MofNCompleteColumn

    with _line(BarColumn(None), MofNCompleteColumn()) as shown:
        task = shown.add_task(what, total=total) if shown is not None else None

        def tick() -> None:
            if shown is not None and task is not None:
                shown.advance(task)

        yield tick


@contextmanager
def _line(*columns: "ProgressColumn") -> "Iterator[RichProgress | None]":
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress, TextColumn

    text = TextColumn("{task.description}", markup=False)
    console = console_for(sys.stderr)
    with Progress(text, *columns, console=console, transient=True, expand=True) as shown:
        yield shown
