"""`dwtui demo` in a terminal: it opens on the sample world, and leaves nothing behind however the terminal ends."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.terminal import Terminal

PATIENCE = 60.0


@pytest.fixture
def temporary() -> Iterator[Path]:
    # Short: the path of a Unix socket may not be long.
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def terminal(temporary: Path) -> Iterator[Terminal]:
    home = temporary / "home"
    home.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    with Terminal("demo", environment=environment) as opened:
        yield opened


def processes_of(temporary: Path) -> list[psutil.Process]:
    """All processes of the world in that folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd().startswith(str(temporary)):
                found.append(process)
        except psutil.Error:
            continue
    return found


def assert_nothing_is_left(temporary: Path, processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    assert alive == []
    assert [path.name for path in temporary.iterdir()] == ["home"]


def test_ctrl_c_while_it_starts_ends_everything(terminal: Terminal, temporary: Path) -> None:
    terminal.wait_for("[1/")
    processes = processes_of(temporary)
    assert processes
    terminal.interrupt()
    terminal.end(PATIENCE)
    assert "Traceback" not in terminal.shown
    assert_nothing_is_left(temporary, processes)


def test_it_opens_on_the_storages_and_a_closed_terminal_ends_everything(
    terminal: Terminal, temporary: Path
) -> None:
    terminal.wait_for("Default Storage", PATIENCE)
    processes = processes_of(temporary)
    assert len(processes) == 2
    terminal.hang_up()
    assert_nothing_is_left(temporary, processes)


@pytest.mark.slow
def test_leaving_the_program_ends_everything(terminal: Terminal, temporary: Path) -> None:
    terminal.wait_for("Default Storage", PATIENCE)
    processes = processes_of(temporary)
    terminal.send("q")
    assert terminal.end(PATIENCE) == 0
    assert_nothing_is_left(temporary, processes)
