"""The one place where errors become words and exit codes. No traceback gets past it."""

import os
import sys
from collections.abc import Callable, Iterable


def explained(do: Callable[[], int | None], *, as_json: bool = False) -> int:
    """Do something and give its exit code. What goes wrong is told in a few lines; with `as_json` also as JSON."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no ✓ shows a question mark: the word beside it says the same.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = int(do() or 0)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _without_reader()
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001  # the boundary itself
        return _explained(error, as_json)


def _explained(error: BaseException, as_json: bool) -> int:
    """Tell what went wrong; the exit code. The terminal UI comes through here too: words are imported when needed."""
    from dwtui.cli.outcome import EXPECTED, Exit, document_of, exit_of, lines_of

    if isinstance(error, KeyboardInterrupt):
        _tell(["interrupted"])
        return Exit.INTERRUPTED
    if isinstance(error, EXPECTED):
        if as_json:
            from dwtui.cli.printing import print_json

            print_json(document_of(error))
        _tell(lines_of(error))
        return exit_of(error)
    if os.environ.get("DWTUI_TRACEBACK"):
        raise error
    _tell([f"This is a defect of dwtui ({type(error).__name__}). DWTUI_TRACEBACK=1 shows where it is."])
    return Exit.FAILURE


def _tell(lines: Iterable[str]) -> None:
    from dwtui.visible import visible_block

    for number, line in enumerate(lines):
        sys.stderr.write(("" if number else "dwtui: ") + visible_block(line) + "\n")


def _without_reader() -> int:
    """The reader of our output has gone, as `head` does: end quietly, without Python's complaint."""
    from dwtui.cli.outcome import Exit

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.FAILURE
