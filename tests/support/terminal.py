"""A program in a terminal of its own: what it writes, byte by byte, and what a person would see."""

import fcntl
import os
import pty
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


class Terminal:
    """A program running in a pseudo terminal, watched by a terminal emulator."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] | None = None,
        folder: str | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = bytearray()
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
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})},
            cwd=folder,
            start_new_session=True,
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
        os.close(self._master)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def read(self, seconds: float) -> bytes:
        """What it writes within some seconds, if anything; waits no longer than until something has come."""
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program has ended
            return b""
        self.arrived = time.perf_counter()
        self.bytes += data
        # The emulator takes the parameter of a keyboard protocol for a scroll; it shows nothing of it.
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return data

    def wait_for(self, text: str | Callable[[str], bool], seconds: float = 20) -> float:
        """Wait until something is on the screen; how many seconds after the start it was written."""
        shown = (lambda screen: text in screen) if isinstance(text, str) else text
        deadline = time.monotonic() + seconds
        while not shown(self.text):
            if time.monotonic() > deadline:
                raise AssertionError(f"{text!r} was not shown. The screen:\n{self.text}")
            self.read(0.1)
        return self.arrived - self.started

    def settle(self, quiet: float = 0.4, seconds: float = 20) -> int:
        """Read until nothing comes for a while; how many bytes came."""
        before = len(self.bytes)
        deadline = time.monotonic() + seconds
        while self.read(quiet):
            if time.monotonic() > deadline:
                raise AssertionError(f"It does not come to rest. The screen:\n{self.text}")
        return len(self.bytes) - before
