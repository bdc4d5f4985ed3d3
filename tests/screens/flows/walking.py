"""Walking through the terminal UI by keys, against a running API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dwtui.app.application import DwtuiApp
from dwtui.app.themes import NIGHT
from dwtui.settings import Profile
from dwtui.target import Target
from screens.shell.places import Place
from screens.shell.recorded_api import RecordedApi
from screens.shell.session import Session
from screens.widgets.field import Field
from tests.screens.keyboard import Keyboard


class Walker(Keyboard):
    """Somebody at the keyboard, on an API."""

    def words(self) -> str:
        """All that is to be seen, without regard to where lines break."""
        return " ".join(self.text.split())

    async def sees(self, *words: str) -> None:
        """Wait until all of these are to be seen."""
        await self.until(lambda: all(word in self.words() for word in words), f"to see {words}")

    async def sees_no(self, *words: str) -> None:
        """Wait until none of these is to be seen."""
        await self.until(lambda: not any(word in self.words() for word in words), f"not to see {words}")

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
