"""Studies as a table, on their own page and on that of a storage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from screens.studies import words
from screens.widgets.table import Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StudySummary


def data_storages(study: StudySummary) -> Cell:
    """The storages in which its data files lie."""
    if not study.data_storage:
        return Cell("none", "warn")
    return Cell(", ".join(storage.name for storage in study.data_storage), "muted")


def study_columns(
    marked: Callable[[StudySummary], bool] | None = None, documents: bool = True
) -> Sequence[Column[StudySummary]]:
    """The columns; with those of marks and of documents where they are wanted."""
    columns: list[Column[StudySummary]] = []
    if marked is not None:
        columns.append(Column("mark", "", lambda row: Cell("●" if marked(row) else "", "key"), 1, 1))
    columns.append(Column("name", "NAME", lambda row: Cell(row.name), 22, 60, grow=3))
    columns.append(
        Column("code", "CODE", lambda row: Cell(row.short_code or "", "key"), 8, 12, grow=1, rank=2)
    )
    if documents:
        columns += [
            Column("stranded", "STRANDED", words.stranded_of, 8, 8, rank=3, right=True),
            Column("count", "DOCS", words.documents_of, 5, 6, rank=4, right=True),
        ]
    columns += [
        Column("health", "HEALTH", words.health_of, 18, 24, grow=1, rank=1),
        Column(
            "documents", "DOCUMENTS IN", lambda row: Cell(row.document_storage.name), 16, 40, grow=2, rank=5
        ),
        Column("data", "DATA IN", data_storages, 16, 60, grow=2, rank=6),
        Column("external", "EXTERNAL ID", lambda row: Cell(row.external_id or "", "muted"), 11, 16, rank=7),
        Column("id", "ID", lambda row: Cell(row.id, "muted"), 11, 11, rank=8),
    ]
    return columns


def study_table() -> Table[StudySummary]:
    """A table of studies."""
    return Table(study_columns(), lambda row: row.id, id="studies", empty=(Cell("No study uses it."),))
