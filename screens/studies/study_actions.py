"""What can be done to a study's storages, the same in the list, on its own page and on its documents' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dwtui.client.errors import BadInput, Conflict, NotFound
from screens.shell.action import Action
from screens.shell.page import Page
from screens.shell.places import Place
from screens.shell.requests import request
from screens.shell.study_actions import UNDO_ASSIGNMENT

if TYPE_CHECKING:
    from screens.assign.changes import StorageChange


class StorageAssigning(Page):
    """A page with a study in hand."""

    @property
    def study_id(self) -> str | None:
        """The id of the study whose storages can be changed from here."""
        raise NotImplementedError

    def command(self, action: Action) -> str:
        return super().command(action).replace("{study}", self.study_id or "SD_…")

    def applies(self, action: Action) -> bool:
        if action is UNDO_ASSIGNMENT:
            return bool(self.session.undoable)
        return super().applies(action)

    def action_assign_storages(self) -> None:
        """Change the storages of the study in hand."""
        if self.study_id is not None:
            self.host.go(Place("assign-storages", self.study_id))

    def action_undo_assignment(self) -> None:
        """Give back what was there before the last change."""
        undoable = self.session.undoable
        if len(undoable) == 1:
            self._undo(undoable[0])
        else:
            self.host.go(Place("assign-many", extra={"changes": undoable}))

    @request("undo", repeats=False)
    async def _undo(self, change: StorageChange) -> None:
        from screens.assign.changes import Assignment

        api = await self.api(organization=False)
        if change.moves_documents and not await self._may_undo(change):
            return
        self.tell("Undoing…", "muted", stays=True)
        refused = ""
        try:
            await api.update_storages(change.study_id, change.input())
        except Conflict:
            # An earlier try, whose answer was lost, may have done it.
            if Assignment.of(await api.study(change.study_id)) != change.after:
                refused = "somebody has changed it since. S shows what is there now."
        except (BadInput, NotFound) as error:
            refused = error.message
        self.session.undoable = ()
        if refused:
            self.tell(f"✗ {change.label} can not be given back what it had: {refused}", "bad", stays=True)
        else:
            self.tell(f"✓ Undone: {change.in_words()}, as before.", "good")
        self.note_change()
        self.reload()
        self.refresh_bindings()

    async def _may_undo(self, change: StorageChange) -> bool:
        """Undoing strands what has been uploaded since: that is confirmed as any other change is."""
        from screens.assign.impact import stays_behind
        from screens.widgets.dock import TypedName

        api = await self.api(organization=False)
        preview = await api.relocation_preview(change.study_id, change.after.documents.id)
        if preview.stranded.versions <= change.strands_anyway:
            return True
        question = stays_behind(preview.stranded, preview.present.name)
        what = "the study's code or name"
        return await self.ask(TypedName(question, change.label, "undo", what, "changes nothing")) is True
