"""The time to the first frame, against an empty Textual app in the same run."""

import os
import statistics
import sys
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("FIRST FRAME")
Empty().run()
"""
ROUNDS = 7


@pytest.mark.benchmark
def test_first_frame(tmp_path: object) -> None:
    home = {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": f"{tmp_path}/config",
        "DWTUI_URL": "unix:///nowhere/api.sock",
    }
    ours, empty = [], []
    for _ in range(ROUNDS):
        for times, command, text in (
            (empty, [sys.executable, "-c", EMPTY], "FIRST FRAME"),
            (ours, [sys.executable, "-m", "dwtui"], "Storages"),
        ):
            with Terminal(command, environment={**os.environ, **home}, folder=str(Path.cwd())) as terminal:
                times.append(terminal.wait_for(text))
    ratio = statistics.median(ours) / statistics.median(empty)
    print(f"\nfirst frame: {statistics.median(ours) * 1000:.0f} ms, {ratio:.2f} × an empty app (budget 1.3)")
