"""What the API shows of documents and versions: the contract's types, without their relations."""

from dataclasses import dataclass
from datetime import datetime

from dwtui.server.accounts.permissions import Permission, Standing
from dwtui.server.documents.rows import DocumentRow, FileType, VersionRow

ABOUT_DOCUMENTS = frozenset(
    {Permission.UPLOAD_DOCUMENTS, Permission.DELETE_DOCUMENTS, Permission.READ_OBJECTS}
)


@dataclass(frozen=True)
class DocumentNode:
    """`Document`."""

    id: str
    name: str
    description: str
    file_type: FileType
    tags: list[str]
    created_at: datetime
    revision: int
    viewer_may: list[Permission]
    study_id: str
    created_by_id: str | None
    latest_id: str
    standing: Standing

    @classmethod
    def of(cls, row: DocumentRow, standing: Standing) -> "DocumentNode":
        """The document as the viewer sees it."""
        return cls(
            id=row.id,
            name=row.name,
            description=row.description,
            file_type=row.file_type,
            tags=row.tags,
            created_at=row.created_at,
            revision=row.revision,
            viewer_may=sorted(standing.in_study(row.study_id) & ABOUT_DOCUMENTS),
            study_id=row.study_id,
            created_by_id=row.created_by_id,
            latest_id=row.latest_id,
            standing=standing,
        )


@dataclass(frozen=True)
class VersionNode:
    """`Version`. `relative_key` is the key below the storage's prefix."""

    id: str
    file_name: str
    description: str
    size: int
    sha256: str | None
    content_type: str
    created_at: datetime
    study_id: str
    document_id: str | None
    created_by_id: str | None
    storage_id: str
    relative_key: str
    standing: Standing

    @classmethod
    def of(cls, row: VersionRow, standing: Standing) -> "VersionNode":
        """The version as the viewer sees it."""
        return cls(
            id=row.id,
            file_name=row.file_name,
            description=row.description,
            size=row.size,
            sha256=row.sha256,
            content_type=row.content_type,
            created_at=row.created_at,
            study_id=row.study_id,
            document_id=row.document_id,
            created_by_id=row.created_by_id,
            storage_id=row.storage_id,
            relative_key=row.key,
            standing=standing,
        )
