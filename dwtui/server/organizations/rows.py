"""Tables of organizations, their members and the places they may use with blank keys."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from dwtui.server.database.base import Base, Moment, words_of


class OrganizationRole(StrEnum):
    """The role a member is given in an organization."""

    ADMINISTRATOR = "ADMINISTRATOR"
    SUPPORT = "SUPPORT"
    MEMBER = "MEMBER"


class OrganizationRow(Base):
    """An organization. A default that is null is its default storage."""

    __tablename__ = "organizations"

    id: Mapped[str] = mapped_column(String(11), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[int]
    default_document_storage_id: Mapped[str | None] = mapped_column(
        ForeignKey("storage_backends.id", use_alter=True, name="fk_organizations_default_document_storage_id")
    )
    default_data_storage_id: Mapped[str | None] = mapped_column(
        ForeignKey("storage_backends.id", use_alter=True, name="fk_organizations_default_data_storage_id")
    )


class MemberRow(Base):
    """A user's membership in an organization."""

    __tablename__ = "members"

    organization_id: Mapped[str] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[OrganizationRole] = mapped_column(words_of(OrganizationRole))
    since: Mapped[datetime] = mapped_column(Moment)


class BlankKeyLocationRow(Base):
    """A place that the operator lets an organization use with the application's own identity."""

    __tablename__ = "blank_key_locations"

    organization_id: Mapped[str] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    bucket: Mapped[str] = mapped_column(String(63), primary_key=True)
    prefix: Mapped[str] = mapped_column(String(512), primary_key=True)
