"""The studies the viewer may see: what they use, how many documents they have, what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, FILTER, PLAIN_TEXT, REFRESH
from screens.shell.connections import FIRST, chunk_of
from screens.shell.copying import Copyable
from screens.shell.list_page import ListPage
from screens.shell.places import Place
from screens.shell.requests import request
from screens.shell.study_actions import (
    ADD_STUDY,
    ASSIGN_STORAGES,
    CHANGE_STUDY_STORAGES,
    FILTER_PROBLEM,
    FILTER_STORAGE,
    MARK,
    MARK_ALL,
    UNDO_ASSIGNMENT,
)
from screens.studies import beside
from screens.studies.copying import study_copyables
from screens.studies.study_actions import StorageAssigning
from screens.studies.table import study_columns
from screens.widgets.key_values import KeyValues
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StudySummary

PROBLEM_WORDS = {
    None: "",
    "STRANDED_DOCUMENTS": "stranded documents",
    "UNHEALTHY_STORAGE": "unhealthy storage",
    "NO_DATA_STORAGE": "no data storage",
}
"""What `p` steps through: the API's problems, and what the studies have that are kept."""
PROBLEM_IN_A_WORD = {
    "STRANDED_DOCUMENTS": "stranded",
    "UNHEALTHY_STORAGE": "unhealthy",
    "NO_DATA_STORAGE": "no data storage",
}
"""The same beside their number, where there is little room."""
MANY = 500
"""Studies asked for at a time where all of them are wanted."""


class StudiesPage(StorageAssigning, ListPage["StudySummary"]):
    """Studies by name. Marked ones are changed together."""

    SECTION = "studies"
    CSS_PATH = "studies.tcss"
    ACTIONS = (
        UNDO_ASSIGNMENT,
        ASSIGN_STORAGES,
        ADD_STUDY,
        FILTER,
        MARK,
        FILTER_PROBLEM,
        FILTER_STORAGE,
        MARK_ALL,
        COPY,
        PLAIN_TEXT,
        REFRESH,
        BACK,
    )

    def __init__(self) -> None:
        super().__init__()
        self.problem: str | None = None
        self.storage: tuple[str, str] | None = None
        """The id and name of the storage whose studies are kept."""
        self.marked: dict[str, StudySummary] = {}
        """The marked studies by id, as they were when they were marked."""
        self._may_change_some = False
        """Whether the viewer may change the storages of any study that was shown."""
        self._beside: KeyValues | None = None

    @property
    def study_id(self) -> str | None:
        return self.row.id if self.row is not None else None

    @property
    def subject_id(self) -> str:
        return self.study_id or "SD_…"

    # What is shown

    @property
    def status(self) -> Cell:
        rows = self.table.rows
        if self.table.loading_text is not None:
            return Cell("")
        noun = "study" if len(rows) == 1 else "studies"
        kept = [
            f"{noun}, {PROBLEM_IN_A_WORD[self.problem]}" if self.problem else "",
            f"in “{self.storage[1]}”" if self.storage else "",
            "matching" if self.search else "",
        ]
        what = " ".join(filter(None, kept)) or noun
        marked = f"{len(self.marked):,} marked · " if self.marked else ""
        return Cell(f"{marked}{len(rows):,} {what}", "muted")

    def columns(self) -> Sequence[Column[StudySummary]]:
        return study_columns(marked=lambda row: row.id in self.marked)

    def key(self, row: StudySummary) -> str:
        return row.id

    def empty_lines(self) -> Sequence[Cell]:
        if self.problem and not self.search:
            said = f"✓ No study has this problem: {PROBLEM_WORDS[self.problem]}."
            return (Cell(said, "good"), Cell("esc shows all.", "muted"))
        if self.search or self.storage:
            return (Cell("No study matches."), Cell("esc takes the filter away.", "muted"))
        if self.check_action(ADD_STUDY.id, ()):
            return (Cell("No study yet."), Cell("a creates one.", "muted"))
        return (
            Cell("No study that you may see."),
            Cell("An organization administrator creates studies, and takes members in.", "muted"),
        )

    def compose_page(self) -> ComposeResult:
        with Horizontal():
            yield self.make_table()

    async def fetch(self, after: str | None) -> Chunk[StudySummary]:
        return await self._fetch(after, FIRST)

    async def _fetch(self, after: str | None, first: int) -> Chunk[StudySummary]:
        from dwtui.client.generated.enums import StudyProblem

        api = await self.api()
        assert self.session.organization is not None
        page = await api.studies(
            self.session.organization.id,
            first=first,
            after=after,
            search=self.search or None,
            storage=self.storage[0] if self.storage else None,
            problem=StudyProblem(self.problem) if self.problem else None,
        )
        self._may_change_some |= any(_may_change(edge.node) for edge in page.edges)
        return chunk_of(page)

    def on_screen_resume(self) -> None:
        """Marks are of studies as they were: after a change they are gone."""
        if self._seen[1] != self.session.changes:
            self.marked.clear()
        if self.session.just_made.startswith("SD_"):
            self._show_all()
        super().on_screen_resume()

    def _show_all(self) -> None:
        """A new study is to be seen, whatever was kept before."""
        super().step_back()
        self.problem = self.storage = None

    def forget(self) -> None:
        self.problem = self.storage = None
        self.marked.clear()
        self._may_change_some = False
        super().forget()

    def known_places(self) -> list[tuple[str, Place]]:
        return [(row.name, Place("study", row.id)) for row in self.table.rows]

    # The details beside the list

    def on_resize(self, event: events.Resize) -> None:
        """On a wide terminal the details stand beside the list."""
        self.call_after_refresh(lambda: self.moved(self.row))

    def moved(self, row: StudySummary | None) -> None:
        if not self.has_class("-wide"):
            return
        if self._beside is None:
            self._beside = KeyValues()
            self.query_one(Horizontal).mount(VerticalScroll(self._beside, id="beside", can_focus=False))
        self._beside.show(beside.summary(row) if row is not None else [])

    # Actions

    def action_add_study(self) -> None:
        """Create a study."""
        self.host.go(Place(ADD_STUDY.place))

    def may(self, action: Action) -> Collection[str]:
        if action not in (MARK, ASSIGN_STORAGES):
            return self.session.may
        if action is ASSIGN_STORAGES and self.marked:
            return (CHANGE_STUDY_STORAGES,)
        return [permission.value for permission in self.row.viewer_may] if self.row is not None else ()

    def applies(self, action: Action) -> bool:
        if action is MARK_ALL and not self._may_change_some:
            return False
        if action in (MARK, MARK_ALL):
            return not self.session.read_only and self.row is not None
        return super().applies(action)

    def on_table_opened(self, event: Table.Opened) -> None:
        """To the study."""
        if self.row is not None:
            self.host.go(Place("study", self.row.id))

    def action_mark(self) -> None:
        """Mark the study under the cursor, or not, and go to the next one."""
        row = self.row
        if row is None:
            return
        if self.marked.pop(row.id, None) is None:
            self.marked[row.id] = row
        self.table.refresh_row(self.table.cursor)
        self.table.action_cursor_down()
        self.show_lines()

    def action_mark_all(self) -> None:
        """Mark all that match, wherever in the list they are; again: none."""
        if self.marked:
            self._unmark()
        else:
            self._mark_all()

    def _unmark(self) -> None:
        self.marked.clear()
        self.table.refresh()
        self.show_lines()

    @request("marks")
    async def _mark_all(self) -> None:
        rows = self.table.rows
        while not rows.complete:
            self.table.add(await self._fetch(rows.end, MANY))
        self.marked = {row.id: row for row in rows if _may_change(row)}
        self.table.refresh()
        self.show_lines()

    def action_assign_storages(self) -> None:
        """Change the storages of the marked studies, or of the one under the cursor."""
        if self.marked:
            self.host.go(Place("assign-many", extra={"studies": list(self.marked.values())}))
        else:
            super().action_assign_storages()

    def action_filter_problem(self) -> None:
        """All, or those with the next kind of problem."""
        problems = list(PROBLEM_WORDS)
        self.problem = problems[(problems.index(self.problem) + 1) % len(problems)]
        self.table.cursor = 0
        self._load()

    @work(group="question", exclusive=True)
    async def action_filter_storage(self) -> None:
        """Choose the storage whose studies are kept."""
        if self.storage is not None:
            self.storage = None
            self._load()
            return
        self._load_storages()

    @request("storages")
    async def _load_storages(self) -> None:
        from screens.studies.storage_choice import all_storages

        api = await self.api()
        assert self.session.organization is not None
        self._choose_storage(
            [(it.id, it.name) for it in await all_storages(api, self.session.organization.id)]
        )

    @work(group="question", exclusive=True)
    async def _choose_storage(self, storages: Sequence[tuple[str, str]]) -> None:
        from screens.widgets.dock import Chooser

        options = [(name, id_, (id_, name)) for id_, name in storages]
        if options:
            chosen = await self.ask(Chooser("Studies that use", options))
            if chosen is not None:
                self.storage = chosen
                self.table.cursor = 0
                self._load()

    def step_back(self) -> bool:
        if super().step_back():
            return True
        if self.problem or self.storage:
            self.problem = self.storage = None
            self._load()
            return True
        if self.marked:
            self._unmark()
            return True
        return False

    def copyables(self) -> list[Copyable]:
        return study_copyables(self.row)


def _may_change(study: StudySummary) -> bool:
    return CHANGE_STUDY_STORAGES in [permission.value for permission in study.viewer_may]
