"""Flows with a step in which a verification is watched while it runs."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, ClassVar, cast

from dwtui.client.errors import ApiError, ConnectionLost, Unauthenticated, VerificationFailed
from screens.shell.action import Action
from screens.shell.copying import Copyable
from screens.shell.flow_actions import VERIFY_AGAIN
from screens.shell.flow_page import FlowPage
from screens.shell.requests import request
from screens.widgets.policy_statements import as_policy
from screens.widgets.verification_panel import VerificationPanel

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


class VerifyingPage(FlowPage):
    """A flow that verifies before it saves. The verification can be stopped and repeated."""

    STOPPABLE = (*FlowPage.STOPPABLE, "verify")
    VERIFY_STEP: ClassVar[int] = 1
    """The step in which the verification is shown."""

    # What subclasses say

    def verification(self) -> tuple[str, Mapping[str, Any]]:
        """As whom is verified, in words, and the arguments of the subscription. Secrets are read here, not kept."""
        raise NotImplementedError

    def verified(self) -> None:
        """The verification has come to its end; the panel holds its verdict."""

    # The verification

    @property
    def panel(self) -> VerificationPanel | None:
        """Where it is shown, once that step was come to."""
        found = self.query(VerificationPanel)
        return found.first() if found else None

    @property
    def verifying(self) -> bool:
        """Whether one is under way."""
        return self.under_way("verify")

    @property
    def watching(self) -> bool:
        """Whether the step with the verification is in front."""
        panel = self.panel
        return panel is not None and self.step == self.VERIFY_STEP

    @property
    def may_save(self) -> bool:
        """Whether what was verified is fit to be saved."""
        panel = self.panel
        return panel is not None and panel.verdict == "HEALTHY" and not self.under_way("save", "verify")

    def show_failure(self, error: VerificationFailed, words: str) -> None:
        """Show the report that an attempt to save came back with; `words` say what is left as it was."""
        panel = self.panel
        assert panel is not None
        self.dock.hush()
        panel.show_failure(str(error.extensions.get("verdict") or "UNHEALTHY"), error.checks)
        panel.say_more(f"{words} r verifies again, esc goes back.")
        self.refresh_bindings()

    @request("verify")
    async def verify(self) -> None:
        """Verify, showing each probe as it finishes."""
        panel = self.panel
        assert panel is not None
        words, arguments = self.verification()
        panel.begin(words)
        self.refresh_bindings()
        try:
            api = await self.api()
            events = cast("AsyncGenerator[Any, None]", api.watch_verification(**arguments))
            async with aclosing(events):
                async for event in events:
                    panel.take(event)
        except CancelledError:
            if panel.is_attached:
                panel.stop("Stopped before its end.")
            raise
        except ConnectionLost:
            panel.stop("✗ The connection was lost in the middle; nothing you typed is lost.", "bad")
            raise
        except ApiError as error:
            panel.stop(f"✗ {error.message}", "bad")
            if isinstance(error, Unauthenticated):
                raise
            self.refused(error)
            return
        finally:
            if self.is_attached:
                self.call_after_refresh(self.refresh_bindings)
        self.verified()

    def refused(self, error: ApiError) -> None:
        """The API would not even begin; where a field is to blame, subclasses go there."""

    def action_verify_again(self) -> None:
        """Verify once more, with what is typed now."""
        self.verify()

    def applies(self, action: Action) -> bool:
        if action is VERIFY_AGAIN:
            return self.watching and not self.verifying
        return super().applies(action)

    def copyables(self) -> list[Copyable]:
        panel = self.panel
        if panel is None or not self.watching:
            return super().copyables()
        things = []
        selected = panel.matrix.selected
        if selected is not None:
            if selected.statement:
                things.append(Copyable("missing statement", selected.statement))
            if selected.remedy:
                things.append(Copyable("remedy", selected.remedy))
        statements = [row.statement for row in panel.matrix.rows if row.statement and row.status == "FAIL"]
        if len(statements) > 1 and (policy := as_policy(statements)):
            things.insert(0, Copyable("all missing statements, as a policy", policy))
        return [*things, Copyable("whole report", panel.plain())]

    def plain(self) -> str:
        panel = self.panel
        return panel.plain() if panel is not None and self.watching else super().plain()
