"""Documents and versions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dwtui.amounts import counted, size_in_words
from screens.widgets import times
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import (
        DeletionDetails,
        DocumentDetails,
        DocumentSummary,
        VersionDetails,
    )
    from screens.widgets.key_values import Pair

    Document = DocumentSummary | DocumentDetails

FILE_TYPES = (
    ("OTH", "other"),
    ("CLN", "clinical"),
    ("SEQ", "sequencing"),
    ("FAM", "families"),
    ("DBG", "dbGaP"),
    ("S3S", "S3 objects"),
    ("GWO", "workflow"),
)
"""The contract's types of documents, and what they are called."""
_TYPES = dict(FILE_TYPES)
AT_HAND = "AT_HAND"


def type_of(document: Document) -> str:
    """What it is about."""
    return _TYPES.get(document.file_type.value, document.file_type.value)


def place_of(version: VersionDetails) -> Cell:
    """Whether it can be opened, and where it lies when not."""
    if version.place == AT_HAND:
        return Cell("✓ at hand", "good")
    if version.place == "STRANDED":
        return Cell(f"✗ stranded in {version.storage_name}", "bad")
    return Cell(f"✗ in deleted storage {version.storage_name}", "bad")


def place_of_document(document: Document) -> Cell:
    """Where its newest version lies, and whether older ones are stranded."""
    newest = document.latest
    older = document.stranded_count - (newest.place != AT_HAND)
    if newest.place == AT_HAND and older:
        return Cell(f"! {older:,} older stranded", "warn")
    return place_of(newest)


def uploaded(version: VersionDetails) -> str:
    """When it was uploaded, for a column."""
    return times.short(version.created_at)


def uploader(version: VersionDetails) -> str:
    """Who uploaded it."""
    return version.created_by.name if version.created_by else ""


def about(document: Document) -> list[Pair]:
    """What is said of a document as a whole."""
    pairs: list[Pair] = [
        ("name", Cell(document.name, "strong")),
        ("type", Cell(type_of(document))),
        ("about", Cell(document.description)),
        ("tags", Cell(", ".join(document.tags), "key")),
        ("versions", Cell(f"{document.version_count:,}, {size_in_words(document.bytes_)} in all")),
        ("id", Cell(document.id)),
    ]
    return [pair for pair in pairs if pair[1].text]


def facts(version: VersionDetails) -> list[Pair]:
    """All that is known of a version; first what keeps it from being opened."""
    pairs: list[Pair] = [
        ("file", Cell(version.file_name, "strong")),
        ("size", Cell(_exact_size(version.size))),
        ("uploaded", Cell(f"{times.exact(version.created_at)}{_by(version)}")),
        ("new in it", Cell(version.description)),
        ("place", place_of(version)),
        ("", Cell(version.obstacle or "", "warn")),
        ("lies in", Cell(version.storage_name)),
        ("key", Cell(version.key or "")),
        ("SHA-256", Cell(version.sha_256 or "never read", "plain" if version.sha_256 else "muted")),
        ("media type", Cell(version.content_type)),
        ("version id", Cell(version.id)),
    ]
    return [pair for pair in pairs if pair[1].text]


def deleted(outcome: DeletionDetails) -> tuple[str, bool]:
    """What became of it and its bytes; whether all of them are gone."""
    if not outcome.objects_left:
        return f"“{outcome.name}” is deleted, and its bytes with it.", True
    left = outcome.objects_left[0]
    stays = counted(len(outcome.objects_left), "object")
    return f"! “{outcome.name}” is deleted here, but {stays} stay in the bucket. {left.reason}", False


def _exact_size(number: int) -> str:
    return (
        counted(number, "byte") if number < 1000 else f"{size_in_words(number)} ({counted(number, 'byte')})"
    )


def _by(version: VersionDetails) -> str:
    return f" by {version.created_by.name}" if version.created_by else ""
