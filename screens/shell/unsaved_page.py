"""Pages on which something is typed or chosen before it is saved: nothing of it gets lost unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work

from dwtui.client.errors import Forbidden
from screens.shell.page import Page
from screens.widgets.dock import YesNo

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api


class UnsavedPage(Page):
    """A page that asks before it is left with something unsaved, and that stays with one organization."""

    STOPPABLE: ClassVar[tuple[str, ...]] = ("save",)
    """The groups of requests that going back stops first."""
    LOST: ClassVar[str] = "Leave without saving? What you typed is lost."

    def __init__(self) -> None:
        super().__init__()
        self.organization_id = ""
        """The organization this is done in. It is known once the client was asked for."""

    async def api(self, organization: bool = True) -> Api:
        """The client, in the organization that was begun in: another sign-in must not carry this elsewhere."""
        api = await super().api(organization)
        present = self.session.organization
        if present is not None:
            self.organization_id = self.organization_id or present.id
            if present.id != self.organization_id:
                raise Forbidden(
                    "This was begun in another organization than the one you work in now. "
                    "Go back to that one, or leave this with esc."
                )
        return api

    def tell_of_saving(self, words: str = "Saving…") -> None:
        """Say at once that it is being saved. What would save it again is not offered meanwhile."""
        self.tell(words, "muted", stays=True)
        self.show_lines()

    def under_way(self, *groups: str) -> bool:
        """Whether a request of these groups is under way."""
        return any(it.group in groups and not it.is_finished and it.node is self for it in self.workers)

    def stop(self, *groups: str) -> bool:
        """Stop the requests of these groups; False: there was none."""
        if not self.under_way(*groups):
            return False
        if self.under_way("save"):
            self.tell(
                "Stopped waiting. It may have been saved all the same: saving again looks first.", "warn"
            )
        for group in groups:
            self.workers.cancel_group(self, group)
        return True

    def action_back(self) -> None:
        """Stop what is under way, go a step back, or leave; before something is lost it asks."""
        if not self.stop(*self.STOPPABLE) and not self.step_back():
            self.ask_to_leave()

    @work(group="leave", exclusive=True)
    async def ask_to_leave(self) -> None:
        """Leave, after asking if something would be lost."""
        if not self.unsaved or await self.ask(YesNo(self.LOST, "leave", "stay")):
            self.leave_flow()

    def leave_flow(self) -> None:
        """Leave for good."""
        self.host.leave()
