"""Tables of studies, their members and their data storages."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dwtui.server.database.base import Base, Moment, words_of


class StudyRole(StrEnum):
    """The role somebody is given in a study."""

    ADMINISTRATOR = "ADMINISTRATOR"
    MEMBER = "MEMBER"


class StudyRow(Base):
    """A research study."""

    __tablename__ = "studies"
    __table_args__ = (
        UniqueConstraint("organization_id", "name_key"),
        UniqueConstraint("organization_id", "short_code_key"),
    )

    id: Mapped[str] = mapped_column(String(11), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200))
    short_code: Mapped[str | None] = mapped_column(String(32))
    short_code_key: Mapped[str | None] = mapped_column(String(32))
    external_id: Mapped[str | None] = mapped_column(String(64))
    document_storage_id: Mapped[str] = mapped_column(ForeignKey("storage_backends.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[int]


class StudyDataStorageRow(Base):
    """One of the storages in which a study's data files lie."""

    __tablename__ = "study_data_storages"

    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
    storage_id: Mapped[str] = mapped_column(ForeignKey("storage_backends.id"), primary_key=True, index=True)
    position: Mapped[int]


class StudyMemberRow(Base):
    """Somebody's role in a study."""

    __tablename__ = "study_members"

    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[StudyRole] = mapped_column(words_of(StudyRole))
