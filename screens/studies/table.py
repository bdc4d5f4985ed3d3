"""Studies as a table, on their own page and on that of a storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.widgets.table import Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StudySummary


def data_storages(study: StudySummary) -> str:
    """The storages in which its data files lie."""
    return ", ".join(storage.name for storage in study.data_storage)


def study_columns() -> Sequence[Column[StudySummary]]:
    """The columns."""
    return (
        Column("name", "NAME", lambda row: Cell(row.name), 24, 60, grow=3),
        Column("code", "CODE", lambda row: Cell(row.short_code or "", "key"), 8, 12, grow=1, rank=1),
        Column(
            "documents", "DOCUMENTS IN", lambda row: Cell(row.document_storage.name), 16, 40, grow=2, rank=2
        ),
        Column("data", "DATA IN", lambda row: Cell(data_storages(row), "muted"), 16, 60, grow=2, rank=3),
        Column("external", "EXTERNAL ID", lambda row: Cell(row.external_id or "", "muted"), 11, 16, rank=4),
        Column("id", "ID", lambda row: Cell(row.id, "muted"), 11, 11, rank=5),
    )


def study_table() -> Table[StudySummary]:
    """A table of studies."""
    return Table(study_columns(), lambda row: row.id, id="studies", empty=(Cell("No study uses it."),))
