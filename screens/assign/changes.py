"""A change of the storages a study uses, and its undoing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import RelocationSummary, StudySummary
    from dwtui.client.generated.input_types import UpdateStoragesInput
    from screens.studies.words import Study


class Named(NamedTuple):
    """A storage, by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The storages a study uses."""

    documents: Named
    data: tuple[Named, ...]

    @classmethod
    def of(cls, study: Study) -> Assignment:
        """Those it uses now."""
        documents = study.document_storage
        return cls(
            Named(documents.id, documents.name), tuple(Named(it.id, it.name) for it in study.data_storage)
        )

    @property
    def data_ids(self) -> list[str]:
        """The ids of its data storages."""
        return [storage.id for storage in self.data]


@dataclass(frozen=True, slots=True)
class StorageChange:
    """A change of one study, based on a revision of it."""

    study_id: str
    label: str
    revision: int
    before: Assignment
    after: Assignment
    strands_anyway: int = 0
    """How many versions it is known to strand, because they were so before: an undo gives that back too."""

    @property
    def moves_documents(self) -> bool:
        """Whether documents are kept elsewhere afterwards."""
        return self.before.documents.id != self.after.documents.id

    @property
    def added(self) -> list[Named]:
        """The data storages that come."""
        return _without(self.after.data, self.before.data_ids)

    @property
    def removed(self) -> list[Named]:
        """The data storages that go."""
        return _without(self.before.data, self.after.data_ids)

    @property
    def changes_data(self) -> bool:
        """Whether data files are looked for elsewhere afterwards."""
        return bool(self.added or self.removed)

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to save."""
        return self.moves_documents or self.changes_data

    def undone(self, revision: int, preview: RelocationSummary | None) -> StorageChange:
        """What restores exactly what was there before, based on the revision that the change has led to.

        `preview`: what the change was going to do; what it brought back is stranded again when it is undone.
        """
        back = preview.coming_back.versions if preview is not None and self.moves_documents else 0
        return StorageChange(self.study_id, self.label, revision, self.after, self.before, back)

    def input(self) -> UpdateStoragesInput:
        """What is sent: only what changes, and the revision."""
        from dwtui.client.generated.input_types import UpdateStoragesInput

        changes: dict[str, object] = {"expected_revision": self.revision}
        if self.moves_documents:
            changes["document_bucket"] = self.after.documents.id
        if self.changes_data:
            changes["data_buckets"] = self.after.data_ids
        return UpdateStoragesInput(**changes)

    def in_words(self) -> str:
        """What it does, in a sentence."""
        parts = []
        if self.moves_documents:
            parts.append(f"keeps its documents in “{self.after.documents.name}” now")
        if self.changes_data:
            names = ", ".join(f"“{storage.name}”" for storage in self.after.data)
            parts.append(f"has its data files in {names}" if names else "has no data storage any more")
        return f"{self.label} {' and '.join(parts)}"


def change_of(study: StudySummary, label: str, after: Assignment) -> StorageChange:
    """The change that leads from what a study uses now to `after`."""
    return StorageChange(study.id, label, study.revision, Assignment.of(study), after)


def _without(storages: Iterable[Named], ids: Iterable[str]) -> list[Named]:
    left_out = set(ids)
    return [storage for storage in storages if storage.id not in left_out]
