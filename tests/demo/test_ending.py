"""However a world ends, and however early: no process and no file of it is left."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.worlds import PATIENCE, ServedWorld, served_world


@pytest.fixture
def beginning(tmp_path: Path) -> Iterator[ServedWorld]:
    """A world that has only just begun."""
    with served_world(tmp_path / "temporary") as world:
        assert "[0/" in world.next_progress()
        world.processes()
        yield world


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly_when_asked_to(beginning: ServedWorld, number: signal.Signals) -> None:
    beginning.starter.send_signal(number)
    assert beginning.starter.wait(PATIENCE) == 0
    beginning.assert_nothing_is_left()
    assert "Traceback" not in beginning.starter.stderr.read()


def test_it_ends_when_its_starter_is_killed(beginning: ServedWorld) -> None:
    beginning.starter.kill()
    beginning.starter.wait(PATIENCE)
    beginning.assert_nothing_is_left()


def test_its_starter_says_so_when_it_is_killed(beginning: ServedWorld) -> None:
    beginning.process("dwtui.demo.world").kill()
    assert beginning.starter.wait(PATIENCE) == 1
    beginning.assert_nothing_is_left()
    assert "ended unexpectedly" in beginning.starter.stderr.read()


def test_what_kills_all_its_processes_at_once_is_cleared_away_by_the_next(
    beginning: ServedWorld, tmp_path: Path
) -> None:
    for process in beginning.processes():
        process.kill()
    beginning.end()
    assert len(list(beginning.temporary.iterdir())) == 1
    with served_world(tmp_path / "temporary") as following:
        assert "[0/" in following.next_progress()
        following.processes()
        assert len(list(following.temporary.iterdir())) == 1
        following.starter.terminate()
        assert following.starter.wait(PATIENCE) == 0
        following.assert_nothing_is_left()
