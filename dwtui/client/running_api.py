"""The API process behind a Unix socket: whether it is well, of which version it is, and how it is asked to end."""

import http.client
import json
import os
import re
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from dwtui import __version__

FAREWELL_SECONDS = 20.0
_ANSWER_SECONDS = 2.0
_LOCAL_PEERPID = 2
"""macOS's name for what Linux calls SO_PEERCRED; Python has no constant for it."""


@dataclass(frozen=True, slots=True)
class RunningApi:
    """An API that says it is well."""

    version: str
    process: int | None
    """Its process id, where the system tells."""

    @property
    def outdated(self) -> bool:
        """Whether it is older than this program, as after an upgrade."""
        return _numbers(self.version) < _numbers(__version__)


def running_api(path: Path) -> RunningApi | None:
    """The API that listens on that socket; None: none does, or it is not well."""
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    try:
        connection.sock.settimeout(_ANSWER_SECONDS)
        connection.sock.connect(str(path))
        process = _peer(connection.sock)
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        told = json.loads(response.read())
        well = response.status == 200 and isinstance(told, dict)
        return RunningApi(str(told.get("version", "")), process) if well else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def end_outdated(path: Path, seconds: float = FAREWELL_SECONDS) -> None:
    """Have an API that is older than this program finish what it does and end. It blocks until it has."""
    found = running_api(path)
    if found is None or not found.outdated or found.process is None:
        return
    try:
        os.kill(found.process, signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return
    deadline = time.monotonic() + seconds
    while running_api(path) == found and time.monotonic() < deadline:
        time.sleep(0.05)


def _peer(connected: socket.socket) -> int | None:
    """The process that listens at the other end: no file with its id can be out of date."""
    if sys.platform == "linux":
        credentials = connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        process: int = struct.unpack("3i", credentials)[0]
        return process
    if sys.platform == "darwin":
        return connected.getsockopt(0, _LOCAL_PEERPID)
    return None


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
