"""Signing in: choose a profile, or name an API and give a token. Tried out before anything is kept."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult

from dwtui.client.address import BadAddress, parse_address
from dwtui.client.errors import ApiError, Unauthenticated
from dwtui.settings import SettingsError
from screens.shell.actions import BACK, CONNECT
from screens.shell.page import Page
from screens.shell.requests import request
from screens.sign_in.profiles import KnownProfile, keep, known_profiles, name_for
from screens.widgets.dock import Line, YesNo
from screens.widgets.field import Field, Form
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ViewerDetails
    from dwtui.target import Target


class SignInPage(Page):
    """Who am I, and where."""

    CSS_PATH = "sign_in.tcss"
    HOLDS_SECRETS = True
    ACTIONS = (CONNECT, BACK)
    AUTO_FOCUS = ""

    def __init__(self, why: str = "") -> None:
        """`why`: the reason for which another token is needed; one comes back to where one was."""
        super().__init__()
        self._why = why

    @property
    def crumb(self) -> str:
        return "Sign in"

    def compose_page(self) -> ComposeResult:
        if self._why:
            yield Line(Cell(self._why, "warn"), id="why")
        yield Line(Cell("Profiles", "strong"), id="profiles-title")
        columns: list[Column[KnownProfile]] = [
            Column("name", "NAME", lambda row: Cell(row.profile.name, "strong"), 16, 40, grow=1),
            Column("url", "API", lambda row: Cell(row.profile.url), 24, 60, grow=2, rank=1),
            Column(
                "token", "", lambda row: Cell("signed in" if row.token else "no token", "muted"), 9, 9, rank=2
            ),
        ]
        yield Table(
            columns, key=lambda row: row.profile.name, header=False, empty=(Cell("No profile yet.", "muted"),)
        )
        with Form():
            yield Line(Cell("Connect to an API", "strong"))
            yield Field("Address", id="url", hint="https://dwtui.example.org or unix:///path/api.sock")
            yield Field("Token", id="token", hint="dwt_… from the one who runs the API", secret=True)
            yield Field("Name of the profile", id="name", hint="how you will find it again")
        yield Line(
            Cell(
                "Enter at the last field connects. The token is kept in your keyring, or in a file only you can read.",
                "muted",
            )
        )

    def on_mount(self) -> None:
        """Fill in what is known."""
        form = self.query_one(Form)
        target = self.session.target
        if self._why and target is not None:
            form.field("url").value = target.url
            form.field("name").value = target.profile.name if target.profile else name_for(target.url)
            form.field("token").input.focus()
        self._list_profiles()

    @work(group="profiles", exclusive=True)
    async def _list_profiles(self) -> None:
        try:
            profiles = await to_thread(known_profiles)
        except SettingsError as error:
            self.tell(f"✗ {error}", "bad", stays=True)
            profiles = []
        table = self.query_one(Table)
        shown = bool(profiles) and not self._why
        table.display = self.query_one("#profiles-title").display = shown
        table.styles.height = max(1, min(8, len(profiles)))
        table.show(Chunk(profiles, len(profiles), None))
        if shown:
            table.focus()
        elif not self._why:
            self.query_one(Form).begin()

    # Connecting

    def on_table_opened(self, event: Table.Opened) -> None:
        """Use a profile: with its token, or ask for one."""
        known = cast(KnownProfile, event.table.row)
        form = self.query_one(Form)
        form.field("url").value = known.profile.url
        form.field("name").value = known.profile.name
        if known.token is None:
            form.field("token").input.focus()
            self.tell("Give a token for this profile.", "muted")
        else:
            from dwtui.target import Target

            self._connect(Target(known.profile.url, known.token, known.profile))

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Hand the form in."""
        self.action_connect()

    def on_field_changed(self, event: Field.Changed) -> None:
        """What is typed anew is not wrong yet; the name follows the address until it is given."""
        event.field.blame("")

    def action_connect(self) -> None:
        """Look at what is typed, then try it out."""
        form = self.query_one(Form)
        url, token, name = (form.field(id_) for id_ in ("url", "token", "name"))
        try:
            address = parse_address(url.value)
        except BadAddress as error:
            url.blame(str(error))
            url.input.focus()
            return
        if not token.value.strip():
            token.blame("A token is needed. The one who runs the API makes it: `dwtui server tokens`.")
            token.input.focus()
            return
        if not name.value.strip():
            name.value = name_for(address.url)
        if address.exposed:
            self._connect_in_the_clear(address.url)
        else:
            self._connect_as_typed(address.url)

    @work(group="question", exclusive=True)
    async def _connect_in_the_clear(self, url: str) -> None:
        question = f"{url} is not encrypted: whoever is on the way can read your token. Connect all the same?"
        if await self.ask(YesNo(question, "connect", "do not")):
            self._connect_as_typed(url)

    def _connect_as_typed(self, url: str) -> None:
        from dwtui.target import Target

        self._connect(Target(url, self.query_one(Form).field("token").value.strip()), keep_it=True)

    @request("connect", repeats=False)
    async def _connect(self, target: Target, keep_it: bool = False) -> None:
        form = self.query_one(Form)
        self.tell(f"Connecting to {target.url}…", "muted", stays=True)
        try:
            viewer = await self.session.try_out(target)
        except Unauthenticated as error:
            self.dock.hush()
            form.field("token").blame(error.message)
            form.field("token").input.focus()
            return
        except ApiError as error:
            self.dock.hush()
            form.field("url").blame(error.message)
            form.field("url").input.focus()
            return
        if keep_it:
            target = await to_thread(keep, form.field("name").value.strip(), target.url, target.token or "")
        await self._arrive(target, viewer)

    async def _arrive(self, target: Target, viewer: ViewerDetails) -> None:
        same_place = self.session.target is not None and self.session.target.url == target.url
        await self.session.use(target)
        self.session.signed_in_as(viewer)
        if self._why and same_place:
            self.host.leave(f"Signed in as {viewer.user.name}.")
        else:
            self.host.begin_anew()
