"""The page of the add flow: from basics to the keys and their verification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.timer import Timer

from dwtui.client.errors import ApiError
from screens.attach.basics import Basics, BasicsStep
from screens.attach.policy_part import PolicyPart
from screens.attach.policy_step import PolicyStep
from screens.attach.saved_step import SavedStep
from screens.attach.saving_part import SavingPart
from screens.attach.steps import BASICS, KEYS, POLICY, SAVED, VERIFY
from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, COPY_TEXT, PLAIN_TEXT, REFRESH, SAVE_TEXT
from screens.shell.flow_actions import CONTINUE, FINISH, NAME_USER, SAVE, VERIFY_AGAIN
from screens.shell.requests import request
from screens.shell.verifying_page import VerifyingPage
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form
from screens.widgets.key_pair_form import KeyPairForm
from screens.widgets.tones import Cell
from screens.widgets.verification_panel import VerificationPanel

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageCheck

TYPING_SECONDS = 0.3
"""How long to wait for the next letter before the API is asked what it thinks of the basics."""


class AttachPage(PolicyPart, SavingPart):
    """Attach a bucket, in the order of the work it takes."""

    STOPPABLE = (*VerifyingPage.STOPPABLE, "continue")
    CSS_PATH = "attach.tcss"
    HOLDS_SECRETS = True
    ACTIONS = (
        CONTINUE,
        SAVE,
        FINISH,
        COPY_TEXT,
        SAVE_TEXT,
        NAME_USER,
        VERIFY_AGAIN,
        COPY,
        PLAIN_TEXT,
        REFRESH,
        BACK,
    )

    def __init__(self) -> None:
        super().__init__()
        self._typing: Timer | None = None
        self._verified_with = 0

    @property
    def crumb(self) -> str:
        return "Add a storage"

    # The steps

    def compose_step(self, step: int) -> ComposeResult:
        if step == BASICS:
            yield BasicsStep()
        elif step == POLICY:
            yield PolicyStep()
        elif step == KEYS:
            yield Line(id="whose-keys")
            yield KeyPairForm()
        elif step == VERIFY:
            yield VerificationPanel()
        else:
            yield SavedStep()

    def arrive(self, step: int) -> None:
        if step == BASICS:
            self.query_one(BasicsStep).begin()
        elif step == POLICY:
            self.arrive_at_policy()
        elif step == KEYS:
            self._arrive_at_keys()
        elif step == VERIFY:
            self.query_one("VerificationPanel Table").focus()
            if self._verified_with != self._typed():
                self.verify()
            else:
                self.verified()

    def _arrive_at_keys(self) -> None:
        form = self.query_one(KeyPairForm)
        form.aws = not self.basics.endpoint_url
        form.allow_blank(self.blank_allowed)
        user = f" {self.user_name}" if self.user_name else ""
        how = "Paste both at once, as AWS's csv file or as two lines, or type them."
        self.query_one("#whose-keys", Line).show(
            Cell(f"The access key of the IAM user{user}. {how}", "muted")
        )
        form.begin()

    @property
    def unsaved(self) -> bool:
        typed = self.basics != Basics() or (self.keys is not None and not self.keys.empty)
        return self.step != SAVED and typed

    def may_go_back(self) -> bool:
        return self.step not in (BASICS, SAVED)

    def applies(self, action: Action) -> bool:
        offered_at: dict[Action, bool] = {
            CONTINUE: self.step in (BASICS, POLICY, KEYS),
            SAVE: self.step == VERIFY and self.may_save,
            FINISH: self.step == SAVED,
            NAME_USER: self.step == POLICY,
            COPY_TEXT: self.step == POLICY,
            SAVE_TEXT: self.step == POLICY,
            COPY: self.step == VERIFY,
            PLAIN_TEXT: self.step in (POLICY, VERIFY),
        }
        return offered_at.get(action, True) and super().applies(action)

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Enter at the last field."""
        if self.step == SAVED:
            self.action_finish_flow()
        else:
            self.action_continue_flow()

    def action_continue_flow(self) -> None:
        """To the next step, if this one is complete."""
        if self.step == BASICS:
            if not self.query_one(BasicsStep).miss():
                self._judge_and_continue()
        elif self.step == POLICY:
            self.go_to_step(KEYS)
        elif self.step == KEYS and self.keys is not None and self.keys.given() is not None:
            self.go_to_step(VERIFY)

    # What the API says of the basics

    def on_field_changed(self, event: Field.Changed) -> None:
        """Ask what the API thinks of it once the typing pauses."""
        if self.step == BASICS:
            if self._typing is not None:
                self._typing.stop()
            self._typing = self.set_timer(TYPING_SECONDS, self._judge)

    @request("check")
    async def _judge(self) -> None:
        step = self.query_one(BasicsStep)
        typed = step.typed
        step.judge(await self._check(), typed)

    @request("continue", repeats=False)
    async def _judge_and_continue(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        self.workers.cancel_group(self, "check")
        step = self.query_one(BasicsStep)
        typed = step.typed
        check = await self._check()
        step.judge(check, typed, for_good=True)
        if not check.problems:
            self.go_to_step(POLICY)

    async def _check(self) -> StorageCheck:
        from dwtui.client.generated.input_types import CheckStorageBackendInput

        api = await self.api()
        basics = self.basics
        asked = CheckStorageBackendInput(organization=self.organization_id, **basics.place)
        if basics.name:
            asked.name = basics.name
        check = await api.check_storage_backend(asked)
        self.blank_allowed = check.blank_keys_allowed
        return check

    # The verification

    def _typed(self) -> int:
        """What a verdict is about, as a hash: keys are kept nowhere but where they were typed."""
        keys = [field.value for field in self.keys.query(Field)] if self.keys is not None else []
        return hash((repr(self.basics.settings), *keys))

    def verification(self) -> tuple[str, Mapping[str, Any]]:
        from dwtui.client.generated.input_types import VerifyStorageBackendInput

        given = self.keys.given() if self.keys is not None else None
        assert given is not None
        self._verified_with = self._typed()
        asked = VerifyStorageBackendInput(
            organization=self.organization_id, **self.basics.settings, **given.for_new
        )
        return f"{self.basics.s3_uri} {given.words}", {"input": asked}

    def verified(self) -> None:
        panel = self.query_one(VerificationPanel)
        if panel.verdict == "HEALTHY":
            panel.say_more(f"enter saves it as “{self.basics.name}”.")
        else:
            panel.say_more("c copies a remedy, r verifies again, esc goes back to the keys.")

    def refused(self, error: ApiError) -> None:
        self._verified_with = 0
        self.go_to_blame(error)

    @work(group="step", exclusive=True)
    async def go_to_blame(self, error: ApiError) -> None:  # type: ignore[override]
        for step, form in ((BASICS, self.query_one(BasicsStep)), (KEYS, self.keys)):
            if form is not None and error.field and form.blame(error.field, error.message):
                await self.show_step(step)
                form.blame(error.field, error.message)
                return
        self.tell(f"✗ {error.message}", "bad", stays=True)

    def on_unmount(self) -> None:
        """Let go of the keys, however the flow ends."""
        if self.keys is not None:
            self.keys.forget()
