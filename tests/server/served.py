"""`serve` in a process of its own, for tests: what it says, and how it ends."""

import json
import os
import subprocess
import sys
import threading
from typing import Any

from tests.support.waiting import until


class Process:
    """A running `serve`, its standard output and what it wrote to the log so far."""

    def __init__(
        self, options: dict[str, Any], environment: dict[str, str], pass_fds: tuple[int, ...]
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.server.serving", json.dumps(options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
            pass_fds=pass_fds,
        )
        self.errors: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors.append(line.rstrip("\n"))

    def ready(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.errors
        return json.loads(line)

    def says(self, text: str) -> None:
        until(lambda: any(text in line for line in self.errors))

    def ends(self, seconds: float = 15.0) -> int:
        code = self.process.wait(seconds)
        self._reader.join(5)
        return code

    def complaint(self) -> str:
        """The one line for people; all others are JSON."""
        (line,) = [it for it in self.errors if not it.startswith("{")]
        return line
