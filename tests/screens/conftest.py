"""What all tests of screens share: a frozen clock, and settings of their own."""

import pytest

from screens.widgets import times
from tests.screens.sample import NOW


@pytest.fixture(autouse=True)
def frozen_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The present is always the same."""
    monkeypatch.setattr(times, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, tokens and saved files go where nobody minds."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    for name in ("DWTUI_URL", "DWTUI_TOKEN", "TMUX", "NO_COLOR", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    return
