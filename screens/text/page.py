"""The page with nothing but text."""

import sys
from collections.abc import Sequence

from textual.app import ComposeResult, SuspendNotSupported

from dwtui.visible import visible_block
from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, COPY_TEXT, PRINT_TEXT, SAVE_TEXT
from screens.shell.copying import Copyable
from screens.text.saving import TextSaving
from screens.widgets.text_pane import TextPane


class TextPage(TextSaving):
    """A text that fills the page from its first column on."""

    ACTIONS = (COPY, COPY_TEXT, SAVE_TEXT, PRINT_TEXT, BACK)
    AUTO_FOCUS = "TextPane"

    def __init__(
        self, title: str, text: str, file_name: str = "dwtui.txt", parts: Sequence[tuple[str, str]] = ()
    ) -> None:
        """`parts`: what can be copied of it alone, each with its name."""
        super().__init__()
        self._parts = parts
        self._title = title
        self._text = text
        self._file_name = file_name

    @property
    def crumb(self) -> str:
        return self._title

    def compose_page(self) -> ComposeResult:
        yield TextPane(self._text)

    def applies(self, action: Action) -> bool:
        if action in (COPY, COPY_TEXT):
            return (action is COPY) == bool(self._parts)
        return action is not PRINT_TEXT or not self.app.is_headless

    def copyables(self) -> list[Copyable]:
        return [*(Copyable(name, text) for name, text in self._parts), Copyable("all of it", self._text)]

    @property
    def text_to_save(self) -> tuple[str, str]:
        return self._file_name, self._text

    def action_print_text(self) -> None:
        """Print it to the terminal itself, where it is selected as everything else."""
        try:
            with self.app.suspend():
                sys.stdout.write(f"{visible_block(self._text)}\n\nPress enter to go back to dwtui. ")
                sys.stdout.flush()
                sys.stdin.readline()
        except SuspendNotSupported:
            self.tell("This terminal does not allow it.", "warn")
