"""Pages that lead through steps. Going back and forth keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import DescendantFocus, Key
from textual.widgets import Input

from screens.shell.action import Action
from screens.shell.actions import REFRESH
from screens.shell.unsaved_page import UnsavedPage
from screens.widgets.step_line import StepLine
from screens.widgets.text_input import LEAVING


class Step(Container):
    """The content of a step."""

    DEFAULT_CSS = """
    Step { height: 1fr; }
    """

    def __init__(self, content: Callable[[], ComposeResult], *, id: str) -> None:
        super().__init__(id=id)
        self._content = content

    def compose(self) -> ComposeResult:
        yield from self._content()


class FlowPage(UnsavedPage):
    """A page of several steps, one shown at a time. Each is made when it is first come to."""

    STEPS: ClassVar[tuple[str, ...]] = ()
    """The names of the steps."""
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.step = 0
        self._ahead: list[Key] | None = []
        """What was typed before there was a field to type into; None: there was one."""

    # What subclasses say

    def compose_step(self, step: int) -> ComposeResult:
        """The content of a step."""
        yield from ()

    def arrive(self, step: int) -> None:
        """A step has been come to: focus what is to be filled in, ask for what is to be shown."""

    def may_go_back(self) -> bool:
        """Whether the step before may be gone back to."""
        return self.step > 0

    # What is typed ahead

    def on_key(self, event: Key) -> None:
        """Letters that come before the first field are meant for it: as keys of the page they would do anything."""
        if self._ahead is not None and not self.dock.notice and (event.is_printable or event.key in LEAVING):
            event.stop()
            self._ahead.append(event)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Hand the first field what was typed ahead."""
        if self._ahead is not None and isinstance(event.widget, Input):
            ahead, self._ahead = self._ahead, None
            for key in ahead:
                event.widget.post_message(key)

    # The steps

    def reload(self) -> None:
        """Nothing is asked anew but what failed: what was typed is not to be overwritten."""
        self.try_again()

    def compose_page(self) -> ComposeResult:
        yield StepLine(self.STEPS)
        yield Container(id="steps")

    def on_mount(self) -> None:
        """Begin at the first step."""
        self.go_to_step(0)

    def go_to_step(self, step: int) -> None:
        """Show a step."""
        self.run_worker(self.show_step(step), group="step", exclusive=True)

    async def show_step(self, step: int) -> None:
        """Show a step; it is there when this returns."""
        steps = self.query_one("#steps", Container)
        if not steps.query(f"#step-{step}"):
            content = Step(partial(self.compose_step, step), id=f"step-{step}")
            content.display = False
            await steps.mount(content)
        self.step = step
        for shown in steps.children:
            shown.display = shown.id == f"step-{step}"
        self.query_one(StepLine).show(step)
        self.dock.hush()
        self.arrive(step)
        self.show_lines()
        self.refresh_bindings()

    def applies(self, action: Action) -> bool:
        if action is REFRESH:
            return self.has_to_try_again
        return super().applies(action)

    def step_back(self) -> bool:
        if not self.may_go_back():
            return False
        self.go_to_step(self.step - 1)
        return True
