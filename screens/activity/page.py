"""The activity of the organization, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from screens.activity.table import activity_columns, outcome
from screens.shell.action import Action
from screens.shell.actions import (
    BACK,
    COPY,
    ONLY_OUTCOME,
    ONLY_SUBJECT,
    ONLY_USER,
    PLAIN_TEXT,
    REFRESH,
)
from screens.shell.connections import FIRST, chunk_of
from screens.shell.copying import Copyable
from screens.shell.list_page import ListPage
from screens.shell.places import KIND_OF_ID, Place
from screens.widgets import times
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ActivityLine

OUTCOMES = (None, "REFUSED", "FAILED", "SUCCEEDED")


class ActivityPage(ListPage["ActivityLine"]):
    """Who did what. The line under the cursor is told in full below the list."""

    SECTION = "activity"
    CSS_PATH = "activity.tcss"
    ACTIONS = (ONLY_USER, ONLY_SUBJECT, ONLY_OUTCOME, COPY, PLAIN_TEXT, REFRESH, BACK)

    def __init__(self) -> None:
        super().__init__()
        self._user: tuple[str, str] | None = None
        self._subject: tuple[str, str] | None = None
        self._outcome: str | None = None

    @property
    def status(self) -> Cell:
        if self.table.loading_text is not None:
            return Cell("")
        kept = [
            f"by {self._user[1]}" if self._user else "",
            f"to {self._subject[1]}" if self._subject else "",
            f"only {self._outcome.lower()}" if self._outcome else "",
        ]
        return Cell(" · ".join([f"{len(self.table.rows)} lines", *filter(None, kept)]), "muted")

    def columns(self) -> Sequence[Column[ActivityLine]]:
        return activity_columns()

    def key(self, row: ActivityLine) -> str:
        return row.id

    def empty_lines(self) -> Sequence[Cell]:
        if self._filtered:
            return (Cell("Nothing was done that matches."), Cell("esc takes the filter away.", "muted"))
        return (Cell("Nothing was done yet."),)

    def compose_page(self) -> ComposeResult:
        yield self.make_table()
        yield KeyValues(id="line")

    async def fetch(self, after: str | None) -> Chunk[ActivityLine]:
        api = await self.api()
        from dwtui.client.generated.enums import Outcome

        assert self.session.organization is not None
        return chunk_of(
            await api.activity(
                self.session.organization.id,
                first=FIRST,
                after=after,
                subject=self._subject[0] if self._subject else None,
                actor=self._user[0] if self._user else None,
                outcome=Outcome(self._outcome) if self._outcome else None,
            )
        )

    def moved(self, row: ActivityLine | None) -> None:
        self.query_one("#line", KeyValues).show(_in_full(row) if row is not None else [])

    # Filtering

    @property
    def _filtered(self) -> bool:
        return bool(self._user or self._subject or self._outcome)

    def applies(self, action: Action) -> bool:
        if action is ONLY_USER:
            return bool(self._user or (self.row and self.row.actor))
        if action is ONLY_SUBJECT:
            return bool(self._subject or (self.row and self.row.subject_id))
        return True

    def action_only_user(self) -> None:
        """Keep what the user of this line did; again: all."""
        row = self.row
        known = row.actor if row else None
        self._user = (known.id, known.name) if known and not self._user else None
        self._load()

    def action_only_subject(self) -> None:
        """Keep what was done to the subject of this line; again: all."""
        row = self.row
        self._subject = (
            (row.subject_id, row.subject_name) if row and row.subject_id and not self._subject else None
        )
        self._load()

    def action_only_outcome(self) -> None:
        """The next outcome."""
        self._outcome = OUTCOMES[(OUTCOMES.index(self._outcome) + 1) % len(OUTCOMES)]
        self._load()

    def step_back(self) -> bool:
        if not self._filtered:
            return False
        self._user = self._subject = self._outcome = None
        self._load()
        return True

    # What can be done with a line

    def on_table_opened(self, event: Table.Opened) -> None:
        """To what it was done to, where that can be shown."""
        subject = self.row.subject_id if self.row else None
        kind = KIND_OF_ID.get(subject[:2]) if subject else None
        if subject and kind in ("storage", "study"):
            self.host.go(Place(kind, subject))

    def copyables(self) -> list[Copyable]:
        row = self.row
        if row is None:
            return []
        things = [Copyable("entry", row.id), Copyable("subject", row.subject_id or row.subject_name)]
        if row.request_id:
            things.append(Copyable("request", row.request_id))
        return things


def _in_full(row: ActivityLine) -> list[Pair]:
    pairs: list[Pair] = [
        ("when", Cell(f"{times.exact(row.at)}, {times.age(row.at)}")),
        ("who", Cell(row.actor_name + (f" ({row.actor.id})" if row.actor else ""))),
        (
            "did",
            Cell(f"{row.action} to {row.subject_name}" + (f" ({row.subject_id})" if row.subject_id else "")),
        ),
        ("outcome", outcome(row)),
        ("more", Cell(row.summary)),
        ("request", Cell(row.request_id or "", "muted")),
    ]
    return [pair for pair in pairs if pair[1].text]
