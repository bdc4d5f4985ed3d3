"""The list of storages: each with its place, its health in words, its use and its last verification."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal

from screens.shell.actions import (
    ADD_STORAGE,
    BACK,
    COPY,
    DELETE_STORAGE,
    EDIT_STORAGE,
    FILTER,
    HEALTH_FILTER,
    PLAIN_TEXT,
    REFRESH,
    ROTATE_KEYS,
    SET_DEFAULTS,
    SHOW_POLICY,
    SORT,
    VERIFY_STORAGE,
)
from screens.shell.connections import FIRST, chunk_of
from screens.shell.list_page import ListPage
from screens.shell.places import Place
from screens.shell.requests import request
from screens.storages import words
from screens.storages.storage_actions import StorageActions
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageSummary
    from screens.storages.beside_panel import BesidePanel

LOOK_SECONDS = 0.2
"""How long the cursor rests on a row before its details are asked for."""

ORDERS = {
    "NAME": ("name", "By name"),
    "HEALTH": ("health", "What is wrong first"),
    "BUCKET": ("place", "By bucket, then prefix"),
    "USE": ("studies", "Most used by studies first"),
    "VERIFIED": ("verified", "Oldest verification first"),
    "KEY_AGE": ("keys", "Oldest keys first, blank keys last"),
}
"""The API's orders, with the column whose heading stands for each."""

HEALTH_WORDS = {None: "", False: "unhealthy", True: "healthy"}


class StoragesPage(StorageActions, ListPage["StorageSummary"]):
    """The storages of the organization."""

    SECTION = "storages"
    CSS_PATH = "storages.tcss"
    ACTIONS = (
        ADD_STORAGE,
        FILTER,
        VERIFY_STORAGE,
        SORT,
        HEALTH_FILTER,
        EDIT_STORAGE,
        ROTATE_KEYS,
        DELETE_STORAGE,
        SHOW_POLICY,
        SET_DEFAULTS,
        COPY,
        PLAIN_TEXT,
        REFRESH,
        BACK,
    )

    def __init__(self) -> None:
        super().__init__()
        self.order = "NAME"
        self.healthy: bool | None = None
        self._beside: BesidePanel | None = None

    def on_mount(self) -> None:
        """In a sample world, say what there is to try."""
        if self.session.briefing and not self.session.read_only:
            self.tell("A sample world: a adds a storage, B (f2 in forms) shows key pairs to try.", "key")

    @property
    def storage(self) -> StorageSummary | None:
        return self.row

    @property
    def status(self) -> Cell:
        rows = self.table.rows
        if not self.session.signed_in or self.table.loading_text is not None:
            return Cell("")
        kept = [HEALTH_WORDS[self.healthy], "matching" if self.search else ""]
        what = ", ".join(word for word in kept if word) or ("storage" if len(rows) == 1 else "storages")
        return Cell(f"{len(rows)} {what}", "muted")

    def columns(self) -> Sequence[Column[StorageSummary]]:
        return (
            Column("name", "NAME", lambda row: Cell(row.name), 18, 44, grow=4),
            Column("health", "HEALTH", words.health_of, 18, 24, grow=1, rank=1),
            Column(
                "place",
                "BUCKET AND PREFIX",
                lambda row: Cell(words.s3_uri(row).removeprefix("s3://").rstrip("/"), "muted"),
                18,
                60,
                grow=6,
                rank=2,
                middle=True,
            ),
            Column("verified", "VERIFIED", words.verified, 9, 10, rank=3),
            Column("studies", "DOC/DATA", words.used_by, 8, 8, rank=4, right=True),
            Column("keys", "KEYS", words.keys, 9, 9, rank=5),
            Column("account", "ACCOUNT", lambda row: Cell(words.account(row)), 12, 20, grow=1, rank=6),
            Column("for", "FOR", lambda row: Cell(words.uses(row), "muted"), 18, 18, rank=7),
            Column("marks", "", lambda row: Cell(words.marks(row), "key"), 22, 40, grow=1, rank=8),
        )

    def key(self, row: StorageSummary) -> str:
        return row.id

    def empty_lines(self) -> Sequence[Cell]:
        if self.search or self.healthy is not None:
            return (
                Cell("No storage matches."),
                Cell("esc takes the filter away, h changes the health asked for.", "muted"),
            )
        if self.check_action(ADD_STORAGE.id, ()):
            return (Cell("No storage yet."), Cell("a attaches a bucket of yours, step by step.", "muted"))
        return (Cell("No storage yet."), Cell("An organization administrator can attach one.", "muted"))

    def compose_page(self) -> ComposeResult:
        with Horizontal():
            yield self.make_table()

    async def fetch(self, after: str | None) -> Chunk[StorageSummary]:
        api = await self.api()
        from dwtui.client.generated.enums import StorageBackendOrder

        assert self.session.organization is not None
        page = await api.storage_backends(
            self.session.organization.id,
            first=FIRST,
            after=after,
            search=self.search or None,
            healthy=self.healthy,
            order_by=StorageBackendOrder(self.order),
        )
        return chunk_of(page)

    def known_places(self) -> list[tuple[str, Place]]:
        return [(row.name, Place("storage", row.id)) for row in self.table.rows]

    # The details beside the list

    def on_resize(self, event: events.Resize) -> None:
        """On a wide terminal the details stand beside the list."""
        self.call_after_refresh(self._look_again)

    def _look_again(self) -> None:
        if self._beside is not None:
            self._beside.shown = None
        self.moved(self.row)

    def moved(self, row: StorageSummary | None) -> None:
        if not self.has_class("-wide"):
            return
        panel = self._panel
        if row is None or row.id != panel.shown:
            panel.show(row)
            if row is not None:
                self.set_timer(LOOK_SECONDS, lambda: self._look(row.id))

    @property
    def _panel(self) -> BesidePanel:
        """The panel beside the list. It is made when there is room for it."""
        if self._beside is None:
            from screens.storages.beside_panel import BesidePanel

            self._beside = BesidePanel()
            self.query_one(Horizontal).mount(self._beside)
        return self._beside

    def _look(self, id_: str) -> None:
        if id_ == self._panel.shown:
            self._load_beside(id_)

    @request("beside")
    async def _load_beside(self, id_: str) -> None:
        api = await self.api()
        storage = await api.storage_backend(id_)
        if id_ == self._panel.shown:
            self._panel.add(storage)

    # Actions

    def on_table_opened(self, event: Table.Opened) -> None:
        """To the storage."""
        if self.row is not None:
            self.host.go(Place("storage", self.row.id))

    def on_table_header_clicked(self, event: Table.HeaderClicked) -> None:
        """Sort by the column whose heading was clicked, where the API can."""
        for order, (column, _) in ORDERS.items():
            if column == event.column:
                self._sort_by(order)

    @work(group="question", exclusive=True)
    async def action_sort(self) -> None:
        """Choose an order."""
        from screens.widgets.dock import Chooser

        options = [(words_, "", order) for order, (_, words_) in ORDERS.items()]
        chosen = await self.ask(Chooser("Sort", options, list(ORDERS).index(self.order)))
        if chosen is not None:
            self._sort_by(chosen)

    def _sort_by(self, order: str) -> None:
        self.order = order
        self.table.sorted_by = ORDERS[order][0]
        self.table.cursor = 0
        self._load()

    def action_filter_health(self) -> None:
        """All, the unhealthy, the healthy."""
        states = list(HEALTH_WORDS)
        self.healthy = states[(states.index(self.healthy) + 1) % len(states)]
        self._load()

    def action_verify_storage(self) -> None:
        """Verify the storage under the cursor, where its results can be watched."""
        if self.row is not None:
            self.host.go(Place("storage", self.row.id, {"verify": True}))
