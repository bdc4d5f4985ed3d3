"""From a key press to the paint, in lists of any length (budget 16 ms). Prints; never asserts a time."""

import os
import statistics
import sys
import time
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

PROGRAM = """
import sys
from textual.app import App
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell
class Lists(App):
    def compose(self):
        columns = [Column(str(at), f"COLUMN {at}", lambda row: Cell(f"row {row} of many"), 16) for at in range(4)]
        yield Table(columns, key=str)
    def on_mount(self):
        table = self.query_one(Table)
        table.show(Chunk(range(int(sys.argv[1])), int(sys.argv[1]), None))
        table.focus()
Lists().run()
"""
PRESSES = 40


@pytest.mark.benchmark
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("rows", [100, 100_000])
def test_keys(rows: int, size: tuple[int, int]) -> None:
    folder = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", PROGRAM, str(rows)]
    with Terminal(command, environment=os.environ, columns=size[0], lines=size[1], folder=folder) as terminal:
        terminal.wait_for("row 1 of many")
        terminal.settle()
        for name, keys in (("cursor", "jk"), ("page", ("\x1b[6~", "\x1b[5~"))):
            times = []
            for press in range(PRESSES):
                pressed = time.perf_counter()
                terminal.type(keys[press % 2])
                terminal.read(2)
                times.append(terminal.arrived - pressed)
                terminal.settle(0.03)
            print(f"\n{rows} rows at {size[0]}x{size[1]}, {name}: {statistics.median(times) * 1000:.1f} ms")
