"""The plan of a bulk assignment: what is to become of each study, what that does, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dwtui.amounts import counted, size_in_words
from screens.assign.changes import Assignment, Named, StorageChange
from screens.studies.words import label
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import RelocationSummary, StudySummary
    from screens.studies.words import Study


class Result(Enum):
    """What became of one study's change."""

    DONE = "✓ done"
    CONFLICT = "✗ conflict"
    REFUSED = "✗ refused"
    FAILED = "✗ failed"


@dataclass(eq=False)
class Planned:
    """One study of a bulk assignment."""

    study_id: str
    label: str
    name: str
    revision: int
    before: Assignment
    documents: Named | None = None
    """Where its documents are to be kept; None: where they are."""
    data: tuple[Named, ...] | None = None
    """Where its data files are to lie; None: where they do."""
    note: str = ""
    """Why nothing could be chosen for it."""
    left_out: bool = False
    preview: RelocationSummary | None = None
    result: Result | None = None
    reason: str = ""
    """Why it did not succeed."""
    strands_anyway: int = 0
    """How many versions are known to become stranded, because an undo gives that back."""
    study: StudySummary | None = None
    """The study as the list knew it, to be matched by."""

    @classmethod
    def of(cls, study: StudySummary) -> Planned:
        """A study for which nothing is chosen yet."""
        before = Assignment.of(study)
        return cls(study.id, label(study), study.name, study.revision, before, study=study)

    @classmethod
    def to_carry_out(cls, change: StorageChange) -> Planned:
        """A change that is known already."""
        planned = cls(change.study_id, change.label, change.label, change.revision, change.before)
        planned.documents, planned.data = change.after.documents, change.after.data
        planned.strands_anyway = change.strands_anyway
        return planned

    @property
    def change(self) -> StorageChange:
        """What is to be saved."""
        after = Assignment(
            self.documents or self.before.documents, self.before.data if self.data is None else self.data
        )
        return StorageChange(
            self.study_id, self.label, self.revision, self.before, after, self.strands_anyway
        )

    @property
    def to_do(self) -> bool:
        """Whether it is to be changed, and was not yet."""
        return not self.left_out and self.result is None and self.change.changes_anything

    @property
    def failed(self) -> bool:
        """Whether it was tried without success."""
        return self.result not in (None, Result.DONE)

    @property
    def surprises(self) -> bool:
        """Whether it strands something that an undo does not just give back as it was."""
        return self.preview is not None and self.preview.stranded.versions > self.strands_anyway

    def ended(self, result: Result, reason: str = "", revision: int | None = None) -> None:
        """What became of it."""
        self.result, self.reason = result, reason
        self.revision = self.revision if revision is None else revision

    def look_again(self, study: Study) -> None:
        """Take the study as it is now; what is chosen for it stays chosen."""
        self.revision, self.before, self.preview = study.revision, Assignment.of(study), None
        self.result, self.reason = None, ""
        if not self.change.changes_anything:
            self.ended(Result.DONE)

    def in_words(self) -> Cell:
        """What happens to it, or what has, in a few words."""
        if self.result is not None:
            words = f"{self.result.value}: {self.reason}" if self.reason else self.result.value
            return Cell(words, "good" if self.result is Result.DONE else "bad")
        if self.left_out:
            return Cell("left out", "muted")
        if self.note:
            return Cell(f"! {self.note}", "warn")
        change = self.change
        if not change.changes_anything:
            return Cell("as it is", "muted")
        if not change.moves_documents:
            return Cell("only data storages change")
        return self._consequence()

    def _consequence(self) -> Cell:
        preview = self.preview
        if preview is None:
            return Cell("…", "muted")
        stranded, back = preview.stranded, preview.coming_back
        if self.surprises:
            return Cell(f"✗ {stranded.documents:,} stranded, {size_in_words(stranded.bytes_)}", "bad")
        if not preview.ready:
            return Cell("✗ not fit for documents", "bad")
        if back.documents:
            come = "comes" if back.documents == 1 else "come"
            return Cell(f"✓ {back.documents:,} {come} back, {size_in_words(back.bytes_)}", "good")
        return Cell("✓ no document is touched", "good")


def totals(plan: Sequence[Planned]) -> list[Cell]:
    """The whole plan in words and numbers, or what became of it."""
    if any(row.result is not None for row in plan):
        return _results(plan)
    changing = [row for row in plan if row.to_do]
    if not changing:
        return [
            Cell(
                "Nothing is changed yet: d chooses where documents are kept, a where data files lie.", "muted"
            )
        ]
    staying = len(plan) - len(changing)
    stay = f"; {staying:,} {'stays' if staying == 1 else 'stay'} as {'it is' if staying == 1 else 'they are'}"
    lines = [
        Cell(
            f"{counted(len(changing), 'study', 'studies')} will be changed{stay if staying else ''}.",
            "strong",
        )
    ]
    previews = [row.preview for row in changing if row.preview is not None and row.change.moves_documents]
    stranding = [row.preview.stranded for row in changing if row.surprises and row.preview is not None]
    if stranding:
        studies = counted(len(stranding), "study", "studies")
        many = f"{counted(to_confirm(plan), 'document')}, {size_in_words(sum(it.bytes_ for it in stranding))}"
        lines.append(
            Cell(f"✗ {many}, of {studies} stay behind and cannot be opened until moved or undone.", "bad")
        )
    returning = [it.coming_back for it in previews if it.coming_back.documents]
    if returning:
        number = sum(it.documents for it in returning)
        many, come = counted(number, "document"), "comes" if number == 1 else "come"
        lines.append(Cell(f"✓ {many} of {counted(len(returning), 'study', 'studies')} {come} back.", "good"))
    unfit = sorted({it.proposed.name for it in previews if not it.ready})
    if unfit:
        names = ", ".join(f"“{name}”" for name in unfit)
        lines.append(Cell(f"✗ Not fit for documents by the last verification: {names}.", "bad"))
    return lines


def to_confirm(plan: Sequence[Planned]) -> int:
    """How many documents would become stranded, but for those that an undo gives back as they were."""
    return sum(
        row.preview.stranded.documents
        for row in plan
        if row.to_do and row.surprises and row.preview is not None
    )


def _results(plan: Sequence[Planned]) -> list[Cell]:
    lines = []
    for result in Result:
        number = sum(row.result is result for row in plan)
        if number:
            tone = "good" if result is Result.DONE else "bad"
            lines.append(Cell(f"{result.value}: {counted(number, 'study', 'studies')}", tone))  # type: ignore[arg-type]
    left = sum(row.to_do for row in plan)
    if left:
        lines.append(Cell(f"… not changed yet: {counted(left, 'study', 'studies')}", "warn"))
    return lines
