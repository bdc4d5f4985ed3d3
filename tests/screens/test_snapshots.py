"""What the screens look like, in the smallest usual terminal and in a large one. Look before accepting a change."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from screens.shell.places import Place
from tests.screens.fake_api import FakeApi
from tests.screens.program import Program, application

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}

SCENES: dict[str, tuple[dict[str, object], list[str], str]] = {
    "storages": ({}, [], "Neuroblastoma"),
    "storages-day": ({"theme": "day"}, ["j"], "Neuroblastoma"),
    "storages-terminal": ({"theme": "terminal"}, ["j"], "Neuroblastoma"),
    "storages-read-only": ({"read_only": True}, [], "Neuroblastoma"),
    "storages-sort": ({}, ["s"], "What is wrong first"),
    "storage": ({"open": "SB_00000001"}, [], "✗ failed"),
    "storage-about": ({"open": "SB_00000005"}, ["tab"], "revision"),
    "help": ({}, ["question_mark"], "AS A COMMAND"),
    "palette": ({}, ["ctrl+p"], "Verify now"),
    "studies": ({}, ["2"], "3 studies"),
    "study": ({"open": "SD_00000001"}, [], "administrator"),
    "activity": ({}, ["3"], "40 lines"),
    "organization": ({}, ["4"], "3 members"),
    "policy": ({"open": "SB_00000001"}, ["p"], "1. Open IAM"),
    "welcome": ({"places": [Place("welcome")]}, [], "How do you want"),
    "sign-in": ({"places": [Place("welcome")]}, ["2"], "Connect to an API"),
}


LARGE = ("storages", "storage", "storage-about", "activity", "help")
"""The scenes that lie otherwise where there is room."""


@pytest.mark.parametrize(
    ("scene", "size"), [(scene, "80x24") for scene in SCENES] + [(scene, "120x40") for scene in LARGE]
)
def test_it_looks_as_it_did(scene: str, size: str, snap_compare: Callable[..., bool]) -> None:
    options, keys, ready = SCENES[scene]
    app = application(FakeApi(), **options)

    async def play(pilot: Pilot[object]) -> Awaitable[None] | None:
        program = Program(app, pilot, FakeApi())
        await program.until(lambda: not options.get("open") or "Asking" not in program.text)
        if options.get("places") is None and not options.get("open"):
            await program.until("Neuroblastoma")
        for key in keys:
            await program.press(key)
        await program.until(ready)
        await program.until(lambda: not program.app.page or not program.app.page._under_way)
        await pilot.pause(0.2)
        return None

    assert snap_compare(app, terminal_size=SIZES[size], run_before=play)
