"""A change of the storages that a study uses: what it is, what it would do, how it is undone."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from dwtui.cli.options import Scope

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import RelocationSummary, StudyDetails, StudySummary
    from dwtui.client.generated.input_types import UpdateStoragesInput

    Study = StudySummary | StudyDetails


class Named(Protocol):
    """A storage, as far as it matters here."""

    id: str
    name: str


@dataclass
class StorageChange:
    """A change that somebody asks for. None: that stays as it is."""

    study: "Study"
    documents: Named | None = None
    data: Sequence[Named] | None = None
    preview: "RelocationSummary | None" = None
    """What it would do to the documents there are."""

    @property
    def moves_documents(self) -> bool:
        """Whether new documents go elsewhere."""
        return self.documents is not None and self.documents.id != self.study.document_storage.id

    @property
    def changes_data(self) -> bool:
        """Whether data files are looked for elsewhere."""
        before = [one.id for one in self.study.data_storage]
        return self.data is not None and [one.id for one in self.data] != before

    @property
    def changes_anything(self) -> bool:
        """Whether anything is not as it is wanted already."""
        return self.moves_documents or self.changes_data

    @property
    def stranded(self) -> int:
        """How many documents become stranded."""
        return self.preview.stranded.documents if self.preview else 0

    @property
    def is_grave(self) -> bool:
        """Whether documents become stranded, or new ones may fail to be kept: to be confirmed."""
        return self.preview is not None and (self.stranded > 0 or not self.preview.ready)

    @property
    def before(self) -> dict[str, Any]:
        """What it had, as scripts read it."""
        return {
            "documentBucket": self.study.document_storage.id,
            "dataBuckets": [one.id for one in self.study.data_storage],
        }

    @property
    def wanted(self) -> "UpdateStoragesInput":
        """The change as the API takes it, based on the study as it was seen."""
        from dwtui.client.generated.input_types import UpdateStoragesInput

        change: dict[str, Any] = {"expected_revision": self.study.revision}
        if self.moves_documents and self.documents is not None:
            change["document_bucket"] = self.documents.id
        if self.changes_data and self.data is not None:
            change["data_buckets"] = [one.id for one in self.data]
        return UpdateStoragesInput(**change)

    def undoing(self, scope: Scope) -> str:
        """The command that gives back what it had."""
        command = ["dwtui", "studies", "storages", self.study.id]
        if self.moves_documents:
            command += ["--documents", self.study.document_storage.id]
        if self.changes_data:
            had = [one.id for one in self.study.data_storage]
            command += ["--data", *had] if had else ["--no-data"]
        return shlex.join([*command, *where(scope)])


def where(scope: Scope) -> list[str]:
    """The options by which the API was chosen, to be said again."""
    profile = ["--profile", scope.profile] if scope.profile else []
    return [*profile, "--url", scope.url] if scope.url else profile
