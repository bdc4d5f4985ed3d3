"""The program's own log: what went wrong, for oneself alone, and never on the terminal."""

import logging
import stat
from pathlib import Path

import pytest

from screens.shell.log import keep_log, log_path


@pytest.fixture(autouse=True)
def own_handlers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(logging.getLogger(), "handlers", [])


def test_nothing_is_made_before_there_is_something_to_write() -> None:
    keep_log()
    assert not log_path().exists()


def test_a_mistake_is_written_to_a_file_for_oneself_alone(capfd: pytest.CaptureFixture[str]) -> None:
    keep_log()
    try:
        raise KeyError("oops")
    except KeyError:
        logging.getLogger("dwtui").exception("A request broke")
    assert "KeyError: 'oops'" in log_path().read_text()
    assert stat.S_IMODE(log_path().stat().st_mode) == 0o600
    assert capfd.readouterr() == ("", "")


def test_a_large_log_begins_anew() -> None:
    log_path().parent.mkdir(parents=True)
    log_path().write_text("x" * (1024 * 1024 + 1))
    keep_log()
    logging.getLogger("dwtui").warning("fresh")
    assert log_path().stat().st_size < 200
