"""What the API shows of storages: the contract's types, without their relations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dwtui.server.accounts.permissions import Permission, Role, Standing
from dwtui.server.storage_backends.places import Overlap, OverlapRelation
from dwtui.server.storage_backends.rows import StorageBackendRow


@dataclass(frozen=True)
class StorageBackendNode:
    """`StorageBackend`. To those without SEE_STORAGES everything but id and name is left out."""

    id: str
    name: str
    is_default: bool
    revision: int
    organization_id: str
    standing: Standing
    seen: bool
    created_by_id: str | None
    uses: list[str]
    bucket: str | None = None
    prefix: str | None = None
    access_key: str | None = None
    secret_key: None = None
    arn: str | None = None
    account_id: str | None = None
    account_alias: str | None = None
    user: str | None = None
    healthy: bool | None = None
    verified_at: datetime | None = None
    obstacle: dict[str, Any] | None = None
    identity: str | None = None
    endpoint_url: str | None = None
    region: str | None = None
    path_style: bool | None = None
    keys_changed_at: datetime | None = None
    key_created_at: datetime | None = None
    created_at: datetime | None = None

    @classmethod
    def of(cls, row: StorageBackendRow, standing: Standing) -> "StorageBackendNode":
        """The storage as the viewer sees it."""
        if not standing.may(Permission.SEE_STORAGES):
            return cls(
                row.id, row.name, row.is_default, row.revision, row.organization_id, standing, False, None, []
            )
        return cls(
            id=row.id,
            name=row.name,
            is_default=row.is_default,
            revision=row.revision,
            organization_id=row.organization_id,
            standing=standing,
            seen=True,
            created_by_id=row.created_by_id,
            uses=[use for use, meant in (("DOCUMENTS", row.for_documents), ("DATA", row.for_data)) if meant],
            bucket=row.bucket,
            prefix=row.prefix,
            access_key=_ending(row) if standing.role is Role.ADMINISTRATOR else None,
            arn=row.arn,
            account_id=row.account_id,
            account_alias=row.account_alias,
            user=row.user_name,
            healthy=row.healthy,
            verified_at=row.verified_at,
            obstacle=row.obstacle,
            identity="BLANK" if row.blank_keys else "KEY_PAIR",
            endpoint_url=row.endpoint_url,
            region=row.region,
            path_style=row.endpoint_url is not None if row.path_style is None else row.path_style,
            keys_changed_at=row.keys_changed_at,
            key_created_at=row.key_created_at,
            created_at=row.created_at,
        )


@dataclass(frozen=True)
class OverlapNode:
    """`StorageOverlap`."""

    relation: OverlapRelation
    storage_backend: StorageBackendNode | None
    refused: bool
    message: str

    @classmethod
    def of(cls, overlap: Overlap, standing: Standing) -> "OverlapNode":
        """The overlap as the viewer sees it."""
        storage = StorageBackendNode.of(overlap.storage, standing) if overlap.storage else None
        return cls(overlap.relation, storage, overlap.refused, overlap.message)


def _ending(row: StorageBackendRow) -> str | None:
    return f"…{row.access_key_ending}" if row.access_key_ending else None
