"""Documents and versions in words for people."""

from typing import TYPE_CHECKING, Literal, get_args

from dwtui.amounts import counted, size_in_words
from dwtui.cli import words
from dwtui.cli.printing import Cell, Column, Styled, print_facts, print_table, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dwtui.client.generated.enums import FileType
    from dwtui.client.generated.fragments import DocumentDetails, DocumentSummary, VersionDetails

TypeName = Literal["other", "clinical", "sequencing", "families", "dbgap", "s3-objects", "workflow"]
_CODES = dict(zip(get_args(TypeName), ("OTH", "CLN", "SEQ", "FAM", "DBG", "S3S", "GWO"), strict=True))
_NAMES = {code: name for name, code in _CODES.items()}

COLUMNS = (
    Column("NAME"),
    Column("TYPE", drop=5),
    Column("VERSIONS", drop=4, right=True),
    Column("SIZE", drop=2, right=True),
    Column("UPLOADED", drop=3),
    Column("BY", drop=6),
    Column("PLACE", drop=1),
    Column("ID"),
)
_VERSIONS = (
    Column("VERSION"),
    Column("FILE", drop=4),
    Column("SIZE", drop=2, right=True),
    Column("UPLOADED", drop=1),
    Column("BY", drop=3),
    Column("NEW IN IT", drop=6),
    Column("PLACE"),
    Column("SHA-256", drop=5),
)


def type_of(name: TypeName | None) -> "FileType | None":
    """The contract's type for what it is called here."""
    from dwtui.client.generated.enums import FileType

    return FileType(_CODES[name]) if name else None


def row(document: "DocumentSummary") -> list[Cell]:
    """A document in a table of `COLUMNS`."""
    newest = document.latest
    return [
        document.name,
        _NAMES.get(document.file_type.value, document.file_type.value),
        f"{document.version_count:,}",
        size_in_words(newest.size),
        words.moment(newest.created_at),
        newest.created_by.name if newest.created_by else None,
        _place_of_document(document),
        document.id,
    ]


def place(version: "VersionDetails") -> Styled:
    """Whether a version can be opened, and where it lies when not."""
    if version.place.value == "AT_HAND":
        return Styled("✓ at hand", "green")
    if version.place.value == "STRANDED":
        return Styled(f"✗ stranded in {version.storage_name}", "red")
    return Styled(f"✗ in the deleted storage {version.storage_name}", "red")


def print_document(
    document: "DocumentSummary | DocumentDetails", versions: "Sequence[VersionDetails]"
) -> None:
    """All that is known of a document and its versions."""
    amount = f"{counted(document.version_count, 'version')}, {size_in_words(document.bytes_)} in all"
    newest = document.latest
    print_facts(
        (
            ("Name", document.name),
            ("Id", document.id),
            ("Type", _NAMES.get(document.file_type.value, document.file_type.value)),
            ("About", document.description or None),
            ("Tags", ", ".join(document.tags) or None),
            ("Versions", amount),
            ("Newest", f"{newest.id}, {size_in_words(newest.size)}, {words.moment(newest.created_at)}"),
            ("Media type", newest.content_type),
            ("SHA-256", newest.sha_256 or "never computed"),
            ("Lies in", newest.storage_name),
            ("Key", newest.s_3_uri),
            ("Place", place(newest)),
        )
    )
    if newest.obstacle:
        say(Styled(newest.obstacle, "yellow"))
    if versions:
        say()
        print_table(_VERSIONS, [_version_row(one) for one in versions], "")


def _version_row(version: "VersionDetails") -> list[Cell]:
    return [
        version.id,
        version.file_name,
        size_in_words(version.size),
        words.moment(version.created_at),
        version.created_by.name if version.created_by else None,
        version.description or None,
        place(version),
        version.sha_256,
    ]


def _place_of_document(document: "DocumentSummary") -> Styled:
    newest = document.latest
    older = document.stranded_count - (newest.place.value != "AT_HAND")
    if newest.place.value == "AT_HAND" and older:
        return Styled(f"! {counted(older, 'older version')} stranded", "yellow")
    return place(newest)
