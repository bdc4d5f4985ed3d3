"""A program in a terminal of its own: what it writes, what a person would see, and that person's keys."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A program running in a pseudo terminal, watched by a terminal emulator. `environment` is all that it is given."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        columns: int = 80,
        lines: int = 24,
        folder: str | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = bytearray()
        """Every byte that came."""
        self._typed_at = 0
        self.started = time.perf_counter()
        self.arrived = self.started
        """When something was last written; the emulator, which is slow, has drawn it later."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", "COLORTERM": "truecolor", **environment},
            cwd=folder,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def shown(self) -> str:
        """What came since something was typed, without escapes."""
        return _ESCAPES.sub("", self.bytes[self._typed_at :].decode("utf-8", "replace"))

    def type(self, keys: str) -> None:
        """Press keys; what was `shown` before is forgotten."""
        self._typed_at = len(self.bytes)
        os.write(self._master, keys.encode())

    def interrupt(self) -> None:
        """Press ctrl-c."""
        self.type("\x03")

    def hang_up(self) -> None:
        """Close the terminal under it."""
        os.close(self._master)
        self._master = -1

    def read(self, seconds: float) -> bytes | None:
        """What it writes within some seconds, if anything; None when nothing will come any more."""
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program has ended
            return None
        self.arrived = time.perf_counter()
        self.bytes += data
        # The emulator takes the parameter of a keyboard protocol for a scroll; it shows nothing of it.
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return data or None

    def wait_for(self, text: str | Callable[[str], bool], seconds: float = 30) -> float:
        """Wait until something is on the screen; how many seconds after the start it was written."""
        holds = (lambda screen: text in screen) if isinstance(text, str) else text
        self._wait(lambda: holds(self.text), f"{text!r} was not shown", seconds)
        return self.arrived - self.started

    def wait_until_shown(self, text: str, seconds: float = 30) -> None:
        """Wait until a text has come since something was typed."""
        self._wait(lambda: text in self.shown, f"{text!r} was not shown", seconds)

    def end(self, seconds: float = 30) -> int:
        """Read until it ends; its exit code."""
        deadline = time.monotonic() + seconds
        while self.read(0.2) is not None:
            assert time.monotonic() < deadline, f"it did not end in time:\n{self.shown}"
        return self.process.wait(seconds)

    def settle(self, quiet: float = 0.4, seconds: float = 20) -> int:
        """Read until nothing comes for a while; how many bytes came."""
        before = len(self.bytes)
        deadline = time.monotonic() + seconds
        while self.read(quiet):
            assert time.monotonic() < deadline, f"It does not come to rest. The screen:\n{self.text}"
        return len(self.bytes) - before

    def _wait(self, holds: Callable[[], bool], complaint: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            came = self.read(0.1)
            assert came is not None or holds(), f"it ended: {complaint}. It wrote:\n{self.shown}"
            assert time.monotonic() < deadline, f"{complaint} in time. It wrote:\n{self.shown}\n{self.text}"


def _take_terminal() -> None:
    """Make it the program's own terminal, and heed ctrl-c, whatever the test run was told to ignore."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
