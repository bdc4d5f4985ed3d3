"""What each step of the flows looks like, at two sizes."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.shell.places import Place
from tests.screens.flows.flow_api import FlowApi
from tests.screens.program import Program, application

PAIR = "AKIAEXAMPLEEXAMPQ7RS\nwJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00\n"
Walk = Callable[[Program], Awaitable[None]]


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def looks_alike(request: pytest.FixtureRequest, snap_compare: Any) -> Callable[..., None]:
    """Compares the page that a walk leads to with its picture."""

    def compare(place: Place, *walk: Walk, state: str = "healthy") -> None:
        api = FlowApi(state)

        async def run(pilot: Pilot[Any]) -> None:
            program = Program(pilot.app, pilot, api)  # type: ignore[arg-type]
            for step in walk:
                await step(program)
            await pilot.pause()

        app = application(api, places=[Place("storages"), place])
        assert snap_compare(app, terminal_size=request.param, run_before=run)

    return compare


ADD = Place("add-storage")
STORAGE = "SB_00000001"


async def basics(program: Program) -> None:
    """The basics, filled in."""
    await program.until("What your colleagues will know it by")
    for id_, text in (("name", "Tumors"), ("bucket", "tumor-data"), ("prefix", "team-a")):
        program.page.query_one(f"#{id_}").value = text  # type: ignore[attr-defined]
    await program.until("holds this place")


async def policy(program: Program) -> None:
    """The policy's second form."""
    await program.press("ctrl+n")
    await program.until("Attach the policy below.")


async def keys(program: Program) -> None:
    """The keys, pasted."""
    await program.press("enter")
    await program.until("Secret access key")
    from textual.events import Paste

    program.page.query_one("#accessKey").input.focus()  # type: ignore[attr-defined]
    await program.pilot.pause()
    program.app.post_message(Paste(PAIR))
    await program.until("••••••")


async def verify(program: Program) -> None:
    """The verification, as far as it goes by itself."""
    await program.press("ctrl+n")
    await program.until("RESULT")
    if program.api.state == "waiting":  # type: ignore[attr-defined]
        await program.until(
            lambda: "… asking, esc cancels" in program.text and "asking again" in program.text
        )
    else:
        await program.until(lambda: "running" not in program.text)


async def save(program: Program) -> None:
    """Saved."""
    await program.press("enter")
    await program.until("is attached")
    await program.until("At present")


def test_basics(looks_alike: Callable[..., None]) -> None:
    looks_alike(ADD, basics)


def test_policy(looks_alike: Callable[..., None]) -> None:
    looks_alike(ADD, basics, policy)


def test_keys(looks_alike: Callable[..., None]) -> None:
    looks_alike(ADD, basics, policy, keys)


@pytest.mark.parametrize("state", ["healthy", "denied", "waiting"])
def test_verification(looks_alike: Callable[..., None], state: str) -> None:
    looks_alike(ADD, basics, policy, keys, verify, state=state)


def test_saved(looks_alike: Callable[..., None]) -> None:
    looks_alike(ADD, basics, policy, keys, verify, save)


def test_edit(looks_alike: Callable[..., None]) -> None:
    async def filled(program: Program) -> None:
        await program.until("Neuroblastoma")

    looks_alike(Place("edit-storage", STORAGE), filled)


def test_rotate(looks_alike: Callable[..., None]) -> None:
    async def loaded(program: Program) -> None:
        await program.until("At present")

    looks_alike(Place("rotate-keys", STORAGE), loaded)


def test_rotated(looks_alike: Callable[..., None]) -> None:
    async def done(program: Program) -> None:
        await program.press("enter")
        await program.until("now uses the key")

    looks_alike(Place("rotate-keys", STORAGE), keys, verify, done)


def test_remove(looks_alike: Callable[..., None]) -> None:
    async def shown(program: Program) -> None:
        await program.until("Its name")

    looks_alike(Place("delete-storage", STORAGE), shown)


def test_defaults(looks_alike: Callable[..., None]) -> None:
    async def chosen(program: Program) -> None:
        await program.until("Brain tumors")
        await program.press("j", "a")
        await program.until("not saved yet")

    looks_alike(Place("set-defaults"), chosen)
