"""The program in a terminal of a given size, on the double of the API: pressed, looked at, waited for."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from dwtui.app.application import DwtuiApp
from dwtui.app.starting import first_places
from dwtui.app.themes import THEMES
from dwtui.briefing import Briefing
from dwtui.target import Target
from screens.shell.places import Place
from screens.shell.session import Session
from tests.screens.fake_api import FakeApi
from tests.screens.keyboard import Keyboard


class Program(Keyboard):
    """The running program, on a double."""

    def __init__(self, app: DwtuiApp, pilot: Pilot[object], api: FakeApi) -> None:
        super().__init__(app, pilot)
        self.api = api


def application(
    api: FakeApi,
    *,
    open: str | None = None,
    places: Sequence[Place] | None = None,
    read_only: bool = False,
    theme: str = "night",
    target: Target | None = None,
    briefing: Briefing | None = None,
) -> DwtuiApp:
    """The application on the double."""
    session = Session(
        lambda: (lambda _: api, target or Target("http://127.0.0.1:1", "dwt_x")),  # type: ignore[arg-type,return-value]
        read_only=read_only,
        briefing=briefing,
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
