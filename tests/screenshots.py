"""`uv run python -m tests.screenshots` has the program draw itself on the sample world, for the README."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from dwtui.app.starting import build
from dwtui.demo.launch import World
from dwtui.demo.messages import Ready
from dwtui.launch import LaunchOptions
from dwtui.settings import Settings

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SIZE = (100, 30)
PATIENCE = 600


async def until(pilot: Pilot, done: Callable[[str], bool]) -> None:
    """Wait until the screen shows what is wanted."""
    for _ in range(PATIENCE):
        if done(text_of(pilot)):
            return
        await pilot.pause(0.1)
    raise TimeoutError(text_of(pilot))


def text_of(pilot: Pilot) -> str:
    """What is on the screen."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in lines)


def save(pilot: Pilot, name: str) -> None:
    """Keep what is on the screen as SVG."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.svg").write_text(pilot.app.export_screenshot(title="dwtui"))


async def draw(ready: Ready) -> None:
    """Walk through the program and draw what is seen on the way."""
    options = LaunchOptions(url=ready.url, token=ready.tokens["administrator"])
    application = build(options, Settings())
    async with application.run_test(size=SIZE) as pilot:
        await until(pilot, lambda text: "17 storages" in text)
        save(pilot, "storages")
        await pilot.press("slash", *"osteo", "enter")
        await until(pilot, lambda text: "Osteosarcoma" in text and "Neuroblastoma" not in text)
        await pilot.press("enter")
        await until(pilot, lambda text: "CHECK" in text)
        await until(pilot, lambda text: "remedy" in text)
        save(pilot, "permissions")
        await pilot.press("escape", "escape")
        await until(pilot, lambda text: "NAME" in text)
        await study(pilot)
        await pilot.press("1")
        await until(pilot, lambda text: "BUCKET" in text)
        await attach(pilot, ready)


async def study(pilot: Pilot) -> None:
    """A study with its documents, and what another storage would do to them."""
    await pilot.press("2")
    await until(pilot, lambda text: "14 studies" in text)
    await pilot.press("slash", *"LCG-NBL", "enter")
    await until(pilot, lambda text: "Neuroblastoma" in text and "Scoliosis" not in text)
    await pilot.press("enter")
    await until(pilot, lambda text: "participants.csv" in text and "Kept in" in text)
    save(pilot, "study")
    await pilot.press("S")
    await until(pilot, lambda text: "● now" in text and "stay in" in text)
    await pilot.press("g", "d")
    await until(pilot, lambda text: "cannot be" in text and "fit for documents" in text)
    save(pilot, "assignment")
    await pilot.press("z", "escape", "escape")
    await until(pilot, lambda text: "CODE" in text)


async def attach(pilot: Pilot, ready: Ready) -> None:
    """The add flow, up to a verification that has passed."""
    account = ready.accounts[0]
    await pilot.press("a")
    await until(pilot, lambda text: "1 Basics" in text)
    await pilot.press(*"Craniosynostosis", "tab", *account.bucket, "ctrl+n")
    await until(pilot, lambda text: "IAM user" in text)
    await pilot.press("tab")
    save(pilot, "policy")
    await pilot.press("ctrl+n")
    await until(pilot, lambda text: "Access key id" in text)
    await pilot.press(*account.access_key, "tab")
    for character in account.secret_key:
        await pilot.press({"/": "slash", "+": "plus"}.get(character, character))
    await pilot.press("ctrl+n")
    await until(pilot, lambda text: "All that is needed works" in text)
    save(pilot, "verification")


def main() -> None:
    """Draw all of them."""
    with World.start() as world:
        for message in world.messages():
            if isinstance(message, Ready):
                asyncio.run(draw(message))
                return


if __name__ == "__main__":
    main()
