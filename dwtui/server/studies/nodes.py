"""What the API shows of studies: the contract's types, without their relations."""

from dataclasses import dataclass
from datetime import datetime

from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Permission, Standing
from dwtui.server.studies.rows import StudyRole, StudyRow


@dataclass(frozen=True)
class StudyNode:
    """`Study`."""

    id: str
    name: str
    short_code: str | None
    external_id: str | None
    created_at: datetime
    revision: int
    viewer_may: list[Permission]
    organization_id: str
    document_storage_id: str
    standing: Standing

    @classmethod
    def of(cls, row: StudyRow, standing: Standing) -> "StudyNode":
        """The study as the viewer sees it."""
        return cls(
            id=row.id,
            name=row.name,
            short_code=row.short_code,
            external_id=row.external_id,
            created_at=row.created_at,
            revision=row.revision,
            viewer_may=sorted(standing.in_study(row.id)),
            organization_id=row.organization_id,
            document_storage_id=row.document_storage_id,
            standing=standing,
        )


@dataclass(frozen=True)
class StudyMemberNode:
    """`StudyMember`."""

    user: UserNode
    role: StudyRole
