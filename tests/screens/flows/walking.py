"""Walking through the terminal UI by keys, against a running API."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual import events
from textual.pilot import Pilot

from dwtui.app.application import DwtuiApp
from dwtui.app.themes import NIGHT
from dwtui.settings import Profile
from dwtui.target import Target
from screens.shell.page import Page
from screens.shell.places import Place
from screens.shell.recorded_api import RecordedApi
from screens.shell.session import Session
from screens.widgets.field import Field

PATIENCE_SECONDS = 30.0


class Walker:
    """Somebody at the keyboard, who waits for what they want to see."""

    def __init__(self, app: DwtuiApp, pilot: Pilot[object]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def page(self) -> Page:
        """The page in front."""
        assert isinstance(self.app.screen, Page)
        return self.app.screen

    @property
    def text(self) -> str:
        """All that is to be seen."""
        return "\n".join(line.text for line in self.app.screen._compositor.render_strips())

    @property
    def keys(self) -> str:
        """The line of keys at the bottom."""
        return self.text.splitlines()[-1]

    def words(self) -> str:
        """All that is to be seen, without regard to where lines break."""
        return " ".join(self.text.split())

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.pilot.press(*(" " if letter == " " else letter for letter in text))

    async def burst(self, *keys: str) -> None:
        """Press keys all at once, as they come over a slow line."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Paste, as a terminal with bracketed paste does."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def sees(self, *words: str) -> None:
        """Wait until all of these are to be seen."""
        await self.until(lambda: all(word in self.words() for word in words), f"to see {words}")

    async def sees_no(self, *words: str) -> None:
        """Wait until none of these is to be seen."""
        await self.until(lambda: not any(word in self.words() for word in words), f"not to see {words}")

    async def until(self, condition: Callable[[], bool], what: str = "a condition") -> None:
        """Wait for a condition."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            await self.pilot.pause()
            if condition():
                return
            assert time.monotonic() < end, f"waited in vain {what}; there was:\n{self.text}"
            await asyncio.sleep(0.02)

    def field(self, id_: str) -> Field:
        """The field of that id that is in sight."""
        return next(it for it in self.page.query(Field) if it.id == id_ and it.is_on_screen)


@asynccontextmanager
async def walking(
    url: str,
    token: str,
    *,
    size: tuple[int, int] = (80, 24),
    read_only: bool = False,
    organization: str | None = None,
    place: Place | None = None,
) -> AsyncIterator[Walker]:
    """The program, opened on that API at the storages, or at a place above them."""
    profile = Profile(name="here", url=url)

    def open_api(target: Target) -> RecordedApi:
        return RecordedApi(target.url, target.token, patience=())

    session = Session(
        lambda: (open_api, Target(url, token, profile)), read_only=read_only, organization=organization
    )
    app = DwtuiApp(session, NIGHT, [Place("storages"), *([place] if place else [])])
    async with app.run_test(size=size) as pilot:
        walker = Walker(app, pilot)
        await walker.until(lambda: session.signed_in, "to be signed in")
        yield walker
