"""The part of the add flow in which the storage is saved, and made a default where that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dwtui.client.errors import ApiError, BadInput, Conflict, ConnectionLost, Forbidden, VerificationFailed
from screens.attach.saved_step import SavedStep
from screens.attach.steps import SAVED, AttachSteps
from screens.shell.places import Place
from screens.shell.requests import request
from screens.widgets.uses import uses_of

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails


class SavingPart(AttachSteps):
    """Saves what was verified. When that fails, all that was typed is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._maybe_saved = False

    def go_to_blame(self, error: ApiError) -> None:
        """Go to the field that is to blame for a refusal, or else tell of it."""
        raise NotImplementedError

    def action_save_changes(self) -> None:
        """Save what was verified."""
        self._save()

    @request("save", repeats=False)
    async def _save(self) -> None:
        self.tell_of_saving("Saving… The API verifies it once more.")
        await self.api()
        storage = await self._saved_already() if self._maybe_saved else None
        if storage is None:
            self._maybe_saved = True
            try:
                storage = await self._create()
            except ConnectionLost as error:
                self._maybe_saved = error.sent
                raise
            except VerificationFailed as error:
                self._maybe_saved = False
                self.show_failure(error, "Nothing was saved.")
                return
            except (BadInput, Conflict, Forbidden) as error:
                self._maybe_saved = False
                self.go_to_blame(error)
                return
        await self._arrive_at_saved(storage)

    async def _create(self) -> StorageDetails:
        from dwtui.client.generated.input_types import CreateStorageBackendInput

        given = self.keys.given() if self.keys is not None else None
        assert given is not None
        basics = self.basics
        api = await self.api()
        return await api.create_storage_backend(
            CreateStorageBackendInput(
                name=basics.name, organization=self.organization_id, **basics.settings, **given.for_new
            )
        )

    async def _saved_already(self) -> StorageDetails | None:
        """What an earlier try has saved, of which it was not learned whether it did."""
        api = await self.api()
        basics = self.basics
        page = await api.storage_backends(self.organization_id, search=basics.name)
        for edge in page.edges:
            found = edge.node
            same_place = (found.bucket, found.prefix) == (basics.bucket, basics.prefix.strip("/"))
            if found.name == basics.name and same_place:
                return await api.storage_backend(found.id)
        return None

    async def _arrive_at_saved(self, storage: StorageDetails) -> None:
        if self.keys is not None:
            self.keys.forget()
        self.note_change(storage.id)
        await self.show_step(SAVED)
        self.query_one(SavedStep).show(storage)
        self._load_defaults()

    @request("defaults")
    async def _load_defaults(self) -> None:
        api = await self.api()
        self.query_one(SavedStep).show_defaults(await api.organization(self.organization_id))

    def action_finish_flow(self) -> None:
        """Make it a default where that was chosen, and go to the storage."""
        if self.under_way("save"):
            return
        if self.query_one(SavedStep).field.value:
            self._set_defaults()
        else:
            self.leave_flow()

    @request("save", repeats=False)
    async def _set_defaults(self) -> None:
        from dwtui.client.generated.input_types import UpdateOrganizationInput

        self.tell_of_saving()
        step = self.query_one(SavedStep)
        assert step.storage is not None
        fields = {"DOCUMENTS": "default_document_storage", "DATA": "default_data_storage"}
        changes = {fields[use.value]: step.storage.id for use in uses_of(step.field.value)}
        api = await self.api()
        await api.update_organization(self.organization_id, UpdateOrganizationInput(**changes))
        self.session.note_change(step.storage.id)
        self.leave_flow()

    def leave_flow(self) -> None:
        """To the storage, once it is saved, with the page this was begun on behind it."""
        super().leave_flow()
        if self.step == SAVED:
            storage = self.query_one(SavedStep).storage
            if storage is not None:
                self.host.go(Place("storage", storage.id))
