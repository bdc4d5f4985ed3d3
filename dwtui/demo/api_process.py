"""The API's process: `dwtui serve`, started, looked after and ended by the world."""

import json
import selectors
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from dwtui.demo.building.made import MadeOrganization
from dwtui.demo.lifeline import Lifeline

_START_SECONDS = 30.0
_END_SECONDS = 2.0
_STARTS_AGAIN = 3


class ApiError(Exception):
    """The API does not run; the message says why."""


@dataclass(frozen=True)
class Address:
    """Where the API is to listen: on a Unix socket, or on a TCP port of loopback (0: any free one)."""

    uds: Path | None = None
    port: int = 0

    @property
    def arguments(self) -> list[str]:
        """For `dwtui serve`."""
        return ["--uds", str(self.uds)] if self.uds else ["--host", "127.0.0.1", "--port", str(self.port)]


@dataclass
class ApiProcess:
    """One API, kept running until `end`."""

    address: Address
    environment: Mapping[str, str] = field(repr=False)
    folder: Path

    def __post_init__(self) -> None:
        self._lifeline = Lifeline()
        self._lock = threading.Lock()
        self._ended = False
        self._process: subprocess.Popen[bytes] | None = None

    def start_first(self) -> None:
        """Start it for the first time, with an installation to be made; it need not answer yet."""
        self._spawn("dwtui.demo.building.first_start")

    def wait_until_installed(self) -> list[MadeOrganization]:
        """Wait until its first start has made the installation; ApiError when it does not."""
        return [MadeOrganization(**made) for made in self._next_line()]

    def wait_until_ready(self) -> str:
        """Wait until it answers; its URL. ApiError when it ends instead, or takes too long."""
        url = str(self._next_line()["url"])
        if self.address.uds is None:
            # Should it have to be started again, its clients find it where it was.
            self.address = replace(self.address, port=urlsplit(url).port or 0)
        return url

    def keep_running(self, tell: Callable[[str], None]) -> None:
        """Stay until the end, and start it again when it dies; ApiError when that happens too often."""
        for _ in range(_STARTS_AGAIN):
            self._running.wait()
            if self._ended:
                return
            tell("The API's process has died and is started again. What was saved is still there.")
            self._spawn("dwtui", "serve")
            self.wait_until_ready()
            tell("The API answers again.")
        self._running.wait()
        if not self._ended:
            raise ApiError("The API's process has died too often. Start the demo again.")

    def end(self) -> None:
        """End it and wait for that."""
        with self._lock:
            self._ended = True
            process = self._process
        self._lifeline.cut()
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _spawn(self, *module: str) -> None:
        with self._lock:
            if self._ended:
                return
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603  # our own program
                    [
                        *(sys.executable, "-P", "-m", *module, *self.address.arguments),
                        *("--lifeline", str(self._lifeline.reading_end)),
                    ],
                    cwd=self.folder,
                    env=dict(self.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    bufsize=0,
                    pass_fds=(self._lifeline.reading_end,),
                )

    def _next_line(self) -> Any:
        """The next line of JSON that the process tells."""
        line = _line_in_time(cast(IO[bytes], self._running.stdout))
        if line is None:
            raise ApiError(f"The API did not get ready within {_START_SECONDS:.0f} seconds.")
        if not line:
            raise ApiError(f"The API ended while it started: {self._last_words()}")
        return json.loads(line)

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise ApiError("The API was not started.")
        return self._process

    @property
    def _log(self) -> Path:
        return self.folder / "api.log"

    def _last_words(self) -> str:
        lines = [
            line.strip() for line in self._log.read_text("utf-8", "replace").splitlines() if line.strip()
        ]
        return lines[-1] if lines else "it gave no reason"


def _line_in_time(stream: IO[bytes]) -> bytes | None:
    """A line of an unbuffered stream: empty when it has ended, None when nothing comes in time."""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        return stream.readline() if selector.select(_START_SECONDS) else None
