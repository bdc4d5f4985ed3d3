"""What a change of a study's document storage does to the documents that are there already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import String, and_, column, values
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.documents.counting import (
    DocumentCount,
    count_of,
    counts_where,
    in_words,
    versions_of_documents,
)
from dwtui.server.documents.rows import VersionRow
from dwtui.server.studies.rows import StudyRow

NONE = DocumentCount()


@dataclass(frozen=True)
class Effect:
    """What can be opened no more after a change of a study's document storage, what again, and what neither way."""

    stranded: DocumentCount = NONE
    coming_back: DocumentCount = NONE
    still_stranded: DocumentCount = NONE


async def effects_of(
    session: AsyncSession, changes: Collection[tuple[str, str]]
) -> Mapping[tuple[str, str], Effect]:
    """What changes of document storages, given as study id and storage id, would do: one statement for all of them."""
    effects = dict.fromkeys(changes, Effect())
    if not effects:
        return effects
    wanted = (
        values(column("study_id", String(11)), column("proposed_id", String(11)), name="wanted")
        .data(list(effects))
        .cte()
    )
    now, then = StudyRow.document_storage_id, wanted.c.proposed_id
    lies = VersionRow.storage_id
    statement = (
        versions_of_documents(
            wanted.c.study_id,
            wanted.c.proposed_id,
            *counts_where(and_(lies == now, lies != then)),
            *counts_where(and_(lies != now, lies == then)),
            *counts_where(and_(lies != now, lies != then)),
        )
        .join(wanted, wanted.c.study_id == VersionRow.study_id)
        .group_by(wanted.c.study_id, wanted.c.proposed_id)
    )
    for study, proposed, *counts in await session.execute(statement):
        three = (count_of(counts[start : start + 3]) for start in (0, 3, 6))
        effects[study, proposed] = Effect(*three)
    return effects


def effect_in_words(effect: Effect) -> str:
    """What becomes of documents, for the activity; empty: nothing."""
    parts = (("stranded by this", effect.stranded), ("coming back", effect.coming_back))
    return ", ".join(f"{what}: {in_words(count)}" for what, count in parts if count.documents)
