"""The panel beside the list of storages, on a wide terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from screens.storages import beside
from screens.widgets.key_values import KeyValues
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails, StorageSummary


class BesidePanel(VerticalScroll, can_focus=False):
    """What is known of the storage under the cursor: at once what the list knows, then what the API adds."""

    def __init__(self) -> None:
        self._facts = KeyValues()
        super().__init__(self._facts, id="beside")
        self.shown: str | None = None
        """The id of the storage it is about."""

    def show(self, row: StorageSummary | None) -> None:
        """Show what the list knows of it."""
        self.shown = row.id if row is not None else None
        self._facts.show(beside.summary(row) if row is not None else [])

    def add(self, storage: StorageDetails) -> None:
        """Show all of it."""
        trouble = beside.trouble(storage)
        gap = [("", Cell(" "))] if trouble else []
        self._facts.show([*beside.summary(storage), *beside.identity(storage), *gap, *trouble])
