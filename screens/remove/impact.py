"""What would happen if a storage were deleted, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.studies.words import amount
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import (
        DeletionImpact,
        DeletionImpactDataStudies,
        DeletionImpactDocumentStudies,
    )
    from screens.widgets.key_values import Pair

    Study = DeletionImpactDocumentStudies | DeletionImpactDataStudies


def lines_of(impact: DeletionImpact) -> list[Pair]:
    """The consequences, the gravest first."""
    fallback = f"“{impact.fallback.name}”"
    pairs: list[Pair] = []
    if impact.document_studies:
        count = _studies(len(impact.document_studies))
        pairs.append(
            ("Documents", Cell(f"! {count} will keep documents in {fallback} from then on.", "warn"))
        )
        pairs += _names(impact.document_studies)
    stranded = impact.stranded_documents
    if stranded.documents:
        one = stranded.documents == 1
        text = (
            f"✗ {amount(stranded)}, {'stays' if one else 'stay'} in the bucket and cannot be opened any more, until "
            "a storage of the same bucket and prefix is attached again and used by their studies."
        )
        pairs.append((" " if impact.document_studies else "Documents", Cell(text, "bad")))
    if impact.data_studies:
        count = _studies(len(impact.data_studies))
        text = f"! {count} will no longer find data files in it. Where it was the only one, {fallback} takes over."
        pairs.append(("Data files", Cell(text, "warn")))
        pairs += _names(impact.data_studies)
    defaults = [
        what
        for what, is_default in (
            ("documents", impact.is_default_for_documents),
            ("data files", impact.is_default_for_data),
        )
        if is_default
    ]
    if defaults:
        text = f"! New studies will begin with {fallback} for {' and '.join(defaults)}."
        pairs.append(("Defaults", Cell(text, "warn")))
    if not pairs:
        pairs.append(("Use", Cell("✓ No study uses it, and it is no default.", "good")))
    pairs.append(("Objects", Cell("None is touched: what lies in the bucket stays there.")))
    text = "Deleted here with the storage. In AWS they keep working until they are deactivated there."
    pairs.append(("Keys", Cell(text)))
    return pairs


def _names(studies: Sequence[Study]) -> list[Pair]:
    return [
        (" ", Cell(f"{study.short_code}  {study.name}" if study.short_code else study.name))
        for study in studies
    ]


def _studies(count: int) -> str:
    return "1 study" if count == 1 else f"{count} studies"
