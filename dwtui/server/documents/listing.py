"""Finding and sorting the documents of a study, and the versions of a document."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, exists, false, func, not_, or_, select

from dwtui.server.database.paging import SortKey
from dwtui.server.database.search import checked_search, contains
from dwtui.server.documents.names import file_name_problem
from dwtui.server.documents.places import out_of_reach
from dwtui.server.documents.rows import DocumentRow, VersionRow
from dwtui.server.names import name_key
from dwtui.server.studies.rows import StudyRow

BY_NAME = (SortKey(DocumentRow.name_key), SortKey(DocumentRow.id))
ORDERS: Mapping[str, tuple[SortKey, ...]] = {
    "NAME": BY_NAME,
    "NEWEST": (SortKey(VersionRow.created_at, descending=True), *BY_NAME),
    "SIZE": (SortKey(VersionRow.size, descending=True), *BY_NAME),
}
"The sort keys of a `DocumentOrder`, of documents joined with their newest versions."
NEWEST_FIRST = (SortKey(VersionRow.number, descending=True), SortKey(VersionRow.id))


def documents_of(
    study_id: str, *, search: str | None = None, name: str | None = None, stranded: bool | None = None
) -> Select[DocumentRow]:
    """The documents of a study that match, joined with their newest versions."""
    statement = (
        select(DocumentRow)
        .join(VersionRow, VersionRow.id == DocumentRow.latest_id)
        .where(DocumentRow.study_id == study_id)
    )
    if part := checked_search(search):
        statement = statement.where(
            or_(
                contains(DocumentRow.name_key, name_key(part)),
                contains(DocumentRow.found_by, name_key(part)),
                contains(func.lower(DocumentRow.id), part.lower()),
            )
        )
    if name is not None:
        # What no document can be called is not asked for: databases refuse some of it.
        wanted = false() if file_name_problem(name) else DocumentRow.name_key == name_key(name)
        statement = statement.where(wanted)
    if stranded is not None:
        out = _has_stranded_versions()
        statement = statement.where(out if stranded else not_(out))
    return statement


def _has_stranded_versions() -> ColumnElement[bool]:
    versions = (
        select(VersionRow.id)
        .join(StudyRow, StudyRow.id == VersionRow.study_id)
        .where(VersionRow.document_id == DocumentRow.id, out_of_reach())
    )
    return exists(versions.correlate(DocumentRow))


def versions_of(document_id: str) -> Select[VersionRow]:
    """The versions of a document."""
    return select(VersionRow).where(VersionRow.document_id == document_id)
