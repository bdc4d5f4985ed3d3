"""What is asked for at a terminal: keys unseen, names typed, ctrl-c respected. Each in a terminal of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from tests.cli.api_process import ApiProcess
from tests.cli.conftest import S3, Run
from tests.cli.terminal import Terminal


@pytest.fixture
def environment(api: ApiProcess, people: dict[str, str], home: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "DWTUI_URL": api.url,
        "DWTUI_TOKEN": people["ada"],
        "LANG": "C.UTF-8",
    }


@contextmanager
def terminal(environment: dict[str, str], *arguments: str, columns: int = 80) -> Iterator[Terminal]:
    with Terminal(*arguments, environment=environment, columns=columns) as it:
        yield it


def test_a_storage_is_attached_by_answering(environment: dict[str, str], s3: S3, ada: Run) -> None:
    keys = s3.users["curator"]
    with terminal(environment, "storages", "add", "--use", "documents", "--wait", "0") as it:
        it.wait_for("Name: ")
        it.send("Asked\n")
        it.wait_for("Bucket: ")
        it.send("lab-rotation\n")
        it.wait_for("Access key id: ")
        it.send(f"{keys.access_key}\n")
        it.wait_for("not shown): ")
        it.send(f"{keys.secret_key}\n")
        assert it.end() == Exit.OK, it.shown
        assert keys.secret_key not in it.shown
        assert "✓ healthy" in it.shown
        assert "Asked is attached" in it.shown

    with terminal(environment, "storages", "delete", "Asked") as it:
        it.wait_for("Type the name to go on (Asked): ")
        it.send("asked\n")
        assert it.end() == Exit.USAGE
        assert "Nothing was changed." in it.shown

    with terminal(environment, "storages", "delete", "Asked") as it:
        it.wait_for("(Asked): ")
        it.send("Asked\n")
        assert it.end() == Exit.OK
    assert "Asked" not in ada("storages", "list").out


@pytest.mark.parametrize("how", ["\x03", "\x04"])
def test_a_prompt_can_be_left(environment: dict[str, str], ada: Run, how: str) -> None:
    with terminal(environment, "storages", "add", "--name", "Left", "--bucket", "lab-rotation") as it:
        it.wait_for("Access key id: ")
        it.send("AKIA\n")
        it.wait_for("not shown): ")
        it.send(how)
        assert it.end() == Exit.INTERRUPTED
        assert "interrupted" in it.shown
        assert "Traceback" not in it.shown
    assert "Left" not in ada("storages", "list").out


def test_waiting_for_keys_counts_down_and_can_be_interrupted(environment: dict[str, str]) -> None:
    arguments = ["--name", "Late", "--bucket", "lab-rotation", "--wait", "60"]
    with terminal(environment, "storages", "add", *arguments) as it:
        it.wait_for("Access key id: ")
        it.send("AKIAABCDEFGHIJKLMNOP\n")
        it.wait_for("not shown): ")
        it.send("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n")
        it.wait_for("Waiting up to 59 s more.")
        it.interrupt()
        assert it.end(10) == Exit.INTERRUPTED
        assert "Traceback" not in it.shown


def test_a_token_is_typed_unseen(
    environment: dict[str, str], api: ApiProcess, people: dict[str, str]
) -> None:
    for name in ("DWTUI_URL", "DWTUI_TOKEN"):
        del environment[name]
    with terminal(environment, "login") as it:
        it.wait_for("URL of the API: ")
        it.send(f"{api.url}\n")
        it.wait_for("Token (not shown): ")
        it.send(f"{people['eve']}\n")
        assert it.end() == Exit.OK, it.shown
        assert people["eve"] not in it.shown
        assert "as Eve" in it.shown


def test_a_narrow_terminal_keeps_what_matters(environment: dict[str, str]) -> None:
    with terminal(environment, "storages", "list", columns=60) as it:
        assert it.end() == Exit.OK
        lines = it.shown.splitlines()
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].split() == ["NAME", "HEALTH", "ID"]
    assert any("Default Storage" in line and "SB_" in line for line in lines)


def test_without_colours_no_escape_is_sent(environment: dict[str, str], ada: Run) -> None:
    environment["NO_COLOR"] = "1"
    with terminal(environment, "storages", "list", columns=120) as it:
        assert it.end() == Exit.OK
        assert "never verified" in it.shown
        assert b"\x1b[3" not in it.raw


def test_with_colours_words_stand_beside_them(environment: dict[str, str], ada: Run) -> None:
    with terminal(environment, "storages", "list", columns=120) as it:
        assert it.end() == Exit.OK
        assert b"\x1b[33m? never verified" in it.raw
