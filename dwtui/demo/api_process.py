"""The API's process: `dwtui serve`, started, looked after and ended by the world."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dwtui.demo.lifeline import Lifeline

_START_SECONDS = 30.0
_END_SECONDS = 2.0
_STARTS_AGAIN = 3


class ApiError(Exception):
    """The API does not run; the message says why."""


@dataclass(frozen=True)
class Address:
    """Where the API listens: on a Unix socket, or on a TCP port of loopback."""

    uds: Path | None = None
    port: int = 0

    @property
    def url(self) -> str:
        """For clients: `unix:///path` or `http://127.0.0.1:port`."""
        return f"unix://{self.uds}" if self.uds else f"http://127.0.0.1:{self.port}"

    @property
    def arguments(self) -> list[str]:
        """For `dwtui serve`."""
        return ["--uds", str(self.uds)] if self.uds else ["--host", "127.0.0.1", "--port", str(self.port)]

    def answers(self) -> bool:
        """Whether an API there says that it is well."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port or None, timeout=2)
        try:
            if self.uds:
                connection.sock = socket.socket(socket.AF_UNIX)
                connection.sock.settimeout(2)
                connection.sock.connect(str(self.uds))
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@dataclass
class ApiProcess:
    """One API, kept running until `end`."""

    address: Address
    environment: Mapping[str, str] = field(repr=False)
    folder: Path
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.folder / "api.log"
        self._lifeline = Lifeline()
        self._lock = threading.Lock()
        self._ended = False
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it need not answer yet."""
        with self._lock:
            if self._ended:
                return
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603  # our own program
                    [
                        *(sys.executable, "-P", "-m", "dwtui", "serve", *self.address.arguments),
                        *("--lifeline", str(self._lifeline.reading_end)),
                    ],
                    cwd=self.folder,
                    env=dict(self.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(self._lifeline.reading_end,),
                )

    def wait_until_it_answers(self) -> None:
        """Wait until it says that it is well; ApiError when it ends instead, or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while not self.address.answers():
            if self._process is None or self._process.poll() is not None:
                raise ApiError(f"The API ended while it started: {self._last_words()}")
            if time.monotonic() > deadline:
                raise ApiError(f"The API did not answer within {_START_SECONDS:.0f} seconds.")
            time.sleep(0.02)

    def keep_running(self, tell: Callable[[str], None]) -> None:
        """Stay until the end, and start it again when it dies; ApiError when that happens too often."""
        for _ in range(_STARTS_AGAIN):
            if self._process is not None:
                self._process.wait()
            if self._ended:
                return
            tell("The API's process has died. It is started again; nothing that was saved is lost.")
            self.start()
            self.wait_until_it_answers()
            tell("The API answers again.")
        if self._process is not None:
            self._process.wait()
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

    def _last_words(self) -> str:
        lines = [line.strip() for line in self.log.read_text("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1] if lines else "it gave no reason"
