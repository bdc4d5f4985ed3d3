"""The help page, made from the table of actions."""

from collections.abc import Sequence

from textual.app import ComposeResult

from screens.shell.actions import BACK, Action
from screens.shell.page import Page
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

Row = tuple[str, Action | None]


class HelpPage(Page):
    """What can be done on a page: by which key, and by which command."""

    ACTIONS = (BACK,)

    def __init__(self, actions: Sequence[Action]) -> None:
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
                10,
                14,
                1,
            ),
            Column(
                "title",
                "DOES",
                lambda row: Cell(row[1].title) if row[1] else Cell(row[0], "strong"),
                24,
                32,
                2,
            ),
            Column(
                "tooltip",
                "WHAT IT IS FOR",
                lambda row: Cell(row[1].tooltip if row[1] else "", "muted"),
                24,
                76,
                4,
                2,
            ),
            Column(
                "command", "AS A COMMAND", lambda row: Cell(row[1].command if row[1] else ""), 29, 34, 1, 1
            ),
        ]
        yield Table(columns, key=lambda row: row[1].id if row[1] else row[0])

    def reload(self) -> None:
        rows: list[Row] = []
        for group in dict.fromkeys(action.group for action in self._actions):
            rows.append((group, None))
            rows += [(group, action) for action in self._actions if action.group == group]
        self.query_one(Table).show(Chunk(rows, len(rows), None))

    def plain(self) -> str:
        return "\n".join(
            f"{' '.join(action.key_names):14} {action.title:32} {action.command}" for action in self._actions
        )
