"""Where the bytes of versions lie, as their studies see it: at hand, stranded, or detached; and that in words."""

from enum import StrEnum

from sqlalchemy import ColumnElement

from dwtui.server.documents.rows import DepartedStorageRow, VersionRow
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyRow

WHO = "An organization administrator or an administrator of the study can do that."


class VersionPlace(StrEnum):
    """Where the bytes of a version lie, as in the contract."""

    AT_HAND = "AT_HAND"
    STRANDED = "STRANDED"
    DETACHED = "DETACHED"


def place_of(storage_id: str, document_storage_id: str, *, attached: bool) -> VersionPlace:
    """The place of a version in a storage, seen by a study with that document storage."""
    if storage_id == document_storage_id:
        return VersionPlace.AT_HAND
    return VersionPlace.STRANDED if attached else VersionPlace.DETACHED


def out_of_reach() -> ColumnElement[bool]:
    """Whether a version can not be opened, in a statement that joins versions with their studies."""
    return VersionRow.storage_id != StudyRow.document_storage_id


def stranded_words(storage_name: str) -> str:
    """Why a version can not be opened while its storage is not the study's."""
    return (
        f"It lies in “{storage_name}”, which is not the study's document storage now. It opens again once the study "
        f"keeps its documents in “{storage_name}”, or once it was moved to the present one. {WHO}"
    )


def departed_words(departed: DepartedStorageRow | None, *, with_place: bool) -> str:
    """Why a version can not be opened whose storage was deleted."""
    if departed is None:
        return "It lies in a storage that is no longer attached. An organization administrator can attach it again."
    where = f" ({uri_of(departed)})" if with_place else ""
    return (
        f"It lies in “{departed.name}”{where}, which was deleted on {departed.deleted_at:%Y-%m-%d}. It opens again "
        "once a storage with the same bucket and prefix is attached and the study keeps its documents there. "
        "An organization administrator can do that."
    )


def uri_of(place: StorageBackendRow | DepartedStorageRow, key: str = "") -> str:
    """`s3://bucket/prefix/key` of a key relative to a storage's prefix."""
    return f"s3://{place.bucket}/{whole_key(place, key)}"


def whole_key(place: StorageBackendRow | DepartedStorageRow, key: str) -> str:
    """A key relative to a storage's prefix, with the prefix."""
    return f"{place.prefix}/{key}" if place.prefix else key
