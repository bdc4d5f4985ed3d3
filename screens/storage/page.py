"""One storage: what it may do, what it is, which studies use it, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from dwtui.client.errors import NotFound
from screens.activity.table import activity_table
from screens.shell.action import Action
from screens.shell.actions import (
    BACK,
    COPY,
    DELETE_STORAGE,
    EDIT_STORAGE,
    NEXT_VIEW,
    PLAIN_TEXT,
    PREVIOUS_VIEW,
    REFRESH,
    ROTATE_KEYS,
    SEE_ACTIVITY,
    SHOW_POLICY,
    VERIFY_STORAGE,
)
from screens.shell.connections import FIRST, chunk_of, fill
from screens.shell.copying import Copyable
from screens.shell.places import Place
from screens.shell.requests import request
from screens.storage.watching import watch
from screens.storages import beside, words
from screens.storages.storage_actions import StorageActions
from screens.studies.table import study_table
from screens.widgets.dock import Line
from screens.widgets.key_values import KeyValues
from screens.widgets.probe_matrix import ProbeMatrix, probe_row
from screens.widgets.table import Chunk, Table
from screens.widgets.tones import Cell
from screens.widgets.views import Views

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ActivityLine, StorageDetails, StudySummary

PERMISSIONS, ABOUT, STUDIES, ACTIVITY = "Permissions", "About", "Studies", "Activity"


class StoragePage(StorageActions):
    """A storage that is saved."""

    CSS_PATH = "storage.tcss"
    AUTO_FOCUS = "ProbeMatrix Table"
    ACTIONS = (
        VERIFY_STORAGE,
        NEXT_VIEW,
        PREVIOUS_VIEW,
        EDIT_STORAGE,
        ROTATE_KEYS,
        DELETE_STORAGE,
        SHOW_POLICY,
        COPY,
        PLAIN_TEXT,
        REFRESH,
        BACK,
    )

    def __init__(self, storage_id: str, verify: bool = False) -> None:
        """`verify`: begin with a verification."""
        super().__init__()
        self._storage_id = storage_id
        self._verify_first = verify
        self._verifying = False
        self._gone = False
        self._storage: StorageDetails | None = None
        self._studies: Table[StudySummary] = study_table()
        self._activity: Table[ActivityLine] = activity_table(with_subject=False)

    @property
    def crumb(self) -> str:
        return self._storage.name if self._storage else self._storage_id

    @property
    def storage(self) -> StorageDetails | None:
        return self._storage

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("Asking the API…", "muted"), id="summary")
        views = {
            PERMISSIONS: ProbeMatrix(),
            ABOUT: VerticalScroll(KeyValues(), id="about"),
            STUDIES: self._studies,
        }
        if not self.session.signed_in or SEE_ACTIVITY in self.session.may:
            views[ACTIVITY] = self._activity
        yield Views(views, beside=ABOUT)

    # Asking

    def reload(self) -> None:
        if not self._verifying:
            if self._storage is None:
                self.query_one(ProbeMatrix).say("Asking the API…")
            self._load()

    @request("storage")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        try:
            storage = await api.storage_backend(self._storage_id)
        except NotFound as error:
            self._show_gone(error.message)
            return
        self._take(storage)
        if self._verify_first and self.check_action(VERIFY_STORAGE.id, ()):
            self._verify_first = False
            self.action_verify_storage()
        self._load_view(self.query_one(Views).current)

    def _take(self, storage: StorageDetails) -> None:
        self._storage = storage
        if self.session.organization is None and storage.organization is not None:
            self.session.work_in(storage.organization.id)
        self._show_summary(words.health_of(storage))
        report = storage.verification
        self.query_one(ProbeMatrix).explain(*self._why_no_report(storage))
        if not self._verifying:
            self.query_one(ProbeMatrix).show([probe_row(probe) for probe in report.probes] if report else [])
        blank = ("", Cell(" "))
        pairs = [*beside.summary(storage), blank, *beside.identity(storage), blank, *beside.record(storage)]
        self.query_one("#about KeyValues", KeyValues).show(pairs)
        self.show_lines()
        self.refresh_bindings()

    def _why_no_report(self, storage: StorageDetails) -> list[Cell]:
        if storage.bucket is None:
            return [
                Cell("Where it lies, and what it may do, is shown to administrators and support.", "muted")
            ]
        if self.check_action(VERIFY_STORAGE.id, ()):
            return [Cell("Never verified."), Cell("v verifies it now.", "muted")]
        return [Cell("Never verified."), Cell("An organization administrator can verify it.", "muted")]

    def _show_gone(self, why: str) -> None:
        """Say that there is nothing to show, or nothing any more."""
        self._gone = True
        self.query_one(Views).display = False
        self.query_one("#summary", Line).show(Cell(f"✗ {why}", "bad"), Cell("  esc goes back.", "muted"))
        self.refresh_bindings()

    def applies(self, action: Action) -> bool:
        return action in (REFRESH, BACK) if self._gone else super().applies(action)

    def _show_summary(self, state: Cell) -> None:
        storage = self._storage
        if storage is None:
            return
        when = "" if self._verifying or storage.verified_at is None else f", {words.verified(storage).text}"
        self.query_one("#summary", Line).show(state, Cell(when, "muted"), f"   {words.s3_uri(storage)}")

    @request("view")
    async def _load_view(self, name: str) -> None:
        """Fill a list when it is looked at for the first time, and again whenever the page is asked for anew."""
        if name == STUDIES:
            await fill(self._studies, self._fetch_studies)
        elif name == ACTIVITY:
            await fill(self._activity, self._fetch_activity)

    async def _fetch_studies(self, after: str | None) -> Chunk[StudySummary]:
        api = await self.api(organization=False)
        return chunk_of((await api.storage_studies(self._storage_id, first=FIRST, after=after)).studies)

    async def _fetch_activity(self, after: str | None) -> Chunk[ActivityLine]:
        api = await self.api()
        assert self.session.organization is not None
        return chunk_of(
            await api.activity(self.session.organization.id, first=100, after=after, subject=self._storage_id)
        )

    # Verifying

    def action_verify_storage(self) -> None:
        """Verify it now, each probe shown as it is answered."""
        if not self._verifying:
            self.query_one(Views).show(PERMISSIONS)
            self._verify()

    @request("verify", repeats=False)
    async def _verify(self) -> None:
        self._verifying = True
        self._show_summary(Cell("… verifying", "warn"))
        matrix = self.query_one(ProbeMatrix)
        try:
            api = await self.api(organization=False)
            report = await watch(api.watch_verification(id=self._storage_id), matrix, self._waiting)
        finally:
            self._verifying = False
            if self.is_attached:
                matrix.stop()
                self._show_summary(words.health_of(self._storage) if self._storage else Cell(""))
        self.note_change()
        self._take(await api.storage_backend(self._storage_id))
        if report is not None and self._storage is not None:
            found = words.health_of(self._storage)
            self.tell(f"Verified: {found.text}", found.tone)

    def _waiting(self, seconds: int) -> None:
        told = f"… AWS does not know this key yet; asking again for {seconds} s at most"
        self._show_summary(Cell(told, "warn"))

    # Moving about

    def on_resize(self, event: events.Resize) -> None:
        """On a wide terminal what it is stands beside."""
        self.call_after_refresh(lambda: self.query_one(Views).make_wide(self.has_class("-wide")))

    def on_views_shown(self, event: Views.Shown) -> None:
        """Ask for what this view shows."""
        if self._storage is not None:
            self._load_view(event.name)

    def on_table_wanted(self, event: Table.Wanted) -> None:
        """Fetch further pages of the list that is looked at."""
        self._load_more(event.table is self._studies)

    @request("more")
    async def _load_more(self, studies: bool) -> None:
        if studies:
            self._studies.add(await self._fetch_studies(self._studies.rows.end))
        else:
            self._activity.add(await self._fetch_activity(self._activity.rows.end))

    def on_table_opened(self, event: Table.Opened) -> None:
        """A study is opened; a probe and a line of the activity have nothing behind them."""
        if event.table is self._studies and self._studies.row is not None:
            self.host.go(Place("study", self._studies.row.id))

    def action_next_view(self) -> None:
        """The next view."""
        self.query_one(Views).step(1)

    def action_previous_view(self) -> None:
        """The view before."""
        self.query_one(Views).step(-1)

    def action_show_view(self, name: str) -> None:
        """The view of that name."""
        self.query_one(Views).show(name)

    def copyables(self) -> list[Copyable]:
        things = super().copyables()
        storage, probe = self._storage, self.query_one(ProbeMatrix).selected
        if storage is not None and storage.arn:
            things.append(Copyable("ARN of the identity", storage.arn))
        if probe is not None and probe.statement:
            things.append(Copyable("policy statement", probe.statement))
        return things

    def plain(self) -> str:
        about = self.query_one("#about KeyValues", KeyValues).plain()
        return f"{about}\n\nPermissions\n{self.query_one(ProbeMatrix).plain()}\n"
