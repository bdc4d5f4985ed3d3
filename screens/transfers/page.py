"""All uploads and downloads of this session: under way, waiting, done, failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult

from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, PLAIN_TEXT
from screens.shell.copying import Copyable
from screens.shell.page import Page
from screens.shell.study_actions import CANCEL_THIS, RETRY_THIS
from screens.shell.transfer_words import amounts, pace, state_of
from screens.shell.transfers import State, Transfer
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.text_question import TextQuestion
from screens.widgets.tones import Cell

TICK_SECONDS = 0.5

COLUMNS: Sequence[Column[Transfer]] = (
    Column("state", "STATE", state_of, 11, 11),
    Column("name", "FILE", lambda row: Cell(row.name), 20, 60, grow=3, middle=True),
    Column("pace", "PACE", lambda row: Cell(pace(row) if row.state is State.RUNNING else ""), 22, 26, rank=2),
    Column("size", "AMOUNT", lambda row: Cell(amounts(row), "muted"), 19, 22, rank=3),
    Column("where", "WHERE", lambda row: Cell(row.where, "muted"), 14, 60, 2, 4, middle=True),
)


def _no_name(name: str) -> str | None:
    return None if name else "It needs a name."


class TransfersPage(Page):
    """The queue, with what became of the one under the cursor."""

    ACTIONS = (CANCEL_THIS, RETRY_THIS, COPY, PLAIN_TEXT, BACK)
    CSS_PATH = "transfers.tcss"

    @property
    def crumb(self) -> str:
        return "Uploads and downloads"

    def compose_page(self) -> ComposeResult:
        yield Table(
            COLUMNS,
            key=lambda row: str(id(row)),
            id="rows",
            opens=False,
            empty=(Cell("Nothing was uploaded or downloaded yet."),),
        )
        yield KeyValues(id="facts")

    def on_mount(self) -> None:
        """Look at them now and then while they change."""
        self.set_interval(TICK_SECONDS, self._tick)

    @property
    def _table(self) -> Table[Transfer]:
        return self.query_one("#rows", Table)

    @property
    def _chosen(self) -> Transfer | None:
        return self._table.row if self.is_mounted else None

    def reload(self) -> None:
        known = self.host.transfers.all
        # What is under way and what waits, in its order; then what has ended, the last one first.
        rows = [it for it in known if not it.ended] + [it for it in known[::-1] if it.ended]
        self._table.show(Chunk(rows, len(rows), None))
        self._table.refresh()
        self._tell()

    def _tick(self) -> None:
        if self.is_current and self.host.transfers.active:
            for number, transfer in enumerate(self._table.rows):
                if transfer.state is State.RUNNING:
                    self._table.refresh_row(number)
                    self._tell()

    def transfer_ended(self, transfer: Transfer) -> None:
        self.reload()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Tell more of the one under the cursor."""
        self._tell()

    def _tell(self) -> None:
        transfer = self._chosen
        pairs: list[Pair] = []
        if transfer is not None:
            tone = state_of(transfer).tone
            pairs = [
                ("file", Cell(transfer.name, "strong")),
                ("to", Cell(transfer.where)),
                ("state", Cell(f"{state_of(transfer).text}, {amounts(transfer)}", tone)),
                ("outcome", Cell(transfer.outcome, tone if transfer.ended else "plain")),
            ]
        self.query_one("#facts", KeyValues).show([pair for pair in pairs if pair[1].text])
        self.refresh_bindings()

    def applies(self, action: Action) -> bool:
        chosen = self._chosen
        if action is CANCEL_THIS:
            return chosen is not None and not chosen.ended
        if action is RETRY_THIS:
            return chosen is not None and chosen.state in (State.FAILED, State.CANCELLED)
        return super().applies(action)

    def action_cancel_this(self) -> None:
        """Cancel the one under the cursor."""
        if self._chosen is not None:
            self.host.transfers.cancel(self._chosen)

    def action_retry_this(self) -> None:
        """Put the one under the cursor into the queue again."""
        chosen = self._chosen
        if chosen is None:
            return
        if chosen.rename is not None:
            self._rename(chosen, chosen.rename)
        else:
            self._again_in_queue(chosen)

    @work(group="question", exclusive=True)
    async def _rename(self, transfer: Transfer, rename: Callable[[str], None]) -> None:
        """What failed of its name is tried with another one; what was uploaded is not uploaded again."""
        question = f"The study has “{transfer.name}” already. Another name:"
        hint = "The bytes are there already and wait for a day."
        name = await self.ask(TextQuestion(question, transfer.name, hint, _no_name))
        if name is not None:
            rename(name)
            self._again_in_queue(transfer)

    def _again_in_queue(self, transfer: Transfer) -> None:
        self.host.transfers.retry(transfer)
        self.reload()

    def copyables(self) -> list[Copyable]:
        chosen = self._chosen
        if chosen is None:
            return []
        things = [Copyable("where", chosen.where), Copyable("file", chosen.name)]
        return [*things, Copyable("outcome", chosen.outcome)] if chosen.outcome else things

    def plain(self) -> str:
        return "\n".join(
            f"{state_of(it).text}  {it.name}  {amounts(it)}  {it.where}  {it.outcome}".rstrip()
            for it in self._table.rows
        )
