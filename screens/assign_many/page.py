"""The page on which the storages of many studies are changed at once: one preview, one result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult

from dwtui.amounts import counted
from screens.assign.changes import Named, StorageChange
from screens.assign.impact import data_lines, documents_lines
from screens.assign_many.matching import matching
from screens.assign_many.plan import Planned, Result, to_confirm, totals
from screens.assign_many.questions import (
    AS_NOW,
    BY_NAME,
    LIKE_DOCUMENTS,
    NONE,
    ask_for_pattern,
    storage_chooser,
)
from screens.assign_many.running import PARALLEL, carry_out, previews_of
from screens.shell.action import Action
from screens.shell.actions import BACK, PLAIN_TEXT, REFRESH
from screens.shell.flow_actions import SAVE
from screens.shell.requests import request
from screens.shell.study_actions import (
    ALL_DATA_IN,
    ALL_DOCUMENTS_IN,
    LEAVE_OUT,
    RETRY_FAILED,
    THIS_DOCUMENTS_IN,
    UNDO_ASSIGNMENT,
)
from screens.shell.unsaved_page import UnsavedPage
from screens.studies.storage_choice import all_storages
from screens.widgets.dock import Line, TypedName, YesNo
from screens.widgets.key_values import KeyValues
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageSummary, StudySummary


class AssignManyPage(UnsavedPage):
    """Studies with what is to become of each; below them the totals. Enter changes them all."""

    LOST = "Leave without saving? These studies' storages stay as they are."
    CSS_PATH = "assign_many.tcss"
    ACTIONS = (
        SAVE,
        RETRY_FAILED,
        UNDO_ASSIGNMENT,
        ALL_DOCUMENTS_IN,
        ALL_DATA_IN,
        THIS_DOCUMENTS_IN,
        LEAVE_OUT,
        PLAIN_TEXT,
        REFRESH,
        BACK,
    )

    def __init__(self, studies: Sequence[StudySummary] = (), changes: Sequence[StorageChange] = ()) -> None:
        """`studies` to choose for; or `changes` that are known already, as for an undo."""
        super().__init__()
        self._undoing = bool(changes)
        self._plan = [Planned.to_carry_out(change) for change in changes] or [
            Planned.of(it) for it in studies
        ]
        self._storages: list[StorageSummary] = []

    @property
    def crumb(self) -> str:
        return "Undo" if self._undoing else "Storages of many"

    def compose_page(self) -> ComposeResult:
        yield Line(id="head")
        yield Table(self._columns(), key=lambda row: row.study_id, id="rows", opens=False)
        yield KeyValues(id="totals")

    def _columns(self) -> Sequence[Column[Planned]]:
        return (
            Column("out", "", lambda row: Cell("" if row.left_out else "●", "key"), 1, 1),
            Column("study", "STUDY", lambda row: Cell(row.label, "strong"), 10, 30, grow=1),
            Column(
                "now", "DOCUMENTS NOW", lambda row: Cell(row.before.documents.name, "muted"), 15, 34, 2, 2
            ),
            Column("then", "THEN IN", _then, 15, 34, 2, 0),
            Column("what", "WHAT HAPPENS", lambda row: row.in_words(), 26, 70, 3, 0),
            Column("data", "DATA THEN IN", _data, 16, 44, 2, 3),
        )

    @property
    def _table(self) -> Table[Planned]:
        return self.query_one("#rows", Table)

    def reload(self) -> None:
        if self._storages:
            self.try_again()
        else:
            self._table.show(Chunk(self._plan, len(self._plan), None))
            self._load()

    @request("storages")
    async def _load(self) -> None:
        api = await self.api()
        self._storages = await all_storages(api, self.organization_id)
        await self._look_ahead()

    def _show(self) -> None:
        studies = counted(len(self._plan), "study", "studies")
        head = f"Give {studies} back what they had" if self._undoing else f"The storages of {studies}"
        self.query_one("#head", Line).show(Cell(head, "strong"))
        self._table.refresh()
        self._show_totals()
        # What is offered depends on whether a request is under way: so after it.
        self.call_after_refresh(self.refresh_bindings)

    def _show_totals(self) -> None:
        row = self._table.row
        pairs = [("", cell) for cell in totals(self._plan)]
        if row is not None and row.to_do:
            pairs += [("", Cell(" ")), ("", Cell(row.name, "strong"))]
            pairs += [*documents_lines(row.change, row.preview), *data_lines(row.change)]
        elif row is not None and row.failed:
            pairs += [("", Cell(" ")), ("", Cell(row.name, "strong")), ("", row.in_words())]
        self.query_one("#totals", KeyValues).show(pairs)

    def on_table_moved(self, event: Table.Moved) -> None:
        """Tell more of the study under the cursor."""
        self._show_totals()
        self.refresh_bindings()

    # What is offered

    def command(self, action: Action) -> str:
        row = self._table.row
        return super().command(action).replace("{study}", row.study_id if row is not None else "SD_…")

    @property
    def unsaved(self) -> bool:
        return any(row.to_do for row in self._plan)

    def applies(self, action: Action) -> bool:
        busy, ran = self.under_way("save", "again"), any(row.result is not None for row in self._plan)
        if action is SAVE:
            return self.unsaved and not busy
        if action is RETRY_FAILED:
            return any(row.failed for row in self._plan) and not busy
        if action is UNDO_ASSIGNMENT:
            return bool(self.session.undoable) and ran and not busy
        if action in (ALL_DOCUMENTS_IN, ALL_DATA_IN, THIS_DOCUMENTS_IN, LEAVE_OUT):
            return bool(self._storages) and not (busy or ran or self._undoing)
        if action is REFRESH:
            return self.has_to_try_again
        return super().applies(action)

    # Choosing

    @work(group="question", exclusive=True)
    async def action_all_documents_in(self) -> None:
        """Choose where all of them keep documents."""
        chosen = await self.ask(
            storage_chooser("Documents of all", self._storages, "DOCUMENTS", AS_NOW, BY_NAME)
        )
        if chosen == BY_NAME.id:
            await self._match("DOCUMENTS", self._choose_documents)
        elif chosen is not None:
            storage = self._named(chosen)
            for row in self._plan:
                row.documents, row.note = storage, ""
            self._preview()

    @work(group="question", exclusive=True)
    async def action_all_data_in(self) -> None:
        """Choose where the data files of all of them lie."""
        choices = AS_NOW, LIKE_DOCUMENTS, BY_NAME, NONE
        chosen = await self.ask(storage_chooser("Data files of all", self._storages, "DATA", *choices))
        if chosen == BY_NAME.id:
            await self._match("DATA", self._choose_data)
        elif chosen is not None:
            for row in self._plan:
                row.note = ""
                row.data = self._data_for(row, chosen)
            self._preview()

    def _data_for(self, row: Planned, chosen: str) -> tuple[Named, ...] | None:
        if chosen == AS_NOW.id:
            return None
        if chosen == LIKE_DOCUMENTS.id:
            return (row.change.after.documents,)
        storage = self._named(chosen)
        return (storage,) if storage is not None else ()

    @work(group="question", exclusive=True)
    async def action_this_documents_in(self) -> None:
        """Choose where the study under the cursor keeps documents."""
        row = self._table.row
        if row is None:
            return
        chosen = await self.ask(
            storage_chooser(f"Documents of {row.label}", self._storages, "DOCUMENTS", AS_NOW)
        )
        if chosen is not None:
            row.documents, row.note, row.left_out = self._named(chosen), "", False
            self._preview()

    def action_leave_out(self) -> None:
        """Leave the study under the cursor out, or take it in again."""
        row = self._table.row
        if row is not None:
            row.left_out = not row.left_out
            self._table.action_cursor_down()
            self._show()

    def _named(self, id_: str) -> Named | None:
        return next((Named(it.id, it.name) for it in self._storages if it.id == id_), None)

    async def _match(self, use: str, choose: Callable[[Planned, Named], None]) -> None:
        """Give each study the one storage for that use that its pattern finds."""
        pattern = await ask_for_pattern(self)
        if pattern is None:
            return
        for row in self._plan:
            found = matching(row.study, pattern, self._storages) if row.study is not None else []
            fit = [storage for storage in found if use in [it.value for it in storage.uses]]
            row.note = ""
            if len(fit) == 1:
                choose(row, Named(fit[0].id, fit[0].name))
            elif fit:
                row.note = f"{len(fit)} storages match"
            else:
                row.note = f"what matches is not for {use.lower()}" if found else "no storage matches"
        self._preview()

    @staticmethod
    def _choose_documents(row: Planned, storage: Named) -> None:
        row.documents = storage

    @staticmethod
    def _choose_data(row: Planned, storage: Named) -> None:
        row.data = (storage,)

    # What it would do

    @request("preview")
    async def _preview(self) -> None:
        await self._look_ahead()

    async def _look_ahead(self, anew: bool = False) -> None:
        """Ask what the plan would do, all of it or what is not known yet."""
        self._show()
        api = await self.api()
        for row in self._plan:
            if anew or not row.change.moves_documents or not _still_about(row):
                row.preview = None
        wanted = [
            row for row in self._plan if row.to_do and row.change.moves_documents and row.preview is None
        ]
        for row, preview in await previews_of(api, wanted):
            row.preview = preview
        self._show()

    # Changing them

    def action_save_changes(self) -> None:
        """Change them all, after what strands documents was confirmed."""
        if self.unsaved and not self.under_way("save"):
            self._save()

    @request("save", repeats=False)
    async def _save(self) -> None:
        # What was said may have changed since: it is asked again before it is confirmed.
        await self._look_ahead(anew=True)
        rows = [row for row in self._plan if row.to_do]
        if not await self._confirmed(rows):
            return
        api = await self.api()
        done = 0
        self.tell(f"Changing {counted(len(rows), 'study', 'studies')}…", "muted", stays=True)
        try:
            async for row in carry_out(api, rows):
                done += 1
                self._table.change(row)
                self._table.refresh()
                self._show_totals()
                if done < len(rows) and done % PARALLEL == 0:
                    self.tell(f"{done} of {len(rows)} changed… esc stops", "muted", stays=True)
        finally:
            self._ran(rows)

    async def _confirmed(self, rows: Sequence[Planned]) -> bool:
        stranded = to_confirm(rows)
        studies = counted(len(rows), "study", "studies")
        if stranded:
            question = (
                f"{counted(stranded, 'document')} stay behind and cannot be opened until moved or undone."
            )
            verb = f"change {studies}"
            return (
                await self.ask(TypedName(question, str(stranded), verb, "their number", "changes nothing"))
                is True
            )
        verb = "give it back" if self._undoing else "change them"
        return await self.ask(YesNo(f"Change the storages of {studies}?", verb, "go back")) is True

    def _ran(self, rows: Sequence[Planned]) -> None:
        """Tell what became of it, and offer to undo what was done."""
        done = [row for row in rows if row.result is Result.DONE]
        if done:
            undone = tuple(row.change.undone(row.revision, row.preview) for row in done)
            self.session.undoable = () if self._undoing else (*undone, *self._undoable_before(done))
            self.note_change()
        if not self.is_attached:
            return
        failed = sum(row.failed for row in rows)
        left = sum(row.to_do for row in rows)
        said = [f"✓ {counted(len(done), 'study', 'studies')} changed" if done else ""]
        said.append(f"✗ {failed:,} not: r looks at them again" if failed else "")
        said.append(f"{left:,} not begun" if left else "")
        said.append("u undoes all" if done and not self._undoing else "")
        tone = "bad" if failed else "warn" if left else "good"
        self.tell(", ".join(filter(None, said)) + ".", tone, stays=True)  # type: ignore[arg-type]
        if failed:
            # So that the reason is read in full below.
            self._table.cursor = next(at for at, row in enumerate(self._plan) if row.failed)
        self._show()

    def _undoable_before(self, done: Sequence[Planned]) -> list[StorageChange]:
        """What was done here before a retry, and can be undone with it."""
        again = {row.study_id for row in done}
        mine = {row.study_id for row in self._plan}
        return [it for it in self.session.undoable if it.study_id in mine - again]

    # Again, and back

    @request("again")
    async def _look_again(self) -> None:
        api = await self.api()
        for row in [row for row in self._plan if row.failed]:
            row.look_again(await api.study(row.study_id))
        await self._look_ahead()
        if self.unsaved:
            self.tell("Looked again at those that failed. enter changes them.", "key", stays=True)

    def action_retry_failed(self) -> None:
        """Look again at those that failed; enter then changes them."""
        self._look_again()

    def action_undo_assignment(self) -> None:
        """Plan to give back what the studies had."""
        self._undoing = True
        self._plan = [Planned.to_carry_out(change) for change in self.session.undoable]
        self._table.show(Chunk(self._plan, len(self._plan), None))
        self.dock.hush()
        self.show_lines()
        self._preview()

    def plain(self) -> str:
        lines = [cell.text for cell in totals(self._plan)]
        lines += [
            f"{row.study_id}  {row.label}  {row.before.documents.name} → {_then(row).text}  {row.in_words().text}"
            for row in self._plan
        ]
        return "\n".join(lines)


def _still_about(row: Planned) -> bool:
    """Whether what is known of a study's change is about the storage that is chosen now."""
    return row.preview is not None and row.preview.proposed.id == row.change.after.documents.id


def _then(row: Planned) -> Cell:
    change = row.change
    if row.left_out or not change.moves_documents:
        return Cell("as now", "muted")
    return Cell(change.after.documents.name, "key")


def _data(row: Planned) -> Cell:
    change = row.change
    if row.left_out or not change.changes_data:
        return Cell("as now", "muted")
    return Cell(", ".join(storage.name for storage in change.after.data) or "none", "key")
