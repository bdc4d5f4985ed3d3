"""The page on which a storage is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from dwtui.client.errors import ConnectionLost, NotFound
from screens.remove.impact import lines_of
from screens.shell.action import Action
from screens.shell.actions import BACK, REFRESH
from screens.shell.flow_actions import DELETE
from screens.shell.requests import request
from screens.shell.unsaved_page import UnsavedPage
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form
from screens.widgets.key_values import KeyValues
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DeletionImpact


class RemovePage(UnsavedPage):
    """What would happen, and a field in which the storage's name is typed. Nothing else deletes it."""

    CSS_PATH = "remove.tcss"
    AUTO_FOCUS = ""
    ACTIONS = (DELETE, REFRESH, BACK)

    def __init__(self, storage_id: str) -> None:
        super().__init__()
        self._storage_id = storage_id
        self._impact: DeletionImpact | None = None
        self._maybe_deleted = False

    @property
    def crumb(self) -> str:
        return f"Delete {self._impact.storage_backend.name}" if self._impact else "Delete"

    @property
    def subject_id(self) -> str:
        return self._storage_id

    def compose_page(self) -> ComposeResult:
        with Vertical(id="what-happens"):
            yield Line(Cell("Asking the API what would happen…", "muted"), id="heading")
            with VerticalScroll(id="impact", can_focus=False):
                yield KeyValues()
            with Form():
                yield Field("Its name", id="name")

    def on_mount(self) -> None:
        """There is nothing to type before one has seen what would happen."""
        self.query_one(Form).display = False

    def reload(self) -> None:
        self._load()

    @request("impact")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        self._impact = await api.storage_backend_deletion_impact(self._storage_id)
        name = self._impact.storage_backend.name
        self.query_one("#heading", Line).show("If ", Cell(f"“{name}”", "strong"), " is deleted:")
        self.query_one(KeyValues).show(lines_of(self._impact))
        form = self.query_one(Form)
        form.field("name").explain(f"Type “{name}” and press enter to delete it. esc keeps it.")
        if not form.display:
            form.display = True
            form.begin()
        self.show_lines()
        self.refresh_bindings()

    def applies(self, action: Action) -> bool:
        if action is DELETE:
            return self._impact is not None and not self.under_way("save") and self._is_named
        return super().applies(action)

    @property
    def _is_named(self) -> bool:
        """Whether what is typed is its name, letter by letter."""
        typed = self.query_one(Form).field("name").value
        return self._impact is not None and typed == self._impact.storage_backend.name

    def on_field_changed(self, event: Field.Changed) -> None:
        """Offer to delete as soon as the name is complete."""
        event.field.blame("")
        self.refresh_bindings()

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Enter in the field."""
        if self._is_named:
            self.action_delete_now()
        else:
            self.query_one(Form).blame("name", "That is not its name; nothing was done.")

    def action_delete_now(self) -> None:
        """Delete it, if its name is typed."""
        if self._is_named and not self.under_way("save"):
            self._delete()

    @request("save", repeats=False)
    async def _delete(self) -> None:
        self.tell_of_saving("Deleting…")
        api = await self.api(organization=False)
        again, self._maybe_deleted = self._maybe_deleted, True
        try:
            await api.delete_storage_backend(self._storage_id)
        except ConnectionLost as error:
            self._maybe_deleted = again or error.sent
            raise
        except NotFound:
            # An earlier try, whose answer was lost, has done it.
            if not again:
                raise
        assert self._impact is not None
        name = self._impact.storage_backend.name
        self.session.note_change()
        self.host.leave_all(f"“{name}” is deleted. Its objects are where they were.")
