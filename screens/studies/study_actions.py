"""What can be done to a study's storages, the same in the list, on its own page and on its documents' pages."""

from __future__ import annotations

from screens.shell.page import Page
from screens.shell.places import Place


class StorageAssigning(Page):
    """A page with a study in hand."""

    @property
    def study_id(self) -> str | None:
        """The id of the study whose storages can be changed from here."""
        raise NotImplementedError

    def action_assign_storages(self) -> None:
        """Change the storages of the study in hand."""
        if self.study_id is not None:
            self.host.go(Place("assign-storages", self.study_id))
