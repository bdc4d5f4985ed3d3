"""What may be wrong with a study, as a condition on studies."""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, true

from dwtui.server.accounts.permissions import Permission, Standing
from dwtui.server.documents.rows import VersionRow
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyDataStorageRow, StudyRow


class StudyProblem(StrEnum):
    """What may be wrong with a study, as in the contract."""

    STRANDED_DOCUMENTS = "STRANDED_DOCUMENTS"
    UNHEALTHY_STORAGE = "UNHEALTHY_STORAGE"
    NO_DATA_STORAGE = "NO_DATA_STORAGE"


def has_problem(problem: StudyProblem, standing: Standing) -> ColumnElement[bool]:
    """Whether a study has the problem; of documents that the viewer may not know of, nothing is told."""
    if problem is StudyProblem.STRANDED_DOCUMENTS:
        return and_(_has_stranded_documents(), _documents_listed_by(standing))
    if problem is StudyProblem.UNHEALTHY_STORAGE:
        return _uses_unhealthy_storage()
    return not_(exists().where(StudyDataStorageRow.study_id == StudyRow.id))


def _has_stranded_documents() -> ColumnElement[bool]:
    """Asked as two ranges, which an index finds at once, where “is another one” would read every version."""
    lies, looked_for = VersionRow.storage_id, StudyRow.document_storage_id
    return or_(
        *(
            exists().where(VersionRow.study_id == StudyRow.id, VersionRow.document_id.is_not(None), elsewhere)
            for elsewhere in (lies < looked_for, lies > looked_for)
        )
    )


def _documents_listed_by(standing: Standing) -> ColumnElement[bool]:
    if standing.may(Permission.LIST_OBJECTS):
        return true()
    return StudyRow.id.in_([study for study in standing.study_roles if standing.lists_documents(study)])


def _uses_unhealthy_storage() -> ColumnElement[bool]:
    data = select(StudyDataStorageRow.storage_id).where(StudyDataStorageRow.study_id == StudyRow.id)
    used = or_(StorageBackendRow.id == StudyRow.document_storage_id, StorageBackendRow.id.in_(data))
    return exists(
        select(StorageBackendRow.id).where(StorageBackendRow.healthy.is_(False), used).correlate(StudyRow)
    )
