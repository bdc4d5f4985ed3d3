"""What the program really writes to a terminal: byte by byte, in a process of its own."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.screens.http_world import answers, served
from tests.support.terminal import Terminal

pytestmark = pytest.mark.slow

HOSTILE = [
    "\x1b]0;owned\x07",
    "\x1b[2Jgone",
    "data[/]",
    "[bold]x[/]",
    "a\u202egpj.exe",
    "\x9b31mred",
    "two\r\nlines",
]
RAW = [name.encode() for name in HOSTILE if name not in ("data[/]", "[bold]x[/]")]


@contextmanager
def program(tmp_path: Path, names: list[str], *options: str, **environment: str) -> Iterator[Terminal]:
    """The program in a terminal of 80x24, on a world with storages of these names."""
    home = {name: str(tmp_path / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    cleared = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "SSH_CONNECTION", "TMUX")
    }
    with served(answers(names, names[0])) as url:
        settings = {**cleared, **home, "DWTUI_URL": url, "DWTUI_TOKEN": "dwt_x", **environment}
        command = [sys.executable, "-m", "dwtui", *options]
        with Terminal(command, environment=settings, folder=str(tmp_path)) as terminal:
            terminal.wait_for(f"{len(names)} storage")
            terminal.settle()
            yield terminal


def test_no_name_steers_the_terminal(tmp_path: Path) -> None:
    with program(tmp_path, HOSTILE) as terminal:
        for keys, sign in (
            ("\r", "tab next view"),
            ("\t", "attached"),
            ("t", "native"),
            ("\x1b", "tab next view"),
        ):
            terminal.type(keys)
            terminal.wait_for(sign)
            terminal.settle()
        terminal.type("\x1b")
        terminal.wait_for(f"{len(HOSTILE)} storages")
        terminal.type("c")
        terminal.wait_for("aws s3 ls")
        terminal.settle()
        for raw in RAW:
            assert raw not in bytes(terminal.bytes)
        assert b"owned" in terminal.bytes
        assert terminal.screen.title != "owned"
        for shown in ("data[/]", "[bold]x[/]", "␛]0;owned␇", "a⟨U+202E⟩gpj.exe", "two␍␊lines"):
            assert shown in terminal.text


def test_over_ssh_few_bytes_are_sent_and_none_while_nothing_happens(tmp_path: Path) -> None:
    names = [f"Storage {number:03d}" for number in range(90)]
    with program(tmp_path, names, SSH_CONNECTION="1.2.3.4 5 6.7.8.9 22") as terminal:
        assert terminal.settle(1.5) == 0

        def sent(keys: str) -> int:
            terminal.type(keys)
            return terminal.settle()

        assert max(sent("j") for _ in range(4)) <= 350
        assert sum(sent("j") for _ in range(20)) / 20 <= 700
        assert sent("\x1b[6~") <= 4 * 1024
        assert sent("?") <= 14 * 1024
        assert sent("\x1b") <= 14 * 1024
        assert sent("\r") <= 14 * 1024
        assert terminal.settle(1.5) == 0
        assert b"\x1b[38;2;" not in terminal.bytes


def test_without_colours_none_are_sent(tmp_path: Path) -> None:
    with program(tmp_path, ["One", "Two"], NO_COLOR="1") as terminal:
        colours = re.findall(rb"\x1b\[[0-9;]*m", bytes(terminal.bytes))
        assert {b"\x1b[38", b"\x1b[48"} & {sequence[:4] for sequence in colours} == set()
        assert not any(re.search(rb"\b(3[0-7]|4[0-7]|9[0-7])\b", sequence) for sequence in colours)
        assert any(b"7" in sequence for sequence in colours), "the cursor is reversed"


def test_without_the_mouse_it_is_left_to_the_terminal(tmp_path: Path) -> None:
    with program(tmp_path, ["One"]) as terminal:
        assert b"\x1b[?1000h" in terminal.bytes
    with program(tmp_path, ["One"], "--no-mouse") as terminal:
        assert b"\x1b[?1000h" not in terminal.bytes


def test_inside_tmux_a_copy_goes_through_tmux(tmp_path: Path) -> None:
    tmux = tmp_path / "tmux"
    tmux.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {tmp_path}/buffer\n')
    tmux.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    with program(tmp_path, ["One"], TMUX="/tmp/tmux-0/default,1,0", PATH=path) as terminal:
        terminal.type("c")
        terminal.wait_for("S3 URI")
        terminal.type("1")
        terminal.wait_for("Sent to the terminal's clipboard: SB_00000000")
        terminal.settle()
        assert b"\x1b]52;c;" in terminal.bytes
        assert (tmp_path / "arguments").read_text().strip() == "load-buffer -w -"
        assert (tmp_path / "buffer").read_text() == "SB_00000000"
