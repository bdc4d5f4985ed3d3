"""What a change of a study's document storage would do: asked and read before anything is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.permissions import Permission, Standing, not_found
from dwtui.server.context import RequestContext
from dwtui.server.database.paging import SortKey
from dwtui.server.documents.counting import in_words
from dwtui.server.documents.effects import Effect, effects_of
from dwtui.server.documents.readiness import Readiness, readiness_of
from dwtui.server.documents.rows import DocumentRow, VersionRow
from dwtui.server.errors import BadInputError
from dwtui.server.ids import shown_id
from dwtui.server.organizations.rules import default_storage_of
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyRow

MOST_CHANGES = 500


class VersionFate(StrEnum):
    """What a change does to a version, as in the contract; those that need a decision come first."""

    BECOMES_STRANDED = "BECOMES_STRANDED"
    COMES_BACK = "COMES_BACK"
    STAYS_STRANDED = "STAYS_STRANDED"
    STAYS_AT_HAND = "STAYS_AT_HAND"


@dataclass(frozen=True)
class Change:
    """A change of a study's document storage that the viewer may make."""

    study: StudyRow
    standing: Standing
    present: StorageBackendRow
    proposed: StorageBackendRow

    @property
    def is_none(self) -> bool:
        """Whether the study has that document storage already."""
        return self.present.id == self.proposed.id


@dataclass(frozen=True)
class Preview:
    """A change, and what it would do."""

    change: Change
    effect: Effect
    readiness: Readiness

    @property
    def verified_at(self) -> datetime | None:
        """When the proposed storage was last verified."""
        return self.change.proposed.verified_at

    @property
    def summary(self) -> str:
        """The whole change in words."""
        return " ".join(_sentences(self.change, self.effect, self.readiness))


async def previews_of(context: RequestContext, wanted: Sequence[tuple[str, str]]) -> list[Preview]:
    """The previews of changes, given as study id and storage id, in that order; three statements for all of them.

    Raises BadInputError (`changes`, `documentBucket`), NotFoundError, ForbiddenError without CHANGE_STUDY_STORAGES.
    """
    if len(wanted) > MOST_CHANGES:
        raise BadInputError("changes", f"At most {MOST_CHANGES} changes can be looked at in one go.")
    async with context.database.read() as session:
        changes = await _changes_of(context, session, wanted)
        effects = await effects_of(session, list(dict.fromkeys(wanted)))
    return [
        Preview(change, effects[change.study.id, change.proposed.id], readiness_of(change.proposed))
        for change in changes
    ]


async def _changes_of(
    context: RequestContext, session: AsyncSession, wanted: Sequence[tuple[str, str]]
) -> list[Change]:
    found = await session.scalars(select(StudyRow).where(StudyRow.id.in_({study for study, _ in wanted})))
    studies = {row.id: row for row in found}
    named = {storage for _, storage in wanted} | {row.document_storage_id for row in studies.values()}
    found_storages = await session.scalars(select(StorageBackendRow).where(StorageBackendRow.id.in_(named)))
    storages = {row.id: row for row in found_storages}
    changes = []
    for study_id, storage_id in wanted:
        study = studies.get(study_id)
        if study is None:
            raise not_found(study_id)
        standing = await context.standing(study.organization_id)
        standing.require_in_study(Permission.CHANGE_STUDY_STORAGES, study_id)
        proposed = storages.get(storage_id)
        if proposed is None or proposed.organization_id != study.organization_id:
            raise BadInputError(
                "documentBucket",
                f"There is no {shown_id(storage_id)} among the storages of this organization.",
            )
        present = storages.get(study.document_storage_id)
        if present is None:  # deleted since the study was read: documents fall back to the default storage
            present = await default_storage_of(session, study.organization_id)
        changes.append(Change(study, standing, present, proposed))
    return changes


def _sentences(change: Change, effect: Effect, readiness: Readiness) -> list[str]:
    if change.is_none:
        told = [
            f"“{change.study.name}” keeps its documents in “{change.proposed.name}” already: nothing changes."
        ]
    else:
        told = [
            f"New documents of “{change.study.name}” go to “{change.proposed.name}”.",
            *_fates(change, effect),
        ]
    if readiness.obstacle:
        told.append(readiness.obstacle)
    return told


def _fates(change: Change, effect: Effect) -> list[str]:
    told = []
    if effect.stranded.documents:
        stay, they = _verbs(effect.stranded.documents, "stay", "stays")
        told.append(
            f"{in_words(effect.stranded)} {stay} in “{change.present.name}” and cannot be opened until {they} "
            "moved or this is undone."
        )
    if effect.coming_back.documents:
        lie, _ = _verbs(effect.coming_back.documents, "lie", "lies")
        told.append(
            f"{in_words(effect.coming_back)} {lie} in “{change.proposed.name}” and can be opened again."
        )
    if effect.still_stranded.documents:
        lie, _ = _verbs(effect.still_stranded.documents, "lie", "lies")
        told.append(f"{in_words(effect.still_stranded)} {lie} elsewhere and cannot be opened either way.")
    return told or ["No document is affected."]


def _verbs(count: int, many: str, one: str) -> tuple[str, str]:
    return (one, "it is") if count == 1 else (many, "they are")


def versions_with_fate(change: Change, fate: VersionFate | None) -> Select[VersionRow]:
    """The versions of the study's documents, joined with their documents; `fate` keeps those of that fate."""
    statement = (
        select(VersionRow)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(VersionRow.study_id == change.study.id)
    )
    return statement if fate is None else statement.where(_fates_in_sql(change)[fate])


def fate_of(change: Change, storage_id: str) -> VersionFate:
    """What the change does to a version in that storage."""
    before, after = storage_id == change.present.id, storage_id == change.proposed.id
    if before:
        return VersionFate.STAYS_AT_HAND if after else VersionFate.BECOMES_STRANDED
    return VersionFate.COMES_BACK if after else VersionFate.STAYS_STRANDED


def _fates_in_sql(change: Change) -> dict[VersionFate, ColumnElement[bool]]:
    before = VersionRow.storage_id == change.present.id
    after = VersionRow.storage_id == change.proposed.id
    return {
        VersionFate.BECOMES_STRANDED: and_(before, ~after),
        VersionFate.COMES_BACK: and_(~before, after),
        VersionFate.STAYS_STRANDED: and_(~before, ~after),
        VersionFate.STAYS_AT_HAND: and_(before, after),
    }


def order_of(change: Change) -> list[SortKey]:
    """By fate, then by document, newest version first."""
    conditions = _fates_in_sql(change)
    rank = case(
        *((conditions[fate], literal(number)) for number, fate in enumerate(VersionFate)),
        else_=literal(len(VersionFate)),
    )
    return [
        SortKey(rank),
        SortKey(DocumentRow.name_key),
        SortKey(DocumentRow.id),
        SortKey(VersionRow.number, descending=True),
        SortKey(VersionRow.id),
    ]
