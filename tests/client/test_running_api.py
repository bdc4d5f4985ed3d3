"""After an upgrade: the API that the version before has left running makes way, and no other does."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dwtui import __version__
from dwtui.client.running_api import end_outdated, running_api

# What matters here of an API of another version: it listens, tells its version, and ends at SIGTERM.
ANOTHER = """
import signal, socket, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
print("ready", flush=True)
body = '{"status": "ok", "version": "' + sys.argv[2] + '"}'
while True:
    connection, _ = listener.accept()
    connection.recv(65536)
    connection.sendall(f"HTTP/1.1 200 OK\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n{body}".encode())
    connection.close()
"""


@contextmanager
def another(path: Path, version: str) -> Iterator[subprocess.Popen[bytes]]:
    """An API process of another version."""
    command = [sys.executable, "-c", ANOTHER, str(path), version]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield process
        finally:
            process.kill()


def test_an_older_one_is_asked_to_end(tmp_path: Path) -> None:
    path = tmp_path / "api.sock"
    with another(path, "0.0.9") as process:
        found = running_api(path)
        assert found is not None
        assert (found.version, found.process, found.outdated) == ("0.0.9", process.pid, True)
        end_outdated(path)
        assert process.wait(10) == 7
    assert running_api(path) is None


@pytest.mark.parametrize("version", [__version__, "99.0"])
def test_one_that_is_as_new_or_newer_stays(version: str, tmp_path: Path) -> None:
    path = tmp_path / "api.sock"
    with another(path, version) as process:
        end_outdated(path)
        assert process.poll() is None
        assert running_api(path) is not None


def test_where_there_is_none_nothing_happens(tmp_path: Path) -> None:
    end_outdated(tmp_path / "api.sock")
