"""Tables of documents, their versions, objects that no version accounts for, deleted storages, and signed URLs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dwtui.server.database.base import Base, Moment, words_of

NAME_LENGTH = 255
NAME_KEY_LENGTH = 3 * NAME_LENGTH
"""Comparing regardless of case can make three characters of one."""
KEY_LENGTH = 1024


class FileType(StrEnum):
    """What a document is about, as in the contract."""

    OTH = "OTH"
    DBG = "DBG"
    CLN = "CLN"
    SEQ = "SEQ"
    FAM = "FAM"
    S3S = "S3S"
    GWO = "GWO"


class DocumentRow(Base):
    """A document. `found_by` is what a search looks through: description and tags as `name_key` makes them."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("study_id", "name_key"),)

    id: Mapped[str] = mapped_column(String(11), primary_key=True)
    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_key: Mapped[str] = mapped_column(String(NAME_KEY_LENGTH))
    description: Mapped[str] = mapped_column(Text)
    file_type: Mapped[FileType] = mapped_column(words_of(FileType))
    tags: Mapped[list[str]] = mapped_column(JSON)
    found_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    revision: Mapped[int]
    latest_id: Mapped[str] = mapped_column(
        ForeignKey("versions.id", use_alter=True, name="fk_documents_latest_id"), unique=True
    )


class VersionRow(Base):
    """A version of a document; `document_id` is null until it was made one, `number` counts a document's versions.

    `storage_id` names a storage or, when that was deleted, what is left of it in `departed_storages`: no foreign key
    can say so. `key` is relative to the storage's prefix. `etag` is what S3 called the bytes, if it did.
    """

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index("ix_versions_study_id_storage_id", "study_id", "storage_id"),
    )

    id: Mapped[str] = mapped_column(String(11), primary_key=True)
    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    description: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    content_type: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    storage_id: Mapped[str] = mapped_column(String(11), index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    etag: Mapped[str | None] = mapped_column(String(128))


class PendingObjectRow(Base):
    """An object that may lie in a bucket without a version that accounts for it: on its way in, or on its way out.

    `id` is that of the version it is to be, or was. Once it is `due`, it is removed from the bucket, and then this row.
    An upload under way puts that off; one that is `abandoned` can not be finished any more. No foreign keys: the row
    outlives what it was for.
    """

    __tablename__ = "pending_objects"

    id: Mapped[str] = mapped_column(String(11), primary_key=True)
    storage_id: Mapped[str] = mapped_column(String(11))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    upload_id: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)
    abandoned: Mapped[bool]


class DepartedStorageRow(Base):
    """What is left of a deleted storage in which versions lie, so that they can still say where. It holds no keys."""

    __tablename__ = "departed_storages"

    id: Mapped[str] = mapped_column(String(11), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    bucket: Mapped[str] = mapped_column(String(63))
    prefix: Mapped[str] = mapped_column(String(512))
    endpoint_url: Mapped[str | None] = mapped_column(String(512))
    location_key: Mapped[str] = mapped_column(String(600), index=True)
    deleted_at: Mapped[datetime] = mapped_column(Moment)


class SignedUrlRow(Base):
    """A signed URL that was not used yet: only the hash of its secret is kept. It does not outlive the token of the one
    who made it."""

    __tablename__ = "signed_urls"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    token_id: Mapped[str] = mapped_column(ForeignKey("tokens.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(Moment)
