"""Somebody at the keyboard of the running program: presses keys, and waits for what they want to see."""

import asyncio
import time
import unicodedata
from collections.abc import Callable

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.screen import Screen

from dwtui.app.application import DwtuiApp
from screens.shell.page import Page

PATIENCE_SECONDS = 30.0
REST_SECONDS = 1.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.002, 0.03
TURNS = 4
"""Of the event loop, in which what a task finds may still become a message: an answer of a double, a callback."""


async def settle(pilot: Pilot[object]) -> None:
    """Wait until the program has done and shown what it was given to do: nothing waits to be handled or painted.

    Textual's own way, to wait until the process takes no CPU time, takes 20 ms and more for each key, and a second
    where a server runs in the same process.
    """
    app, calm, end = pilot.app, 0, time.monotonic() + PATIENCE_SECONDS
    while calm < TURNS and app.screen_stack and not _is_ending(app) and time.monotonic() < end:
        calm = 0 if has_messages(app) else calm + 1
        if calm == TURNS and has_to_be_painted(app.screen):
            calm = 0
            app.screen._on_timer_update()  # by itself it does so sixty times a second
        await asyncio.sleep(0)


def _is_ending(app: App[object]) -> bool:
    """Whether it was told to end, or has come upon a defect: messages that wait are not handled any more."""
    return app._exit or bool(app._exit_renderables)


def has_messages(app: App[object]) -> bool:
    """Whether a widget has a message or a callback waiting."""
    everything = (app, *app.screen.walk_children(with_self=True))
    return any(it.message_queue_size or it._next_callbacks for it in everything)


def has_to_be_painted(screen: Screen[object]) -> bool:
    """Whether the screen does not show yet how things are, or somebody waits for it to do so."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def key_event(key: str) -> events.Key:
    """The event of a key, given by its character or its name, as a terminal would make it."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        character = name if len(name) == 1 else None
    return events.Key(name, character)


class Keyboard:
    """The running program, seen and used."""

    def __init__(self, app: DwtuiApp, pilot: Pilot[object]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def page(self) -> Page:
        """The page in front, below what asks something."""
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
        """The line of keys at the bottom."""
        return self.text.rstrip("\n").split("\n")[-1]

    async def press(self, *keys: str) -> None:
        """Press keys, each when the program has come to rest after the one before."""
        for key in keys:
            await self.rest()
            await self._press(key)

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        await self.rest()
        for letter in text:
            await self._press(letter)

    async def _press(self, key: str) -> None:
        self.app.post_message(key_event(key))
        await self.settle()

    async def rest(self) -> None:
        """Wait, as a person would, until the API has answered; but not long for what takes its time."""
        end = time.monotonic() + REST_SECONDS
        while (page := self.app.page) is not None and page._under_way and time.monotonic() < end:
            await asyncio.sleep(SHORTEST_PAUSE)
        await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys all at once, as they come over a slow line."""
        for key in keys:
            self.app.post_message(key_event(key))
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste, as a terminal with bracketed paste does."""
        await self.rest()
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until the program has done and shown what it was given to do."""
        await settle(self.pilot)

    async def until(self, condition: str | Callable[[], bool], what: str = "") -> None:
        """Wait until a text is shown, or a condition holds."""
        holds = (
            (lambda: condition in self.text or condition in self.words)
            if isinstance(condition, str)
            else condition
        )
        end, pause = time.monotonic() + PATIENCE_SECONDS, SHORTEST_PAUSE
        while True:
            await self.settle()
            if holds():
                return
            assert time.monotonic() < end, (
                f"waited in vain for {what or repr(condition)}; there was:\n{self.text}"
            )
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)

    async def until_gone(self, text: str) -> None:
        """Wait until a text is shown no more."""
        await self.until(lambda: text not in self.text, f"{text!r} to go")
