"""What the API shows of organizations and members: the contract's types, without their relations."""

from dataclasses import dataclass
from datetime import datetime

from dwtui.server.accounts.nodes import UserNode
from dwtui.server.accounts.permissions import Permission, Role, Standing
from dwtui.server.organizations.rows import OrganizationRole, OrganizationRow


@dataclass(frozen=True)
class OrganizationNode:
    """`Organization`."""

    id: str
    name: str
    created_at: datetime
    revision: int
    role: Role | None
    viewer_may: list[Permission]
    standing: Standing
    default_document_storage_id: str | None
    default_data_storage_id: str | None

    @classmethod
    def of(cls, row: OrganizationRow, standing: Standing) -> "OrganizationNode":
        """The organization as the viewer sees it."""
        return cls(
            id=row.id,
            name=row.name,
            created_at=row.created_at,
            revision=row.revision,
            role=standing.role,
            viewer_may=sorted(standing.in_organization()),
            standing=standing,
            default_document_storage_id=row.default_document_storage_id,
            default_data_storage_id=row.default_data_storage_id,
        )


@dataclass(frozen=True)
class MemberNode:
    """`Member`."""

    user: UserNode
    organization_role: OrganizationRole
    role: Role
    since: datetime


@dataclass(frozen=True)
class BlankKeyLocationNode:
    """`BlankKeyLocation`."""

    bucket: str
    prefix: str
