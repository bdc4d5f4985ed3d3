"""The application: the stack of pages, the session, and what is the same everywhere."""

import gc
import os
from asyncio import to_thread
from collections.abc import Callable, Sequence
from functools import partial
from inspect import getfile
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

import screens.shell.page
from dwtui.amounts import counted
from dwtui.app.departures import Departure
from dwtui.app.routes import ROUTES, page_of
from dwtui.app.themes import THEMES
from dwtui.app.transferring import TransferringApp
from screens.shell.action import Action, bindings
from screens.shell.actions import APPLICATION_ACTIONS, BRIEFING, PICTURE, SWITCH_ORGANIZATION
from screens.shell.gate import action_named, offered
from screens.shell.page import Page
from screens.shell.places import SECTION_KINDS, Place
from screens.shell.session import Session
from screens.shell.study_actions import CANCEL_TRANSFER, SHOW_TRANSFERS
from screens.shell.transition import TRANSITION_SECONDS

STYLE_SHEET = Path(getfile(screens.shell.page)).with_name("page.tcss")
MODES = (*SECTION_KINDS, "welcome")
"""The kinds of pages that have a stack of their own."""
WIDTHS = [(0, "-too-narrow"), (60, "-narrow"), (100, "-normal"), (120, "-wide")]
HEIGHTS = [(0, "-too-short"), (16, "-short"), (30, "-tall")]
"""From how many cells on a page has which class."""


def _finder() -> type[Provider]:
    from dwtui.app.palette import Finder

    return Finder


class DwtuiApp(TransferringApp):
    """The terminal UI of dwtui."""

    TITLE = "dwtui"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(APPLICATION_ACTIONS),
        Binding("ctrl+c", "hint_at_quit", show=False, system=True),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_finder}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, session: Session, theme: Theme, places: Sequence[Place]) -> None:
        """`places`: what to show first, the root before what lies above it."""
        self.session = session
        self._root, *self._above = places
        self.DEFAULT_MODE = places[0].kind  # type: ignore[misc]  # which one is known at the start only
        # Before all else, and without watchers: what is made in there is made for the theme of this moment.
        self.set_reactive(App.theme, theme.name)
        super().__init__(css_path=STYLE_SHEET)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Our own themes, and none of Textual's."""
        return {name: theme for name, (theme, _) in THEMES.items()}

    def get_default_screen(self) -> Screen[Any]:
        """The first page. As the first page of a mode it would be styled three times and painted twice."""
        page = page_of(self._root)
        self.stylesheet.read_all(page.css_path)
        return page

    def on_mount(self) -> None:
        """Show what was asked for, and bring in the client behind the first frame."""
        for kind in MODES:
            self.add_mode(kind, partial(page_of, Place(kind)))
        for place in self._above:
            self.push_screen(page_of(place))
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        self.session.warm_up()
        gc.enable()

    async def on_unmount(self) -> None:
        """Close the connection."""
        await self.stop_transfers()
        await self.session.close()

    def _fatal_error(self) -> None:
        # Textual would show the local variables of the whole way to the defect, and keys may be among them.
        from rich.text import Text

        from dwtui.app.defects import defect_in_words

        self.panic(Text(defect_in_words(self._exception)))

    # Where one is

    @property
    def page(self) -> Page | None:
        """The page in front, if it is not covered by the palette."""
        return self.screen if isinstance(self.screen, Page) else None

    @property
    def _page_below_palette(self) -> Page | None:
        """The page in front; while the palette covers it, what it finds is still about that page."""
        return next((it for it in reversed(self.screen_stack) if isinstance(it, Page)), None)

    def knows(self, kind: str) -> bool:
        """Whether there is a screen for that kind of place."""
        return kind in ROUTES

    def go(self, place: Place) -> None:
        """Show a place above what is shown now; a section takes the place of all."""
        self.delay_update(TRANSITION_SECONDS)
        if place.kind in SECTION_KINDS:
            self._go_to_section(place.kind)
        elif self._kind_in_front() != place.kind or place.kind not in ("sign-in", "choose-organization"):
            self.push_screen(page_of(place))

    def leave(self, notice: str = "") -> None:
        """Go back from the page in front, saying what was done on the page before."""
        if len(self.screen_stack) > 1:
            self.delay_update(TRANSITION_SECONDS)
            self.pop_screen()
        if notice and self.page is not None:
            self.page.tell(notice, "good")

    def leave_all(self, notice: str = "") -> None:
        """Go back to the section that all this was begun in, saying what was done."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if notice and self.page is not None:
            self.page.tell(notice, "good")

    def run_demo(self) -> None:
        """Leave the program for the demo."""
        self.exit(Departure.DEMO)

    def begin_anew(self) -> None:
        """Forget the pages of another API or user, and show the storages."""
        self._begin_anew()

    @work(group="navigation", exclusive=True)
    async def _begin_anew(self) -> None:
        for kind in MODES:
            if kind != self.current_mode:
                await self.remove_mode(kind)
                self.add_mode(kind, partial(page_of, Place(kind)))
        self._go_to_section("storages")

    def ask_to_sign_in(self, why: str) -> None:
        """Ask for another token, and come back to where one was."""
        self.go(Place("sign-in", extra={"why": why}))

    def _kind_in_front(self) -> str:
        name = type(self.screen).__name__
        return next((kind for kind, route in ROUTES.items() if route.endswith(f":{name}")), "")

    def _go_to_section(self, kind: str) -> None:
        """Each section is a mode, so that its list stays as it was while others are shown."""
        # What lies above a list ends with its leaving: keys may have been typed there.
        self._back_to_root()
        self.switch_mode(kind)
        self._back_to_root()

    def _back_to_root(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    # The gate

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is the same everywhere is offered where it can be done."""
        known = action_named(action)
        if known is None or known not in APPLICATION_ACTIONS:
            return True
        page = self._page_below_palette
        if page is None or page.asking:
            return False
        return offered(known, self.session, self.session.may, self.knows) and self._applies(known, page)

    def _applies(self, action: Action, page: Page) -> bool:
        if action is PICTURE:
            return not page.HOLDS_SECRETS
        if action is BRIEFING:
            return bool(self.session.briefing)
        if action is SHOW_TRANSFERS:
            return self._transfers is not None and self._kind_in_front() != "transfers"
        if action is CANCEL_TRANSFER:
            return bool(self.transferring)
        if action is SWITCH_ORGANIZATION:
            return len(self.session.organizations) > 1
        if action.id.startswith("go_"):
            return self.session.organization is not None and self.knows(action.id.removeprefix("go_"))
        return True

    # Actions

    def action_go_storages(self) -> None:
        """To the storages."""
        self._unless_lost(Place("storages"))

    def action_go_studies(self) -> None:
        """To the studies."""
        self._unless_lost(Place("studies"))

    def action_go_activity(self) -> None:
        """To the activity."""
        self._unless_lost(Place("activity"))

    def action_go_organization(self) -> None:
        """To the organization."""
        self._unless_lost(Place("organization"))

    def action_switch_organization(self) -> None:
        """To another organization."""
        self._unless_lost(Place("choose-organization"))

    def action_sign_in(self) -> None:
        """To another profile or API."""
        self._unless_lost(Place("sign-in"))

    async def action_quit(self) -> None:
        """Leave the program."""
        self._unless_lost(None)

    def _unless_lost(self, place: Place | None) -> None:
        """Go somewhere, or quit; where something typed would be lost, ask first."""
        unsaved = [page for page in self.screen_stack if isinstance(page, Page) and page.unsaved]
        if unsaved and self.page is not None:
            question = f"{unsaved[-1].crumb}: what you typed is not saved, and would be lost."
            self._ask_first(self.page, question, place)
        elif self.page is not None and self.transferring and (place is None or place.kind == "sign-in"):
            count = counted(len(self.transferring), "upload or download", "uploads or downloads")
            self._ask_first(self.page, f"{count} would be stopped, and nothing half be kept.", place)
        elif place is None:
            self.exit()
        else:
            self.go(place)

    @work(group="navigation", exclusive=True)
    async def _ask_first(self, page: Page, question: str, place: Place | None) -> None:
        from screens.widgets.dock import YesNo

        if await page.ask(YesNo(question, "leave all the same", "stay")):
            if place is None:
                self.exit()
            else:
                self.go(place)

    def action_command_palette(self) -> None:
        """Find an action or a thing by typing."""
        from dwtui.app.palette import Palette

        if not Palette.is_open(cast("App[object]", self)):
            self.delay_update(TRANSITION_SECONDS)
            self.push_screen(Palette(id="--command-palette"))

    def action_show_help(self) -> None:
        """Show the keys of this page."""
        if self.page is not None:
            actions = dict.fromkeys(
                action_named(it.binding.action) for it in self.page.active_bindings.values()
            )
            offered_here = [(action, self.page.command(action)) for action in actions if action is not None]
            self.go(Place("help", extra={"actions": offered_here}))

    def action_show_api_call(self) -> None:
        """Show what this page asked of the API."""
        if self.page is not None:
            self.go(
                Place(
                    "text",
                    extra={
                        "title": "API calls",
                        "text": self.page.calls.as_text(),
                        "file_name": "calls.graphql",
                    },
                )
            )

    def action_show_briefing(self) -> None:
        """Show what to have at hand."""
        briefing = self.session.briefing
        if briefing is not None:
            extra = {"title": "Key pairs", "text": briefing.text, "file_name": "key-pairs.txt"}
            self.go(Place("text", extra={**extra, "parts": briefing.key_pairs}))

    def action_hint_at_quit(self) -> None:
        """Quit is `q`, except where a `q` is typed."""
        if self.page is not None:
            typing = isinstance(self.page.focused, Input)
            self.page.tell("esc goes back; ^p quit leaves." if typing else "q quits.", "muted")

    @work(group="theme", exclusive=True)
    async def action_choose_theme(self) -> None:
        """Choose a theme, and remember it."""
        page = self.page
        if page is None:
            return
        from screens.widgets.dock import Chooser

        options = [(name, words, name) for name, (_, words) in THEMES.items()]
        current = list(THEMES).index(self.theme) if self.theme in THEMES else 0
        chosen = await page.ask(Chooser("Theme", options, current))
        if chosen is not None:
            self.theme = chosen
            await to_thread(_remember_theme, chosen)

    def action_save_picture(self) -> None:
        """Write what is shown to an SVG file in the folder dwtui was started in."""
        if self.page is not None:
            path = Path(self.save_screenshot(path=str(Path.cwd()))).resolve()
            self.page.tell(f"Written to {path}", "good")

    @work(group="clipboard", exclusive=True)
    async def _through_tmux(self, text: str) -> None:
        from screens.shell.copying import through_tmux

        await to_thread(through_tmux, text)

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text to the terminal's clipboard; inside tmux through tmux as well."""
        if os.environ.get("TMUX"):
            self._through_tmux(text)
        super().copy_to_clipboard(text)


def _remember_theme(name: str) -> None:
    from dataclasses import replace

    from dwtui.settings import change_settings

    change_settings(lambda settings: replace(settings, preferences=replace(settings.preferences, theme=name)))
