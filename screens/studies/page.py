"""The studies the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.shell.actions import BACK, COPY, FILTER, PLAIN_TEXT, REFRESH
from screens.shell.connections import FIRST, chunk_of
from screens.shell.copying import Copyable
from screens.shell.list_page import ListPage
from screens.shell.places import Place
from screens.studies.table import study_columns
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StudySummary


class StudiesPage(ListPage["StudySummary"]):
    """Studies by name."""

    SECTION = "studies"
    ACTIONS = (FILTER, COPY, PLAIN_TEXT, REFRESH, BACK)

    @property
    def status(self) -> Cell:
        rows = self.table.rows
        if self.table.loading_text is not None:
            return Cell("")
        count = f"{len(rows)} stud{'y' if len(rows) == 1 else 'ies'}"
        return Cell(f"{len(rows)} matching" if self.search else count, "muted")

    def columns(self) -> Sequence[Column[StudySummary]]:
        return study_columns()

    def key(self, row: StudySummary) -> str:
        return row.id

    def empty_lines(self) -> Sequence[Cell]:
        if self.search:
            return (Cell("No study matches."), Cell("esc takes the filter away.", "muted"))
        return (
            Cell("No study that you may see."),
            Cell("An organization administrator creates studies.", "muted"),
        )

    async def fetch(self, after: str | None) -> Chunk[StudySummary]:
        api = await self.api()
        assert self.session.organization is not None
        return chunk_of(
            await api.studies(
                self.session.organization.id, first=FIRST, after=after, search=self.search or None
            )
        )

    def known_places(self) -> list[tuple[str, Place]]:
        return [(row.name, Place("study", row.id)) for row in self.table.rows]

    def on_table_opened(self, event: Table.Opened) -> None:
        """To the study."""
        if self.row is not None:
            self.host.go(Place("study", self.row.id))

    def copyables(self) -> list[Copyable]:
        return study_copyables(self.row)


def study_copyables(study: StudySummary | None) -> list[Copyable]:
    """What can be copied of a study."""
    if study is None:
        return []
    things = [Copyable("id", study.id), Copyable("name", study.name)]
    if study.short_code:
        things.append(Copyable("code", study.short_code))
    if study.external_id:
        things.append(Copyable("external id", study.external_id))
    return [*things, Copyable("deep link", f"dwtui --open {study.id}")]
