"""What the pages of studies and documents look like, at two sizes. Look before accepting a change."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.fake_documents import STUDY, DocumentsApi
from tests.screens.program import Program, application

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
AT_HAND = "1.2 MB  ✓ at hand"
LISTED = ("2", ":3 studies")
EDITOR = (f":{AT_HAND}", "S", ":stay in “Default storage”")
MANY = (
    *LISTED,
    "A",
    ":3 marked",
    "S",
    ":The storages of 3 studies",
    ":d documents…",
    "d",
    ":Documents of all",
    "6",
)
STRANDING = (*MANY, ":3 studies will be changed.")

SCENES: dict[str, tuple[str | None, Sequence[str]]] = {
    "studies": (None, (*LISTED, "j")),
    "studies-marked": (None, (*LISTED, "space", "space", ":2 marked")),
    "study": (STUDY, (f":{AT_HAND}", "j")),
    "study-storages": (STUDY, (f":{AT_HAND}", "tab", ":IN STORAGE")),
    "document": ("SF_00000000", (":3 versions", "G", ":Switch the study back")),
    "edit": ("SF_00000000", (":3 versions", "e", ":release-1")),
    "assign": (STUDY, (*EDITOR, "space", "G", "d", ":come back.")),
    "assign-confirm": (STUDY, (*EDITOR, "G", "d", ":come back.", "enter", ":Type the study's code")),
    "many": (None, (*STRANDING, "j")),
    "many-done": (None, (*STRANDING, "enter", ":Type their number", "2", "enter", ":u undoes all.")),
    "upload-files": (STUDY, (f":{AT_HAND}", "a", ":new.csv", "down", "down", "space", ":1 file marked")),
    "upload-about": (STUDY, (f":{AT_HAND}", "a", ":new.csv", *"new.csv", "enter", ":new.csv, 1.2 kB")),
    "download": (STUDY, (f":{AT_HAND}", "j", "d", ":Download to")),
}
"""What is opened, then keys to press and, after a colon, what to wait for."""


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are the same each time."""
    from screens.transfers import paths

    here = Path.cwd()
    (here / "manifests").mkdir()
    for name, size in (("new.csv", 1200), ("more.csv", 90_000)):
        (here / name).write_bytes(b"x" * size)
    stat = paths._entry  # the moment a file was changed is the only thing that differs
    monkeypatch.setattr(paths, "_entry", lambda item: stat(item)._replace(changed=1_795_000_000.0))
    monkeypatch.setattr(Path, "cwd", lambda: Path("~"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_it_looks_as_it_did(scene: str, size: str, snap_compare: Callable[..., bool]) -> None:
    link, steps = SCENES[scene]
    app = application(DocumentsApi(), open=link)

    async def play(pilot: Pilot[object]) -> None:
        program = Program(app, pilot, DocumentsApi())
        if link is None:
            await program.until("Neuroblastoma")
        for step in steps:
            if step.startswith(":"):
                await program.until(step[1:])
            else:
                await program.press(step)
        await program.until(
            lambda: not program.app.page or not program.app.page._under_way or program.page.asking
        )
        await pilot.pause(0.2)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=play)
