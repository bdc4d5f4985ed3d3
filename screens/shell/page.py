"""The page: what all full screens have in common."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import work
from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen
from textual.timer import Timer

from dwtui.client.errors import ApiError, ConnectionLost, Unauthenticated
from dwtui.settings import SettingsError
from screens.shell.action import Action, bindings
from screens.shell.actions import APPLICATION_ACTIONS, BACK, HELP, PALETTE, QUIT, REFRESH
from screens.shell.failures import in_words
from screens.shell.gate import action_named, offered
from screens.shell.host import Host
from screens.shell.key_hints import hints
from screens.shell.log import log_path
from screens.shell.places import Place
from screens.shell.requests import RETRY_SECONDS, OrganizationNeeded, request
from screens.shell.session import Session
from screens.widgets.lines import Foot, KeyLine, SectionLine, TopLine
from screens.widgets.tones import Cell, Tone

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from screens.shell.calls import CallLog
    from screens.shell.copying import Copyable
    from screens.shell.transfers import Transfer
    from screens.widgets.dock import Dock, Question

log = logging.getLogger("dwtui")
Answer = TypeVar("Answer")

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Cells below which a page can not be used."""
SLOW_SECONDS = 0.4
"""After which a request is worth a word."""


class Page(Screen[None]):
    """A full screen: the way to it on top, its keys at the bottom, notices and questions docked above them."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (BACK, REFRESH)
    SECTION: ClassVar[str] = ""
    """The kind of the section that this page is, if it is one."""
    HOLDS_SECRETS: ClassVar[bool] = False
    """Whether secrets are typed here, so that no picture is taken of it."""
    AUTO_FOCUS = "Table"

    def __init_subclass__(cls, **kwargs: bool) -> None:
        if "ACTIONS" in cls.__dict__:
            cls.BINDINGS = [*bindings(cls.ACTIONS)]
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        super().__init__()
        self._dock: Dock | None = None
        self._under_way = 0
        self._slow = False
        self._again: dict[str, Callable[[], object]] = {}
        self._covered = False
        self._lost = False
        self._tries = 0
        self._retry: Timer | None = None
        self._seen = (0, 0)

    # What subclasses say

    @property
    def crumb(self) -> str:
        """What this page is called in the breadcrumbs."""
        return self.SECTION.capitalize()

    def may(self, action: Action) -> Collection[str]:
        """What the viewer may do to what the action is about, in the words of the contract."""
        return self.session.may

    @property
    def status(self) -> Cell:
        """A word on what is shown, for the line of sections."""
        return Cell("")

    def applies(self, action: Action) -> bool:
        """Whether an action makes sense here and now, permission aside."""
        return True

    def compose_page(self) -> ComposeResult:
        """What lies between the lines at the edges."""
        yield from ()

    def reload(self) -> None:
        """Ask the API for what is shown."""

    def forget(self) -> None:
        """Show nothing of what another user or organization was shown."""

    def command(self, action: Action) -> str:
        """The command that does the same as an action does here."""
        return action.command.replace("{id}", self.subject_id or "SB_…")

    @property
    def subject_id(self) -> str:
        """The id of what actions are about; empty: of nothing in particular."""
        return ""

    def step_back(self) -> bool:
        """Undo what can be undone within the page, such as a filter; False: there was nothing."""
        return False

    def copyables(self) -> list[Copyable]:
        """What can be sent to the clipboard from here."""
        return []

    @property
    def unsaved(self) -> bool:
        """Whether something typed here would be lost by leaving."""
        return False

    def plain(self) -> str:
        """What is shown, as plain text."""
        return ""

    def transfer_ended(self, transfer: Transfer) -> None:
        """An upload or download has come to its end while this page is in front."""
        from screens.shell.transfer_words import ending

        self.tell(*ending(transfer))

    def known_places(self) -> list[tuple[str, Place]]:
        """Things this page knows of that can be opened, by name, for the palette."""
        return []

    # What it is made of

    @property
    def host(self) -> Host:
        """The application."""
        return cast(Host, self.app)

    @property
    def session(self) -> Session:
        """Who is signed in where."""
        return self.host.session

    def compose(self) -> ComposeResult:
        yield TopLine()
        if self.SECTION:
            yield SectionLine()
        yield from self.compose_page()
        with Foot():
            yield KeyLine()

    def on_mount(self) -> None:
        """Begin to ask; keep the lines at the edges up to date."""
        self.bindings_updated_signal.subscribe(self, lambda _: self._show_keys(), immediate=True)
        self._note_what_is_seen()
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """In a terminal that is too small there is nothing but a word on that. It is made when it is needed."""
        if (event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT) and not self._covered:
            from screens.widgets.too_small import TooSmall

            self._covered = True
            self.mount(TooSmall())

    def on_screen_resume(self) -> None:
        """Back in sight: ask again for what was changed or failed meanwhile."""
        self.show_lines()
        era, changes = self._seen
        self._note_what_is_seen()
        if era != self.session.era:
            self.forget()
        if self._seen != (era, changes):
            self.reload()
        elif self._again:
            self.try_again()

    def _note_what_is_seen(self) -> None:
        self._seen = (self.session.era, self.session.changes)

    def note_change(self, made: str = "") -> None:
        """Something was changed here: other pages ask again when they come back into sight; this one knows."""
        self.session.note_change(made)
        self._note_what_is_seen()

    def show_lines(self) -> None:
        """Bring the lines at the edges up to date. Nothing is repainted where nothing changed."""
        organization = self.session.organization
        crumbs = [page.crumb for page in self.app.screen_stack if isinstance(page, Page)]
        who = "… asking, esc cancels" if self._slow and not self.asking else self.session.who
        self.query_one(TopLine).show([organization.name if organization else "", *crumbs], Cell(who, "muted"))
        if self.SECTION and not self.asking:
            sections = [
                (action.keys, action.title, f"app.{action.id}")
                for action in APPLICATION_ACTIONS
                if action.id.startswith("go_") and self.app.check_action(action.id, ())
            ]
            self.query_one(SectionLine).show(sections, self.SECTION.capitalize(), self.status)
        self._show_keys()
        self.host.show_progress()

    def _show_keys(self) -> None:
        self.query_one(KeyLine).show(*hints(self, [] if self.asking else [HELP, PALETTE, QUIT]))

    # The gate

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The one gate: what may not or can not be done here is not offered."""
        known = action_named(action)
        if known is None:
            return True
        if self.asking:
            return False
        return offered(known, self.session, self.may(known), self.host.knows) and self.applies(known)

    # Requests

    @cached_property
    def calls(self) -> CallLog:
        """What was asked of the API on behalf of this page."""
        from screens.shell.calls import CallLog

        return CallLog()

    async def api(self, organization: bool = True) -> Api:
        """The client, with somebody signed in and, where that is needed, an organization chosen."""
        api = await self.session.api()
        if await self.session.establish(api):
            self.show_lines()
            self.refresh_bindings()
        if organization and self.session.organization is None:
            raise OrganizationNeeded
        return api

    async def attempt(
        self, group: str, work: Callable[[], Awaitable[None]], again: Callable[[], object] | None
    ) -> None:
        """Do the work of a request; tell its failure in words, and remember how to try again."""
        from screens.shell.calls import current_log

        current_log.set(self.calls)
        self._under_way += 1
        slow = self.set_timer(SLOW_SECONDS, self._tell_of_slowness)
        try:
            await work()
        except ApiError as error:
            self._failed(group, error, again)
        except SettingsError as error:
            self.tell(f"✗ {error}", "bad", stays=True)
        except OrganizationNeeded:
            if again is not None:
                self._again[group] = again
            self.host.go(Place("choose-organization"))
        except Exception as error:  # no request may take the program down, and none fails in silence
            log.exception("A request broke")
            self.tell(
                f"✗ dwtui made a mistake here ({type(error).__name__}). Details: {log_path()}",
                "bad",
                stays=True,
            )
        else:
            self._succeeded(group)
        finally:
            self._under_way -= 1
            slow.stop()
            if self.is_attached and not self._under_way:
                self._slow = False
                # As soon as the worker has ended: while it runs, some actions are not offered.
                self.call_later(self.show_lines)

    def _tell_of_slowness(self) -> None:
        self._slow = True
        self.show_lines()

    def _succeeded(self, group: str) -> None:
        self._again.pop(group, None)
        if self._lost and not self._again:
            self._lost = False
            self._tries = 0
            self.dock.hush()

    def _failed(self, group: str, error: ApiError, again: Callable[[], object] | None) -> None:
        if isinstance(error, ConnectionLost | Unauthenticated) and again is not None:
            self._again[group] = again
        if isinstance(error, Unauthenticated):
            self.host.ask_to_sign_in(error.message)
            return
        self.tell(in_words(error), "bad", stays=True)
        self._lost = isinstance(error, ConnectionLost) and again is not None
        if self._lost and self._retry is None:
            wait = RETRY_SECONDS[min(self._tries, len(RETRY_SECONDS) - 1)]
            self._retry = self.set_timer(wait, self.try_again)
            self._tries += 1

    @property
    def has_to_try_again(self) -> bool:
        """Whether something failed for want of a connection, or of a token."""
        return bool(self._again)

    def try_again(self) -> None:
        """Repeat what failed for want of a connection."""
        if self._retry is not None:
            self._retry.stop()
        self._retry = None
        for again in list(self._again.values()):
            again()

    def cancel_requests(self) -> bool:
        """Stop waiting for the API; False: nothing was under way."""
        if not self._under_way:
            return False
        self.workers.cancel_node(self)
        self.tell("Stopped waiting. r asks again.", "muted")
        return True

    # Words and questions

    @property
    def asking(self) -> bool:
        """Whether a question is open; other actions wait until it is answered."""
        return self._dock is not None and self._dock.asking

    @property
    def dock(self) -> Dock:
        """The bar for notices and questions. It is made when there is something to say."""
        if self._dock is None:
            from screens.widgets.dock import Dock

            self._dock = Dock()
            self.query_one(Foot).mount(self._dock, before=0)
        return self._dock

    def tell(self, text: str, tone: Tone = "plain", stays: bool = False) -> None:
        """Say something in the dock."""
        self.dock.tell(text, tone, stays)

    async def ask(self, question: Question[Answer]) -> Answer | None:
        """Ask in the dock and wait, in a worker."""
        try:
            return await self.dock.ask(question)
        finally:
            if self.is_attached:
                # What came meanwhile could not be told: nothing is offered while something is asked.
                self.show_lines()

    # Actions

    def action_back(self) -> None:
        """Undo within the page, stop waiting, or leave it."""
        if not self.step_back() and not self.cancel_requests():
            self.host.leave()

    def action_refresh_page(self) -> None:
        """Ask again."""
        if self._again:
            self.try_again()
        else:
            self.reload()

    @work(group="copy", exclusive=True)
    async def action_copy(self) -> None:
        """Choose one of the things that can be copied, and send it to the terminal's clipboard."""
        from screens.widgets.dock import Chooser

        things = self.copyables()
        if not things:
            self.tell("Nothing here to copy.", "muted")
            return
        chosen = things[0]
        if len(things) > 1:
            options = [(thing.name, " ".join(thing.text.split()), thing) for thing in things]
            answer = await self.ask(Chooser("Copy", options))
            if answer is None:
                return
            chosen = answer
        self._copy(chosen)

    @request("copied", repeats=False)
    async def _copy(self, chosen: Copyable) -> None:
        self.host.copy_to_clipboard(await chosen.make() if chosen.make else chosen.text)
        said = chosen.name if chosen.make else "".join(chosen.text.splitlines()[:1])
        self.tell(f"Sent to the terminal's clipboard: {said}", "good")

    def action_plain_text(self) -> None:
        """Show all this as text."""
        self.host.go(Place("text", extra={"title": self.crumb, "text": self.plain()}))
