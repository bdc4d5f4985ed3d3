"""A program in a terminal of its own, with somebody who reads and types."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from types import TracebackType

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """`dwtui` with its arguments in a pseudo-terminal."""

    def __init__(
        self, *arguments: str, environment: Mapping[str, str], columns: int = 80, lines: int = 24
    ) -> None:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._master = master
        self.shown = ""
        """What came to the screen since something was typed, without escapes."""
        self.raw = b""
        """Every byte that came."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dwtui", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", **environment},
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)

    def wait_for(self, text: str, seconds: float = 30.0) -> None:
        """Read until a text has been shown since the last time something was typed."""
        deadline = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < deadline, f"{text!r} was not shown in time:\n{self.shown}"
            assert self._read(), f"it ended without showing {text!r}:\n{self.shown}"

    def send(self, text: str) -> None:
        """Type something, and forget what was shown before."""
        self.shown = ""
        os.write(self._master, text.encode())

    def interrupt(self) -> None:
        """Press ctrl-c."""
        self.send("\x03")

    def hang_up(self) -> None:
        """Close the terminal under it."""
        os.close(self._master)
        self._master = -1

    def end(self, seconds: float = 30.0) -> int:
        """Read until it ends; its exit code."""
        deadline = time.monotonic() + seconds
        while self._read():
            assert time.monotonic() < deadline, f"it did not end in time:\n{self.shown}"
        return self._process.wait(seconds)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._master >= 0:
            os.close(self._master)

    def _read(self) -> bool:
        """Read what has come, waiting a little; False when nothing will come any more."""
        ready, _, _ = select.select([self._master], [], [], 0.2)
        if not ready:
            return True
        try:
            chunk = os.read(self._master, 65536)
        except OSError:
            return False
        self.raw += chunk
        self.shown += _ESCAPES.sub("", chunk.decode("utf-8", "replace"))
        return bool(chunk)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
