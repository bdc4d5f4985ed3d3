"""Names that would steer the terminal arrive there shown, not obeyed."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.terminal import Terminal

EVIL = "a\x1b]0;owned\x07b\x9b31mc\u202ed\r\ne[/]"
VIEWER = {
    "user": {"id": "US_00000001", "name": EVIL, "email": EVIL},
    "operator": False,
    "token": {
        "id": "TK_00000001", "name": EVIL, "ending": "abcd", "createdAt": "2026-11-23T10:00:00Z", "expiresAt": None,
        "lastUsedAt": None,
    },
    "organizations": [{"id": "OR_00000001", "name": EVIL, "role": "MEMBER", "viewerMay": []}],
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "Viewer": {"viewer": VIEWER},
    "Session": {"viewer": VIEWER, "application": {"version": EVIL, "privateEndpointsAllowed": False}},
}


class Api(BaseHTTPRequestHandler):
    """An API of somebody who means harm."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name = asked["operationName"]
        failure = {"data": None, "errors": [{"message": EVIL, "extensions": {"code": "FORBIDDEN"}}]}
        body = json.dumps({"data": ANSWERS[name]} if name in ANSWERS else failure).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def evil() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "command",
    [
        ["whoami"],
        ["organizations", "list"],
        ["organizations", "list", "--json"],
        ["storages", "list"],
        ["whoami", "--json"],
    ],
    ids=" ".join,
)
def test_on_a_terminal_it_is_shown(evil: str, home: Path, command: list[str]) -> None:
    environment = {
        "HOME": str(home),
        "DWTUI_URL": evil,
        "DWTUI_TOKEN": "dwt_x",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
    }
    with Terminal(*command, environment=environment, columns=200) as it:
        it.end()
        assert "owned" in it.shown
        for steering in (b"\x1b]", b"\x07", b"\xc2\x9b", b"\xe2\x80\xae"):
            assert steering not in it.raw
        if "--json" not in command:
            assert "␛]0;owned␇" in it.shown
            assert "[/]" in it.shown


def test_scripts_get_it_as_it_is(evil: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWTUI_URL", evil)
    monkeypatch.setenv("DWTUI_TOKEN", "dwt_x")
    assert run("organizations", "list", "--json").json[0]["name"] == EVIL
    refused = run("storages", "list")
    assert refused.code == 4
    assert "\x1b" not in refused.err
