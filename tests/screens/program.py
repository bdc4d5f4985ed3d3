"""The program in a terminal of a given size, on the double of the API: pressed, looked at, waited for."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from dwtui.app.application import DwtuiApp
from dwtui.app.starting import first_places
from dwtui.app.themes import THEMES
from dwtui.target import Target
from screens.shell.page import Page
from screens.shell.places import Place
from screens.shell.session import Session
from tests.screens.fake_api import FakeApi

PATIENCE = 400
"""How many turns of the event loop, of some milliseconds each, a condition is waited for."""


class Program:
    """The running program."""

    def __init__(self, app: DwtuiApp, pilot: Pilot[object], api: FakeApi) -> None:
        self.app = app
        self.pilot = pilot
        self.api = api

    @property
    def page(self) -> Page:
        """The page in front."""
        assert self.app.page is not None
        return self.app.page

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def words(self) -> str:
        """What is on the screen, without regard to where lines break."""
        return " ".join(self.text.split())

    @property
    def keys(self) -> str:
        """The line of keys."""
        return self.text.rstrip("\n").split("\n")[-1]

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", ":": "colon", "/": "slash", ".": "full_stop", "-": "minus", "_": "underscore"}
        await self.pilot.press(*(names.get(character, character) for character in text))

    async def until(self, condition: str | Callable[[], bool]) -> None:
        """Wait until a text is shown, or a condition holds."""
        holds = (
            (lambda: condition in self.text or condition in self.words)
            if isinstance(condition, str)
            else condition
        )
        for _ in range(PATIENCE):
            await self.pilot.pause(0.005)
            if holds():
                return
        raise AssertionError(f"{condition!r} did not come about. The screen:\n{self.text}")

    async def until_gone(self, text: str) -> None:
        """Wait until a text is shown no more."""
        await self.until(lambda: text not in self.text)


def application(
    api: FakeApi,
    *,
    open: str | None = None,
    places: Sequence[Place] | None = None,
    read_only: bool = False,
    theme: str = "night",
    target: Target | None = None,
) -> DwtuiApp:
    """The application on the double."""
    session = Session(
        lambda: (lambda _: api, target or Target("http://127.0.0.1:1", "dwt_x")),  # type: ignore[arg-type,return-value]
        read_only=read_only,
    )
    return DwtuiApp(session, THEMES[theme][0], places or first_places(open))


@asynccontextmanager
async def running(
    api: FakeApi | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    ready: str | None = "Brain tumors",
    **options: object,
) -> AsyncIterator[Program]:
    """Run the application until it shows that it is `ready`."""
    api = api or FakeApi()
    app = application(api, **options)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        program = Program(app, pilot, api)
        if ready is not None:
            await program.until(ready)
        yield program


def lines_with(text: str, part: str) -> list[str]:
    """The lines of a text that hold a part."""
    return [line for line in text.split("\n") if re.search(part, line)]
