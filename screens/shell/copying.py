"""Sending text to the clipboard of the terminal, which may be far away."""

import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

TMUX_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Copyable:
    """A text that somebody may want elsewhere, and what it is called."""

    name: str
    text: str
    """The text; or what is said of it in the list, where it is made once it was chosen."""
    make: Callable[[], Awaitable[str]] | None = None
    """Has it made by the API. What is made so may be a secret, and is not shown."""


def through_tmux(text: str) -> bool:
    """Inside tmux, whose defaults drop OSC 52, hand the text to tmux itself. Blocks; False: it was not possible."""
    program = shutil.which("tmux")
    if not os.environ.get("TMUX") or program is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603  # the program is tmux, the text goes to its standard input
            [program, "load-buffer", "-w", "-"],
            input=text.encode(),
            timeout=TMUX_SECONDS,
            check=False,
            capture_output=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
