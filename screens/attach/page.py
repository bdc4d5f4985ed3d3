"""The page of the add flow: its steps, and what is asked of the API between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.timer import Timer

from dwtui.client.errors import ApiError, BadInput, Conflict, ConnectionLost, Forbidden, VerificationFailed
from screens.attach.basics import Basics, BasicsStep
from screens.attach.policy_step import PolicyStep, UserName
from screens.attach.saved_step import SavedStep
from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, COPY_TEXT, PLAIN_TEXT, REFRESH, SAVE_TEXT
from screens.shell.flow_actions import CONTINUE, FINISH, NAME_USER, SAVE, VERIFY_AGAIN
from screens.shell.places import Place
from screens.shell.requests import request
from screens.shell.verifying_page import VerifyingPage
from screens.text.saving import TextSaving
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form
from screens.widgets.key_pair_form import KeyPairForm
from screens.widgets.tones import Cell
from screens.widgets.uses import uses_of
from screens.widgets.verification_panel import VerificationPanel

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageCheck, StorageDetails

BASICS, POLICY, KEYS, VERIFY, SAVED = range(5)
TYPING_SECONDS = 0.3
"""How long to wait for the next letter before the API is asked what it thinks of the basics."""


class AttachPage(TextSaving, VerifyingPage):
    """Attach a bucket, in the order of the work it takes."""

    STEPS = ("Basics", "Policy", "Keys", "Verify", "Saved")
    STOPPABLE = (*VerifyingPage.STOPPABLE, "continue")
    VERIFY_STEP = VERIFY
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
        self._policy_of: tuple[Basics, str] | None = None
        self._user_name = ""
        self._verified_with: object = None
        self._maybe_saved = False
        self._blank_allowed = False

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
            self.query_one(PolicyStep).introduce(self._user_name, self._blank_allowed)
            self.query_one(PolicyStep).views.show(self.query_one(PolicyStep).views.current)
            self._load_policy()
        elif step == KEYS:
            self._arrive_at_keys()
        elif step == VERIFY:
            panel = self.query_one(VerificationPanel)
            panel.matrix.query_one("Table").focus()
            if self._verified_with != self._what_is_verified():
                self.verify()

    def _arrive_at_keys(self) -> None:
        form = self.query_one(KeyPairForm)
        form.aws = not self.basics.endpoint_url
        form.allow_blank(self._blank_allowed)
        user = f" of the IAM user {self._user_name}" if self._user_name else " of the IAM user"
        self.query_one("#whose-keys", Line).show(
            Cell(
                f"The access key{user}. Paste both at once, as AWS's csv file or as two lines, or type them.",
                "muted",
            )
        )
        form.begin()

    @property
    def basics(self) -> Basics:
        """What was typed in the first step."""
        found = self.query(BasicsStep)
        return found.first().values if found else Basics()

    @property
    def keys(self) -> KeyPairForm | None:
        """The form of the third step, once it was come to."""
        found = self.query(KeyPairForm)
        return found.first() if found else None

    @property
    def unsaved(self) -> bool:
        keys = self.keys
        return self.step != SAVED and (self.basics != Basics() or (keys is not None and not keys.empty))

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
            COPY: self.step in (VERIFY, SAVED),
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

    # 1. Basics

    def on_field_changed(self, event: Field.Changed) -> None:
        """Ask what the API thinks of it once the typing pauses."""
        if self.step == BASICS:
            if self._typing is not None:
                self._typing.stop()
            self._typing = self.set_timer(TYPING_SECONDS, self._judge)

    @request("check")
    async def _judge(self) -> None:
        self.query_one(BasicsStep).judge(await self._check())

    @request("continue", repeats=False)
    async def _judge_and_continue(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        self.workers.cancel_group(self, "check")
        step = self.query_one(BasicsStep)
        check = await self._check()
        step.judge(check, for_good=True)
        if not check.problems:
            self.go_to_step(POLICY)

    async def _check(self) -> StorageCheck:
        from dwtui.client.generated.input_types import CheckStorageBackendInput

        api = await self.api()
        basics = self.basics
        name = {"name": basics.name} if basics.name else {}
        asked = CheckStorageBackendInput(organization=self.organization_id, **name, **basics.place)
        check = await api.check_storage_backend(asked)
        self._blank_allowed = check.blank_keys_allowed
        return check

    # 2. Policy

    @request("policy")
    async def _load_policy(self) -> None:
        from dwtui.client.generated.input_types import SuggestedPolicyInput

        basics = self.basics
        if self._policy_of == (basics, self._user_name):
            return
        place = {
            name: value
            for name, value in basics.settings.items()
            if name in ("bucket", "prefix", "uses", "region")
        }
        wish = {"user_name": self._user_name} if self._user_name else {}
        api = await self.api()
        try:
            policy = await api.suggested_policy(SuggestedPolicyInput(**place, **wish))
        except BadInput as error:
            self._user_name = self._policy_of[1] if self._policy_of else ""
            self.tell(f"✗ {error.message}", "bad", stays=True)
            return
        self._user_name = policy.user_name
        self._policy_of = (basics, policy.user_name)
        step = self.query_one(PolicyStep)
        step.views.show_policy(policy)
        step.views.tell(Cell(""))
        step.introduce(policy.user_name, self._blank_allowed)

    @work(group="question", exclusive=True)
    async def action_name_user(self) -> None:
        """Give the IAM user another name."""
        chosen = await self.ask(UserName(self._user_name))
        if chosen and chosen != self._user_name:
            self._user_name = chosen
            self._load_policy()

    def action_show_view(self, name: str) -> None:
        """Show the form of that name."""
        self.query_one(PolicyStep).views.show(name)

    @property
    def text_to_save(self) -> tuple[str, str]:
        views = self.query_one(PolicyStep).views
        return views.form.file_name, views.text

    def action_plain_text(self) -> None:
        """The policy, or the report, as text."""
        if self.step == POLICY:
            name, text = self.text_to_save
            self.host.go(Place("text", extra={"title": name, "text": text, "file_name": name}))
        else:
            super().action_plain_text()

    # 4. Verification

    def _what_is_verified(self) -> object:
        """What a verdict is about. Keys stand in it as a hash: they are kept nowhere but where they were typed."""
        typed = [field.value for field in self.keys.query(Field)] if self.keys is not None else []
        return hash((repr(self.basics.settings), *typed))

    def verification(self) -> tuple[str, Mapping[str, Any]]:
        from dwtui.client.generated.input_types import VerifyStorageBackendInput

        given = self.keys.given() if self.keys is not None else None
        assert given is not None
        self._verified_with = self._what_is_verified()
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
        """Go to the field that is to blame."""
        self._verified_with = None
        self._go_to_blame(error)

    @work(group="blame", exclusive=True)
    async def _go_to_blame(self, error: ApiError) -> None:
        for step, form in ((BASICS, self.query_one(BasicsStep)), (KEYS, self.keys)):
            if (
                form is not None
                and error.field
                and any(field.id == error.field for field in form.query(Field))
            ):
                await self.show_step(step)
                form.blame(error.field, error.message)
                return
        self.tell(f"✗ {error.message}", "bad", stays=True)

    # 5. Saving

    def action_save_changes(self) -> None:
        """Save what was verified."""
        self._save()

    @request("save", repeats=False)
    async def _save(self) -> None:
        from dwtui.client.generated.input_types import CreateStorageBackendInput

        api = await self.api()
        storage = await self._saved_already() if self._maybe_saved else None
        given = self.keys.given() if self.keys is not None else None
        if storage is None and given is not None:
            self.tell("Saving. The API verifies it once more…", "muted", stays=True)
            self._maybe_saved = True
            try:
                storage = await api.create_storage_backend(
                    CreateStorageBackendInput(
                        name=self.basics.name,
                        organization=self.organization_id,
                        **self.basics.settings,
                        **given.for_new,
                    )
                )
            except ConnectionLost as error:
                self._maybe_saved = error.sent
                raise
            except VerificationFailed as error:
                self._maybe_saved = False
                self.show_failure(error, "Nothing was saved.")
                return
            except (BadInput, Conflict, Forbidden) as error:
                self._maybe_saved = False
                self._go_to_blame(error)
                return
        if storage is not None:
            await self._arrive_at_saved(storage)

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
        self.session.note_change()
        self._seen_changes = self.session.changes
        await self.show_step(SAVED)
        self.query_one(SavedStep).show(storage)
        self._load_defaults()

    @request("defaults")
    async def _load_defaults(self) -> None:
        api = await self.api()
        self.query_one(SavedStep).show_defaults(await api.organization(self.organization_id))

    def action_finish_flow(self) -> None:
        """Make it a default where that was chosen, and go to the storage."""
        if self.query_one(SavedStep).field.value:
            self._set_defaults()
        else:
            self._land()

    @request("save", repeats=False)
    async def _set_defaults(self) -> None:
        from dwtui.client.generated.input_types import UpdateOrganizationInput

        step = self.query_one(SavedStep)
        assert step.storage is not None
        fields = {"DOCUMENTS": "default_document_storage", "DATA": "default_data_storage"}
        changes = {fields[use.value]: step.storage.id for use in uses_of(step.field.value)}
        api = await self.api()
        await api.update_organization(self.organization_id, UpdateOrganizationInput(**changes))
        self.session.note_change()
        self._land()

    def _land(self) -> None:
        """To the storage, with the page this was begun on behind it."""
        storage = self.query_one(SavedStep).storage
        self.host.leave()
        if storage is not None:
            self.host.go(Place("storage", storage.id))

    def leave_flow(self) -> None:
        """Once it is saved, leaving leads to the storage."""
        if self.step == SAVED:
            self._land()
        else:
            super().leave_flow()

    def on_unmount(self) -> None:
        """Let go of the keys, however the flow ends."""
        if self.keys is not None:
            self.keys.forget()
