"""The page on which the storages that new studies begin with are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult

from dwtui.client.errors import BadInput, Conflict
from screens.shell.action import Action
from screens.shell.actions import BACK, FILTER, REFRESH
from screens.shell.connections import FIRST, chunk_of
from screens.shell.flow_actions import DEFAULT_FOR_DATA, DEFAULT_FOR_DOCUMENTS, SAVE
from screens.shell.list_page import ListPage
from screens.shell.requests import request
from screens.shell.unsaved_page import UnsavedPage
from screens.storages import words
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.table import Chunk, Column
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import OrganizationDetails, StorageName, StorageSummary


class Chosen(NamedTuple):
    """A storage, by id and name."""

    id: str
    name: str

    @classmethod
    def of(cls, storage: StorageName | StorageSummary) -> Chosen:
        """A storage of the API's."""
        return cls(storage.id, storage.name)


class DefaultsPage(ListPage["StorageSummary"], UnsavedPage):
    """All storages with what they are fit for; `d` and `a` choose, enter saves both."""

    OPENS = False
    AUTO_FOCUS = "Table"
    CSS_PATH = "defaults.tcss"
    LOST = "Leave without saving? The defaults stay as they were."
    ACTIONS = (SAVE, DEFAULT_FOR_DOCUMENTS, DEFAULT_FOR_DATA, FILTER, REFRESH, BACK)

    def __init__(self) -> None:
        super().__init__()
        self._organization: OrganizationDetails | None = None
        self._documents: Chosen | None = None
        """What is chosen and not saved yet; None: what is in force stays."""
        self._data: Chosen | None = None

    @property
    def crumb(self) -> str:
        return "Defaults"

    def compose_page(self) -> ComposeResult:
        yield KeyValues([("", Cell("Asking the API…", "muted"))], id="chosen")
        yield self.make_table()

    # What is shown

    def columns(self) -> Sequence[Column[StorageSummary]]:
        return (
            Column("default", "DEFAULT", self._mark, 15, 15),
            Column("name", "NAME", lambda row: Cell(row.name), 18, 44, grow=2),
            Column("for", "FOR", lambda row: Cell(words.uses(row), "muted"), 18, 18, rank=2),
            Column("health", "HEALTH", words.health_of, 16, 24, grow=1, rank=1),
            Column("place", "BUCKET AND PREFIX", _place, 24, 60, 3, 3, middle=True),
        )

    def key(self, row: StorageSummary) -> str:
        return row.id

    async def fetch(self, after: str | None) -> Chunk[StorageSummary]:
        api = await self.api()
        if after is None:
            self._show_chosen(await api.organization(self.organization_id))
        return chunk_of(
            await api.storage_backends(
                self.organization_id, first=FIRST, after=after, search=self.search or None
            )
        )

    def _show_chosen(self, organization: OrganizationDetails) -> None:
        self._organization = organization
        pairs: list[Pair] = [
            (
                "",
                Cell(
                    "New studies begin with these. Studies that exist already keep what they have.", "muted"
                ),
            )
        ]
        for title, present, chosen in (
            ("Documents", organization.default_document_storage, self._documents),
            ("Data files", organization.default_data_storage, self._data),
        ):
            if chosen is None or chosen.id == present.id:
                pairs.append((title, Cell(f"“{present.name}”", "strong")))
            else:
                pairs.append((title, Cell(f"“{chosen.name}”, not saved yet; now “{present.name}”", "warn")))
        self.query_one("#chosen", KeyValues).show(pairs)
        self.refresh_bindings()

    def _mark(self, row: StorageSummary) -> Cell:
        if self._organization is None:
            return Cell("")
        documents = self._documents or Chosen.of(self._organization.default_document_storage)
        data = self._data or Chosen.of(self._organization.default_data_storage)
        marks = [word for word, it in (("documents", documents), ("data", data)) if it.id == row.id]
        return Cell(", ".join(marks), "key")

    # Choosing

    @property
    def unsaved(self) -> bool:
        return bool(self._changes)

    @property
    def _changes(self) -> dict[str, str]:
        present = self._organization
        if present is None:
            return {}
        changes = {}
        if self._documents is not None and self._documents.id != present.default_document_storage.id:
            changes["default_document_storage"] = self._documents.id
        if self._data is not None and self._data.id != present.default_data_storage.id:
            changes["default_data_storage"] = self._data.id
        return changes

    def applies(self, action: Action) -> bool:
        if action is SAVE:
            return self.unsaved and not self.under_way("save")
        if action in (DEFAULT_FOR_DOCUMENTS, DEFAULT_FOR_DATA):
            return self.row is not None
        return super().applies(action)

    def action_default_for_documents(self) -> None:
        """Choose the storage under the cursor for documents."""
        row = self.row
        if row is None:
            return
        if "DOCUMENTS" not in [use.value for use in row.uses]:
            self.tell(f"“{row.name}” is for data only. Edit it and add documents first.", "warn")
            return
        self._documents = Chosen.of(row)
        self._chosen(row)

    def action_default_for_data(self) -> None:
        """Choose the storage under the cursor for data files."""
        if self.row is not None:
            self._data = Chosen.of(self.row)
            self._chosen(self.row)

    def _chosen(self, row: StorageSummary) -> None:
        if row.healthy is False:
            self.tell(
                f"! “{row.name}” is not healthy: new studies would begin with a storage that does not work.",
                "warn",
            )
        self.table.refresh()
        if self._organization is not None:
            self._show_chosen(self._organization)

    def action_save_changes(self) -> None:
        """Save both."""
        if self.unsaved and not self.under_way("save"):
            self._save()

    @request("save", repeats=False)
    async def _save(self) -> None:
        self.tell_of_saving()
        from dwtui.client.generated.input_types import UpdateOrganizationInput

        api = await self.api()
        present = self._organization
        assert present is not None
        try:
            await api.update_organization(
                present.id, UpdateOrganizationInput(expected_revision=present.revision, **self._changes)
            )
        except Conflict:
            self._show_chosen(await api.organization(self.organization_id))
            self.table.refresh()
            self.tell(
                "! Somebody else changed the organization meanwhile, so nothing was saved. Look, and save again.",
                "warn",
                stays=True,
            )
        except BadInput as error:
            self.tell(f"✗ {error.message}", "bad", stays=True)
        else:
            self._documents = self._data = None
            self.session.note_change()
            self.host.leave("The defaults are saved.")


def _place(row: StorageSummary) -> Cell:
    return Cell(words.s3_uri(row).removeprefix("s3://").rstrip("/"), "muted")
