"""The storages a study uses, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from screens.studies import words
from screens.widgets import times
from screens.widgets.table import Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageInUse, StudyDetails


class Used(NamedTuple):
    """For what a storage is used, and which."""

    what: str
    storage: StorageInUse


def used_by(study: StudyDetails) -> list[Used]:
    """That for documents, then those for data files."""
    return [Used("documents", study.document_storage), *(Used("data", it) for it in study.data_storage)]


def storages_table() -> Table[Used]:
    """A table of them."""
    columns: Sequence[Column[Used]] = (
        Column("for", "KEEPS", lambda row: Cell(row.what), 10, 10),
        Column("name", "IN STORAGE", lambda row: Cell(row.storage.name, "strong"), 20, 60, grow=2),
        Column("health", "HEALTH", lambda row: words.storage_health(row.storage), 18, 34, grow=1, rank=1),
        Column("verified", "VERIFIED", lambda row: Cell(_verified(row.storage), "muted"), 10, 10, rank=3),
        Column(
            "bucket", "BUCKET", lambda row: Cell(row.storage.bucket or "", "muted"), 16, 60, 1, 4, middle=True
        ),
        Column("id", "ID", lambda row: Cell(row.storage.id, "muted"), 11, 11, rank=5),
    )
    return Table(columns, key=lambda row: f"{row.what} {row.storage.id}", id="used")


def _verified(storage: StorageInUse) -> str:
    return times.age(storage.verified_at) if storage.bucket is not None else ""
