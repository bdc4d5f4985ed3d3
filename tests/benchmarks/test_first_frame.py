"""The time to the first frame against a running API, and an empty Textual app's in the same run."""

import os
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.screens.http_world import answers, served
from tests.support.terminal import Terminal

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("FIRST FRAME")
Empty().run()
"""
COMMANDS = {
    "empty": ([sys.executable, "-c", EMPTY], "FIRST FRAME"),
    # What is there before the API is asked anything: where one is, and the keys.
    "first frame": ([str(Path(sys.executable).with_name("dwtui"))], "filter"),
    "first rows": ([str(Path(sys.executable).with_name("dwtui"))], "a-storage"),
}
ROUNDS = 15


@pytest.mark.benchmark
def test_first_frame(tmp_path: Path) -> None:
    with served(answers(["a-storage"], "Rare Kids")) as url:
        environment = {
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": f"{tmp_path}/config",
            "DWTUI_URL": url,
            "DWTUI_TOKEN": "dwt_x",
        }
        # An installed program is compiled. Sources in a folder are compiled anew at each start where Python may not
        # keep what it has compiled: here it may, and the first round, in which that is made, does not count.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{tmp_path}/compiled"}
        _report("as installed", environment | compiled)
        _report(
            "from sources that are compiled at each start", environment | {"PYTHONDONTWRITEBYTECODE": "1"}
        )


def _report(how: str, environment: Mapping[str, str]) -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS + 1):
        for name, (command, text) in COMMANDS.items():
            with Terminal(
                command, environment={**os.environ, **environment}, folder=str(Path.cwd())
            ) as terminal:
                times[name].append(terminal.wait_for(text))
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    print(f"\n{how}: an empty app {medians['empty'] * 1000:.0f} ms")
    for name, budget in (("first frame", " (budget 1.3)"), ("first rows", "")):
        ratio = medians[name] / medians["empty"]
        print(f"{name}: {medians[name] * 1000:.0f} ms, {ratio:.2f} × the empty app{budget}")
