"""Documents and versions as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dwtui.amounts import size_in_words
from screens.documents import words
from screens.widgets.table import Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DocumentSummary, VersionDetails


def document_columns() -> Sequence[Column[DocumentSummary]]:
    """The columns of documents."""
    return (
        Column("name", "NAME", lambda row: Cell(row.name), 22, 70, grow=4, middle=True),
        Column("type", "TYPE", lambda row: Cell(words.type_of(row), "muted"), 10, 10, rank=3),
        Column("versions", "VERS", lambda row: Cell(f"{row.version_count:,}"), 4, 5, rank=4, right=True),
        Column("size", "SIZE", lambda row: Cell(size_in_words(row.latest.size)), 8, 8, rank=1, right=True),
        Column("uploaded", "UPLOADED", lambda row: Cell(words.uploaded(row.latest), "muted"), 12, 12, rank=5),
        Column("by", "BY", lambda row: Cell(words.uploader(row.latest), "muted"), 12, 24, grow=1, rank=6),
        Column("place", "PLACE", words.place_of_document, 18, 44, grow=3, rank=2),
        Column("tags", "TAGS", lambda row: Cell(", ".join(row.tags), "key"), 14, 30, grow=1, rank=7),
        Column("id", "ID", lambda row: Cell(row.id, "muted"), 11, 11, rank=8),
    )


def version_table() -> Table[VersionDetails]:
    """A table of versions, newest first."""
    columns: list[Column[VersionDetails]] = [
        Column("uploaded", "UPLOADED", lambda row: Cell(words.uploaded(row)), 12, 12),
        Column("by", "BY", lambda row: Cell(words.uploader(row), "muted"), 10, 24, grow=1, rank=3),
        Column("size", "SIZE", lambda row: Cell(size_in_words(row.size)), 8, 8, rank=1, right=True),
        Column("place", "PLACE", words.place_of, 12, 40, grow=2, rank=2),
        Column("said", "NEW IN IT", lambda row: Cell(row.description, "muted"), 12, 60, grow=3, rank=4),
        Column("file", "FILE", lambda row: Cell(row.file_name, "muted"), 16, 60, grow=2, rank=5, middle=True),
        Column("id", "ID", lambda row: Cell(row.id, "muted"), 11, 11, rank=6),
    ]
    return Table(columns, lambda row: row.id, id="versions", opens=False)
