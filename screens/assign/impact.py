"""What a change of storages does, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.studies.words import amount
from screens.widgets import times
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import Counted, RelocationSummary
    from screens.assign.changes import StorageChange
    from screens.widgets.key_values import Pair


def stays_behind(count: Counted, storage: str) -> str:
    """What becomes of documents that become stranded."""
    one = count.documents == 1
    return (
        f"{amount(count)}, {'stays' if one else 'stay'} in “{storage}” and cannot be opened until "
        f"{'it is' if one else 'they are'} moved or this is undone."
    )


def documents_lines(change: StorageChange, preview: RelocationSummary | None) -> list[Pair]:
    """What it does to the study's documents. Without a preview: that is being asked."""
    if not change.moves_documents:
        return [("Documents", Cell(f"stay in “{change.before.documents.name}”", "muted"))]
    pairs: list[Pair] = [
        ("Documents", Cell(f"“{change.before.documents.name}” → “{change.after.documents.name}”", "strong"))
    ]
    if preview is None:
        return [*pairs, (" ", Cell("Asking the API what this would do…", "muted"))]
    return [*pairs, *((" ", cell) for cell in consequences(preview, change.strands_anyway))]


def consequences(preview: RelocationSummary, strands_anyway: int = 0) -> list[Cell]:
    """What a change of the document storage does, the gravest first.

    `strands_anyway`: how many versions were stranded before the change that is being undone.
    """
    said = []
    if preview.stranded.versions and preview.stranded.versions <= strands_anyway:
        one = preview.stranded.documents == 1
        said.append(
            Cell(f"! {amount(preview.stranded)}, {'is' if one else 'are'} stranded again, as before.", "warn")
        )
    elif preview.stranded.documents:
        said.append(Cell(f"✗ {stays_behind(preview.stranded, preview.present.name)}", "bad"))
    if preview.coming_back.documents:
        one = preview.coming_back.documents == 1
        said.append(Cell(f"✓ {amount(preview.coming_back)}, {'comes' if one else 'come'} back.", "good"))
    if preview.still_stranded.documents:
        one = preview.still_stranded.documents == 1
        text = f"! {amount(preview.still_stranded)}, {'is' if one else 'are'} stranded elsewhere either way."
        said.append(Cell(text, "warn"))
    if not said:
        said.append(Cell("✓ No document is touched by this.", "good"))
    said.append(fitness(preview))
    return [*said, *(Cell(f"! {overlap.message}", "warn") for overlap in preview.overlaps)]


def fitness(preview: RelocationSummary) -> Cell:
    """Whether the storage that was chosen can keep documents."""
    when = times.age(preview.verified_at)
    if preview.ready:
        return Cell(f"✓ It is fit for documents, verified {when}.", "good")
    verified = f"last verified {when}" if preview.verified_at else "never verified"
    why = f": {preview.obstacle}" if preview.obstacle else "."
    return Cell(f"✗ It is not fit for documents ({verified}){why}", "bad")


def data_lines(change: StorageChange) -> list[Pair]:
    """What it does to where data files are looked for."""
    if not change.changes_data:
        names = ", ".join(f"“{storage.name}”" for storage in change.before.data)
        return [("Data files", Cell(f"stay in {names}" if names else "no storage, as before", "muted"))]
    lines = [Cell(f"+ “{storage.name}”", "good") for storage in change.added]
    lines += [
        Cell(f"− “{storage.name}”: its files stay there, but are not listed with the study.", "warn")
        for storage in change.removed
    ]
    if not change.after.data:
        lines.append(Cell("! Without a data storage the study has no data files.", "warn"))
    return _headed("Data files", lines)


def _headed(heading: str, lines: Sequence[Cell]) -> list[Pair]:
    return [(heading if at == 0 else " ", line) for at, line in enumerate(lines)]
