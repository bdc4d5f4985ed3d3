"""Table of the activity. Rows are written once and never changed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dwtui.server.database.base import Base, Moment, words_of

SUBJECT_NAME_LENGTH = 200


class Outcome(StrEnum):
    """What became of an action."""

    SUCCEEDED = "SUCCEEDED"
    REFUSED = "REFUSED"
    FAILED = "FAILED"


class ActivityRow(Base):
    """Who did what, when, to what, with what outcome. Names are kept as they were then; subjects may be gone since."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_organization_id_number", "organization_id", "number"),
        Index("ix_activity_subject_id", "subject_id"),
    )

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(11), unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    study_id: Mapped[str | None] = mapped_column(String(11), index=True)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    actor_name: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[str | None] = mapped_column(String(11))
    subject_name: Mapped[str] = mapped_column(String(SUBJECT_NAME_LENGTH))
    outcome: Mapped[Outcome] = mapped_column(words_of(Outcome))
    summary: Mapped[str] = mapped_column(Text)
    request_id: Mapped[str | None] = mapped_column(String(64))
