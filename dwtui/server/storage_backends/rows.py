"""Table of storages. What the last verification found is kept with each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from dwtui.server.database.base import Base, Moment


class StorageBackendRow(Base):
    """A storage.

    `sealed_keys` is the encrypted key pair (null: blank keys), bound to organization and storage id.
    `location_key` tells buckets of different endpoints apart and is what overlaps are looked up by.
    """

    __tablename__ = "storage_backends"
    __table_args__ = (
        UniqueConstraint("organization_id", "name_key"),
        Index("ix_storage_backends_location_key", "location_key"),
    )

    id: Mapped[str] = mapped_column(String(11), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100))
    bucket: Mapped[str] = mapped_column(String(63))
    prefix: Mapped[str] = mapped_column(String(512))
    endpoint_url: Mapped[str | None] = mapped_column(String(512))
    location_key: Mapped[str] = mapped_column(String(600))
    path_style: Mapped[bool | None]
    given_region: Mapped[str | None] = mapped_column(String(64))
    for_documents: Mapped[bool]
    for_data: Mapped[bool]
    is_default: Mapped[bool]

    sealed_keys: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    blank_keys: Mapped[bool]
    access_key_ending: Mapped[str | None] = mapped_column(String(4))
    keys_changed_at: Mapped[datetime | None] = mapped_column(Moment)

    healthy: Mapped[bool | None]
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    obstacle: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    report: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON))
    arn: Mapped[str | None] = mapped_column(Text)
    account_id: Mapped[str | None] = mapped_column(String(12))
    account_alias: Mapped[str | None] = mapped_column(String(64))
    user_name: Mapped[str | None] = mapped_column(String(128))
    region: Mapped[str | None] = mapped_column(String(64))
    bucket_owner: Mapped[str | None] = mapped_column(String(12))
    key_created_at: Mapped[datetime | None] = mapped_column(Moment)

    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    revision: Mapped[int]
