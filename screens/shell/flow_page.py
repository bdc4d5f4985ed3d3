"""Pages on which something is typed before it is saved: nothing that was typed gets lost unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dwtui.client.errors import Forbidden
from screens.shell.page import Page
from screens.widgets.dock import YesNo
from screens.widgets.step_line import StepLine
from textual import work
from textual.app import ComposeResult
from textual.containers import Container

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api


class FlowPage(Page):
    """A page of one or several steps, in one organization. Going back and forth keeps what was typed."""

    STEPS: ClassVar[tuple[str, ...]] = ()
    """The names of the steps; a page without them is a single form."""
    STOPPABLE: ClassVar[tuple[str, ...]] = ("save",)
    """The groups of requests that going back stops first."""
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.step = 0
        self._organization = ""

    # What subclasses say

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost by leaving."""
        return False

    def compose_step(self, step: int) -> ComposeResult:
        """The content of a step; it is made when the step is first come to."""
        yield from ()

    def arrive(self, step: int) -> None:
        """A step has been come to: focus what is to be filled in, ask for what is to be shown."""

    def may_go_back(self) -> bool:
        """Whether the step before may be gone back to."""
        return self.step > 0

    # The steps

    def compose_page(self) -> ComposeResult:
        if self.STEPS:
            yield StepLine(self.STEPS)
        yield Container(id="steps")

    def on_mount(self) -> None:
        """Begin at the first step."""
        super().on_mount()
        self.go_to_step(0)

    def go_to_step(self, step: int) -> None:
        """Show a step."""
        self.run_worker(self._show_step(step), group="step", exclusive=True)

    async def _show_step(self, step: int) -> None:
        steps = self.query_one("#steps", Container)
        self.step = step
        for shown in steps.children:
            shown.display = shown.id == f"step-{step}"
        if not steps.query(f"#step-{step}"):
            await steps.mount(Container(*self.compose_step(step), id=f"step-{step}", classes="step"))
        if self.STEPS:
            self.query_one(StepLine).show(step)
        self.dock.hush()
        self.arrive(step)
        self.show_lines()
        self.refresh_bindings()

    def under_way(self, *groups: str) -> bool:
        """Whether a request of these groups is under way."""
        return any(worker.group in groups and not worker.is_finished for worker in self.workers if worker.node is self)

    def step_back(self) -> bool:
        if self.under_way(*self.STOPPABLE):
            for group in self.STOPPABLE:
                self.workers.cancel_group(self, group)
            return True
        if not self.may_go_back():
            return False
        self.go_to_step(self.step - 1)
        return True

    # Leaving

    def action_back(self) -> None:
        """Stop what is under way, go a step back, or leave; before something is lost it asks."""
        if not self.step_back():
            self.ask_to_leave()

    @work(group="leave", exclusive=True)
    async def ask_to_leave(self) -> None:
        """Leave, after asking if something would be lost."""
        if not self.unsaved or await self.ask(YesNo(*self.leave_question())):
            self.host.leave()

    def leave_question(self) -> tuple[str, str, str]:
        """The question, what yes means, what no means."""
        return ("Leave without saving? What you typed is lost.", "leave", "stay")

    # Requests

    async def api(self, organization: bool = True) -> Api:
        """The client, in the organization that was begun in: another sign-in must not carry this elsewhere."""
        api = await super().api(organization)
        present = self.session.organization
        if present is not None:
            self._organization = self._organization or present.id
            if present.id != self._organization:
                raise Forbidden(
                    "This was begun in another organization than the one you work in now. "
                    "Go back to that one, or leave this with esc."
                )
        return api

    @property
    def organization_id(self) -> str:
        """The organization this is done in. It is known once the client was asked for."""
        return self._organization
