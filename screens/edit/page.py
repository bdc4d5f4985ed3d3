"""The page on which a storage is edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.timer import Timer

from dwtui.client.errors import ApiError, BadInput, Conflict, Forbidden, VerificationFailed
from screens.edit.changes import Editable, merge
from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, PLAIN_TEXT, REFRESH
from screens.shell.flow_actions import SAVE, VERIFY_AGAIN
from screens.shell.requests import request
from screens.shell.verifying_page import VerifyingPage
from screens.storages.words import s3_uri
from screens.widgets.choice import Choice
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell
from screens.widgets.uses import USES, uses_of
from screens.widgets.verification_panel import VerificationPanel

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails

FORM, VERIFY = range(2)
TYPING_SECONDS = 0.3
TITLES = {"name": "Name", "uses": "Used for"}


class EditPage(VerifyingPage):
    """Change a storage's name or uses. A new use is verified first; bucket and prefix never change."""

    STEPS = ("Change", "Verify")
    VERIFY_STEP = VERIFY
    CSS_PATH = "edit.tcss"
    ACTIONS = (SAVE, VERIFY_AGAIN, COPY, PLAIN_TEXT, REFRESH, BACK)

    def __init__(self, storage_id: str) -> None:
        super().__init__()
        self._storage_id = storage_id
        self._storage: StorageDetails | None = None
        self._base: Editable | None = None
        self._typing: Timer | None = None

    @property
    def crumb(self) -> str:
        return f"Edit {self._storage.name}" if self._storage else "Edit"

    @property
    def subject_id(self) -> str:
        return self._storage_id

    def compose_step(self, step: int) -> ComposeResult:
        if step == FORM:
            yield Line(Cell("Asking the API…", "muted"), id="about")
            with Form():
                yield Field("Name", id="name", explanation="What your colleagues know it by")
                explanation = "A use that is added is verified before it is saved"
                yield Field("Used for", id="uses", choice=Choice(USES, "both"), explanation=explanation)
        else:
            yield VerificationPanel()

    def arrive(self, step: int) -> None:
        if step == VERIFY:
            self.query_one("VerificationPanel Table").focus()
            self.verify()
        elif self._base is None:
            self._load()
        else:
            self.query_one(Form).begin()

    # What is edited

    @request("storage")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        self._begin_from(await api.storage_backend(self._storage_id))
        assert self._base is not None
        self._fill(self._base)
        self.query_one(Form).begin()

    def _begin_from(self, storage: StorageDetails) -> None:
        self._storage, self._base = storage, Editable.of(storage)
        self.query_one("#about", Line).show(
            Cell(s3_uri(storage), "strong"),
            Cell("   Bucket and prefix never change: attach another storage.", "muted"),
        )
        self.show_lines()
        self.refresh_bindings()

    def _fill(self, values: Editable) -> None:
        form = self.query_one(Form)
        for id_, value in (("name", values.name), ("uses", values.uses)):
            field = form.field(id_)
            # This is nobody's typing: what is said of the fields stays.
            with field.input.prevent(TextInput.Changed, Choice.Changed):
                field.value = value

    @property
    def _values(self) -> Editable:
        form = self.query_one(Form)
        return Editable(form.field("name").value.strip(), form.field("uses").value)

    @property
    def unsaved(self) -> bool:
        return self._base is not None and self._values != self._base

    def applies(self, action: Action) -> bool:
        if action is SAVE:
            idle = self._base is not None and not self.under_way("save")
            return idle and (self.step == FORM or self.may_save)
        if action in (COPY, PLAIN_TEXT):
            return self.step == VERIFY
        return super().applies(action)

    # While it is typed

    def on_field_changed(self, event: Field.Changed) -> None:
        """Ask what the API thinks of the name once the typing pauses."""
        event.field.blame("")
        if event.field.id == "name":
            if self._typing is not None:
                self._typing.stop()
            self._typing = self.set_timer(TYPING_SECONDS, self._check_name)

    @request("check")
    async def _check_name(self) -> None:
        from dwtui.client.generated.input_types import CheckStorageBackendInput

        name, storage = self._values.name, self._storage
        if storage is None or storage.organization is None or name.casefold() == storage.name.casefold():
            return
        api = await self.api(organization=False)
        check = await api.check_storage_backend(
            CheckStorageBackendInput(organization=storage.organization.id, name=name)
        )
        for problem in check.problems:
            if problem.field == "name" and self._values.name == name:
                self.query_one(Form).field("name").note(Cell(f"… {problem.message}", "warn"))

    # Verifying and saving

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Enter at the last field."""
        self.action_save_changes()

    def action_save_changes(self) -> None:
        """Save; a use that is added is verified first."""
        if self._typing is not None:
            self._typing.stop()
        self.workers.cancel_group(self, "check")
        if self._base is None or self.under_way("save"):
            return
        if not self._values.name:
            self.query_one(Form).blame("name", "It needs a name.")
        elif not self.unsaved:
            self.tell("Nothing is changed yet.", "muted")
        elif self.step == FORM and self._values.adds_use_to(self._base):
            self.go_to_step(VERIFY)
        else:
            self._save()

    def verification(self) -> tuple[str, Mapping[str, Any]]:
        from dwtui.client.generated.input_types import VerifySavedStorageBackendInput

        values = self._values
        wanted = VerifySavedStorageBackendInput(uses=uses_of(values.uses))
        return f"it for {values.in_words('uses')}", {"id": self._storage_id, "saved": wanted}

    def verified(self) -> None:
        panel = self.query_one(VerificationPanel)
        if panel.verdict == "HEALTHY":
            self._save()
        else:
            panel.say_more("Nothing is changed. c copies a remedy, r verifies again, esc goes back.")

    def refused(self, error: ApiError) -> None:
        self.tell(f"✗ {error.message}", "bad", stays=True)

    @request("save", repeats=False)
    async def _save(self) -> None:
        self.tell_of_saving()
        from dwtui.client.generated.input_types import UpdateStorageBackendInput

        assert self._base is not None
        assert self._storage is not None
        changes = self._values.changes_from(self._base)
        api = await self.api(organization=False)
        try:
            saved = await api.update_storage_backend(
                self._storage_id,
                UpdateStorageBackendInput(expected_revision=self._storage.revision, **changes),
            )
        except VerificationFailed as error:
            await self.show_step(VERIFY)
            self.stop("verify")
            self.show_failure(error, "Nothing is changed.")
        except (BadInput, Forbidden, Conflict) as error:
            if error.field:
                await self.show_step(FORM)
                if not self.query_one(Form).blame(error.field, error.message):
                    self.tell(f"✗ {error.message}", "bad", stays=True)
            elif isinstance(error, Conflict):
                await self._put_together(await api.storage_backend(self._storage_id))
            else:
                raise
        else:
            self._leave_saved(saved)

    def _leave_saved(self, storage: StorageDetails) -> None:
        self._base = self._values
        self.session.note_change()
        self.host.leave(f"“{storage.name}” is saved.")

    async def _put_together(self, theirs: StorageDetails) -> None:
        """Somebody else was first: show what they did, keep what we did, and let it be decided."""
        base, ours = self._base, self._values
        assert base is not None
        merged = merge(base, ours, Editable.of(theirs))
        self._begin_from(theirs)
        if Editable.of(theirs) == merged.values:
            self._leave_saved(theirs)
            return
        await self.show_step(FORM)
        self._fill(merged.values)
        self._show_theirs(base, merged.taken, merged.clashing)
        self.tell(
            "! Somebody else changed this storage in the meantime, so nothing was saved yet. Look, then save again.",
            "warn",
            stays=True,
        )

    def _show_theirs(self, base: Editable, taken: tuple[str, ...], clashing: tuple[str, ...]) -> None:
        form, theirs = self.query_one(Form), self._base
        assert theirs is not None
        for field in taken:
            text = f"! Changed by somebody else from {base.in_words(field)}; taken over here"
            form.field(field).note(Cell(text, "warn"))
        for field in clashing:
            text = f"! Somebody else made it {theirs.in_words(field)}; saving makes it yours"
            form.field(field).note(Cell(text, "warn"))
