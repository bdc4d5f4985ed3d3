"""Welcome: three ways to begin."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Key

from screens.shell.page import Page
from screens.shell.places import Place
from screens.widgets.dock import Line
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

Way = tuple[str, str, str, str]
"""Its digit, its name, what it means, and what it is known by."""

WAYS: tuple[Way, ...] = (
    (
        "1",
        "Try the demo",
        "a sample organization; nothing leaves this machine",
        "demo",
    ),
    ("2", "Connect to an API", "sign in where your organization runs dwtui", "sign-in"),
    ("3", "A workspace of my own", "an API on this machine, with your real AWS buckets", "workspace"),
)


class WelcomePage(Page):
    """What to begin with, while there is no profile."""

    CSS_PATH = "welcome.tcss"
    ACTIONS = ()

    @property
    def crumb(self) -> str:
        return "Welcome"

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("Bring your own S3 buckets to the research data platform.", "strong"))
        yield Line(
            "dwtui attaches a bucket as a storage, proves that its permissions are right, and says who must mend "
            "what is not."
        )
        yield Line(Cell("How do you want to begin?", "strong"))
        columns: list[Column[Way]] = [
            Column("digit", "", lambda row: Cell(row[0], "key"), 1, 1),
            Column("name", "", lambda row: Cell(row[1], "strong"), 21, 21),
            Column("text", "", lambda row: Cell(row[2], "muted"), 20, grow=1, rank=1),
        ]
        yield Table(columns, key=lambda row: row[0], header=False)

    def reload(self) -> None:
        self.query_one(Table).show(Chunk(WAYS, len(WAYS), None))

    def on_key(self, event: Key) -> None:
        """A digit chooses at once."""
        for digit, _, _, way in WAYS:
            if event.character == digit:
                event.stop()
                self._begin(way)

    def on_table_opened(self, event: Table.Opened) -> None:
        """Begin that way."""
        self._begin(WAYS[event.table.cursor][3])

    def _begin(self, way: str) -> None:
        if way == "demo":
            self.host.run_demo()
        else:
            self.host.go(Place(way))
