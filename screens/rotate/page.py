"""The page on which a storage is given other keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from dwtui.client.errors import ApiError, BadInput, Conflict, ConnectionLost, Forbidden, VerificationFailed
from screens.rotate.old_key import OldKey
from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, PLAIN_TEXT, REFRESH
from screens.shell.copying import Copyable
from screens.shell.flow_actions import CONTINUE, FINISH, SAVE, VERIFY_AGAIN
from screens.shell.requests import request
from screens.shell.verifying_page import VerifyingPage
from screens.widgets import times
from screens.widgets.dock import Line
from screens.widgets.field import Form
from screens.widgets.key_pair_form import GivenKeys, KeyPairForm
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.tones import Cell
from screens.widgets.verification_panel import VerificationPanel

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails

KEYS, VERIFY, DONE = range(3)
WAIT_SECONDS = 60
"""How long AWS is given to learn of new keys."""


class RotatePage(VerifyingPage):
    """A new key pair: typed, proven, saved; and what to do with the old one."""

    STEPS = ("Keys", "Verify", "Done")
    VERIFY_STEP = VERIFY
    CSS_PATH = "rotate.tcss"
    HOLDS_SECRETS = True
    LOST = "Leave without saving? The keys you typed are forgotten; the present ones stay."
    ACTIONS = (CONTINUE, SAVE, FINISH, VERIFY_AGAIN, COPY, PLAIN_TEXT, REFRESH, BACK)

    def __init__(self, storage_id: str) -> None:
        super().__init__()
        self._storage_id = storage_id
        self._storage: StorageDetails | None = None
        self._old: OldKey | None = None
        self._verified_with = 0
        self._maybe_saved = False

    @property
    def crumb(self) -> str:
        return f"Rotate keys of {self._storage.name}" if self._storage else "Rotate keys"

    @property
    def subject_id(self) -> str:
        return self._storage_id

    def compose_step(self, step: int) -> ComposeResult:
        if step == KEYS:
            yield KeyValues([("", Cell("Asking the API…", "muted"))], id="present")
            yield KeyPairForm()
        elif step == VERIFY:
            yield VerificationPanel()
        else:
            yield Line(id="done")
            yield KeyValues(id="old")

    def arrive(self, step: int) -> None:
        if step == KEYS:
            self.keys.begin()
            if self._storage is None:
                self._load()
        elif step == VERIFY:
            self.query_one("VerificationPanel Table").focus()
            if self._verified_with != self._typed():
                self.verify()

    # What is replaced

    @property
    def keys(self) -> KeyPairForm:
        """The form of the new pair."""
        return self.query_one(KeyPairForm)

    @request("storage")
    async def _load(self) -> None:
        from dwtui.client.generated.input_types import CheckStorageBackendInput

        api = await self.api(organization=False)
        storage = await api.storage_backend(self._storage_id)
        self._take(storage)
        self.keys.aws = storage.endpoint_url is None
        if storage.organization is not None and storage.bucket is not None:
            check = await api.check_storage_backend(
                CheckStorageBackendInput(
                    organization=storage.organization.id,
                    bucket=storage.bucket,
                    prefix=storage.prefix,
                    endpoint_url=storage.endpoint_url,
                )
            )
            self.keys.allow_blank(check.blank_keys_allowed and storage.identity != "BLANK")
            if self.keys.empty:  # whoever types already is not taken elsewhere
                self.keys.begin()

    def _take(self, storage: StorageDetails) -> None:
        self._storage = storage
        self._old = OldKey(storage.access_key or "", storage.user or "")
        present = (
            "blank: the application's own identity"
            if storage.identity == "BLANK"
            else f"key {storage.access_key}"
        )
        pairs: list[Pair] = [
            ("At present", Cell(present, "strong")),
            ("made", Cell(times.age(storage.key_created_at, never=""))),
            ("given to us", Cell(times.age(storage.keys_changed_at, never=""))),
            ("IAM user", Cell(storage.user or "")),
            ("", Cell("It stays in use until the new pair is proven.", "muted")),
        ]
        self.query_one("#present", KeyValues).show([pair for pair in pairs if pair[1].text])
        self.show_lines()
        self.refresh_bindings()

    @property
    def unsaved(self) -> bool:
        return self.step != DONE and bool(self.query(KeyPairForm)) and not self.keys.empty

    def may_go_back(self) -> bool:
        return self.step == VERIFY

    def applies(self, action: Action) -> bool:
        offered_at: dict[Action, bool] = {
            CONTINUE: self.step == KEYS and self._storage is not None,
            SAVE: self.step == VERIFY and self.may_save,
            FINISH: self.step == DONE,
            COPY: self.step in (VERIFY, DONE),
            PLAIN_TEXT: self.step in (VERIFY, DONE),
        }
        return offered_at.get(action, True) and super().applies(action)

    # Verifying

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Enter at the last field."""
        self.action_continue_flow()

    def action_continue_flow(self) -> None:
        """Verify the new pair."""
        if self._storage is not None and self.keys.given() is not None:
            self.go_to_step(VERIFY)

    def _typed(self) -> int:
        """What a verdict is about, as a hash: keys are kept nowhere but where they were typed."""
        return hash(tuple(field.value for field in self.keys.query("Field")))  # type: ignore[attr-defined]

    def _given(self) -> GivenKeys:
        given = self.keys.given()
        assert given is not None
        return given

    def verification(self) -> tuple[str, Mapping[str, Any]]:
        from dwtui.client.generated.input_types import VerifySavedStorageBackendInput

        given = self._given()
        self._verified_with = self._typed()
        tried = VerifySavedStorageBackendInput(wait_for_keys=WAIT_SECONDS, **given.for_change)
        return f"it {given.words}", {"id": self._storage_id, "saved": tried}

    def verified(self) -> None:
        panel = self.query_one(VerificationPanel)
        if panel.verdict == "HEALTHY":
            panel.say_more("enter puts the new pair in the place of the old one.")
        else:
            panel.say_more(
                "The old pair stays. c copies a remedy, r verifies again, esc goes back to the keys."
            )

    def refused(self, error: ApiError) -> None:
        self._verified_with = 0
        self.run_worker(self._blame(error), group="step", exclusive=True)

    async def _blame(self, error: ApiError) -> None:
        await self.show_step(KEYS)
        if not (error.field and self.keys.blame(error.field, error.message)):
            self.tell(f"✗ {error.message}", "bad", stays=True)

    # Saving

    def action_save_changes(self) -> None:
        """Put the new pair in the place of the old one."""
        self._save()

    @request("save", repeats=False)
    async def _save(self) -> None:
        self.tell_of_saving("Saving… The API verifies the pair once more.")
        from dwtui.client.generated.input_types import UpdateStorageBackendInput

        assert self._storage is not None
        given = self._given()
        api = await self.api(organization=False)
        if self._maybe_saved and await self._is_saved(given):
            await self._arrive_at_done(given)
            return
        self._maybe_saved = True
        change = UpdateStorageBackendInput(expected_revision=self._storage.revision, **given.for_change)
        try:
            await api.update_storage_backend(self._storage_id, change)
        except ConnectionLost as error:
            self._maybe_saved = error.sent
            raise
        except VerificationFailed as error:
            self._maybe_saved = False
            self.show_failure(error, "The old pair stays.")
        except Conflict:
            self._maybe_saved = False
            self._tell_of_others(await api.storage_backend(self._storage_id))
        except (BadInput, Forbidden) as error:
            self._maybe_saved = False
            await self._blame(error)
        else:
            await self._arrive_at_done(given)

    async def _is_saved(self, given: GivenKeys) -> bool:
        """Whether an earlier try, of which it was not learned, has put these keys in place."""
        assert self._storage is not None
        api = await self.api(organization=False)
        now = await api.storage_backend(self._storage_id)
        ending = None if given.pair is None else f"…{given.pair[0][-4:]}"
        return now.revision != self._storage.revision and now.access_key == ending

    def _tell_of_others(self, storage: StorageDetails) -> None:
        before = self._storage
        self._take(storage)
        keys = ""
        if before is not None and storage.keys_changed_at != before.keys_changed_at:
            keys = f" Its keys are now {storage.access_key or 'blank'}."
        self.tell(
            f"! Somebody else changed this storage in the meantime, so nothing was saved.{keys} "
            "enter saves your keys all the same.",
            "warn",
            stays=True,
        )

    async def _arrive_at_done(self, given: GivenKeys) -> None:
        self.keys.forget()
        self.note_change()
        await self.show_step(DONE)
        name = self._storage.name if self._storage else ""
        new = "blank keys" if given.pair is None else f"the key …{given.pair[0][-4:]}"
        self.query_one("#done", Line).show(Cell(f"✓ “{name}” now uses {new}.", "good"))
        assert self._old is not None
        if given.pair is not None and self._old.ending == f"…{given.pair[0][-4:]}":
            self._old = replace(self._old, same=True)
        pairs: list[Pair] = [("", Cell(self._old.reminder))]
        if self._old.command:
            pairs += [
                ("", Cell(" ")),
                ("", Cell(self._old.command, "key")),
                ("", Cell("c copies the command.", "muted")),
            ]
        self.query_one("#old", KeyValues).show(pairs)

    def copyables(self) -> list[Copyable]:
        if self.step == DONE and self._old is not None and self._old.command:
            return [Copyable("command that deactivates the old key", self._old.command)]
        return super().copyables()

    def plain(self) -> str:
        return self.query_one("#old", KeyValues).plain() if self.step == DONE else super().plain()

    def action_finish_flow(self) -> None:
        """Back to where this was begun."""
        self.leave_flow()

    def on_unmount(self) -> None:
        """Let go of the keys, however the flow ends."""
        for form in self.query(KeyPairForm):
            form.forget()
