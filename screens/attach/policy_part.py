"""The part of the add flow in which the policy is shown, copied and saved."""

from __future__ import annotations

from textual import work

from dwtui.client.errors import BadInput
from screens.attach.basics import Basics
from screens.attach.policy_step import PolicyStep, UserName
from screens.attach.steps import POLICY, AttachSteps
from screens.shell.places import Place
from screens.shell.requests import request
from screens.text.saving import TextSaving
from screens.widgets.tones import Cell


class PolicyPart(TextSaving, AttachSteps):
    """The suggested policy for what was typed in the basics."""

    def __init__(self) -> None:
        super().__init__()
        self._policy_of: tuple[Basics, str] | None = None

    @property
    def _policy(self) -> PolicyStep:
        return self.query_one(PolicyStep)

    def arrive_at_policy(self) -> None:
        """Show the policy for what the basics say now."""
        self._policy.introduce(self.user_name, self.blank_allowed)
        self._policy.views.show(self._policy.views.current)
        self._load_policy(self.user_name)

    @request("policy")
    async def _load_policy(self, user_name: str) -> None:
        from dwtui.client.generated.input_types import SuggestedPolicyInput

        basics = self.basics
        if self._policy_of == (basics, user_name):
            return
        asked = SuggestedPolicyInput(bucket=basics.bucket, prefix=basics.prefix, uses=basics.place["uses"])
        if user_name:
            asked.user_name = user_name
        if basics.endpoint_url and basics.region:
            asked.region = basics.region
        api = await self.api()
        try:
            policy = await api.suggested_policy(asked)
        except BadInput as error:
            self.tell(f"✗ {error.message}", "bad", stays=True)
            return
        self.user_name = policy.user_name
        self._policy_of = (basics, policy.user_name)
        self._policy.views.show_policy(policy)
        self._policy.views.tell(Cell(""))
        self._policy.introduce(policy.user_name, self.blank_allowed)

    @work(group="question", exclusive=True)
    async def action_name_user(self) -> None:
        """Give the IAM user another name."""
        chosen = await self.ask(UserName(self.user_name))
        if chosen and chosen != self.user_name:
            self._load_policy(chosen)

    def action_show_view(self, name: str) -> None:
        """Show the form of that name."""
        self._policy.views.show(name)

    @property
    def text_to_save(self) -> tuple[str, str]:
        return self._policy.views.form.file_name, self._policy.views.text

    def action_plain_text(self) -> None:
        """The policy, or else what is shown, as text."""
        if self.step == POLICY:
            name, text = self.text_to_save
            self.host.go(Place("text", extra={"title": name, "text": text, "file_name": name}))
        else:
            super().action_plain_text()
