"""The help page, made from the table of actions."""

from collections.abc import Sequence

from textual.app import ComposeResult

from screens.shell.action import Action
from screens.shell.actions import BACK
from screens.shell.page import Page
from screens.widgets.dock import Line
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

Row = tuple[str, Action | None, str]
"""A heading; or an action under it, with the command that does the same."""


class HelpPage(Page):
    """What can be done on a page: by which key, and by which command."""

    CSS_PATH = "help.tcss"
    ACTIONS = (BACK,)

    def __init__(self, actions: Sequence[tuple[Action, str]]) -> None:
        """`actions`: what was offered on the page, with the commands that do the same."""
        super().__init__()
        self._actions = actions

    @property
    def crumb(self) -> str:
        return "Help"

    def compose_page(self) -> ComposeResult:
        columns: list[Column[Row]] = [
            Column(
                "keys",
                "KEY",
                lambda row: Cell(" ".join(row[1].key_names), "key") if row[1] else Cell(""),
                14,
                14,
            ),
            Column(
                "title",
                "DOES",
                lambda row: Cell(row[1].title) if row[1] else Cell(row[0], "strong"),
                26,
                34,
                1,
            ),
            Column("command", "AS A COMMAND", lambda row: Cell(row[2]), 33, 40, 1, 1),
        ]
        yield Table(columns, key=lambda row: row[1].id if row[1] else row[0], opens=False)
        yield Line(id="tooltip")

    def reload(self) -> None:
        rows: list[Row] = []
        for group in dict.fromkeys(action.group for action, _ in self._actions):
            rows.append((group, None, ""))
            rows += [(group, action, command) for action, command in self._actions if action.group == group]
        table = self.query_one(Table)
        table.show(Chunk(rows, len(rows), None))
        table.cursor = 1

    def on_table_moved(self, event: Table.Moved) -> None:
        """Tell what the action under the cursor is for."""
        row = event.table.row
        self.query_one("#tooltip", Line).show(Cell(row[1].tooltip if row and row[1] else ""))
