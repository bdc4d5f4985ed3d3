"""The page on which the storages of one study are chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from dwtui.client.errors import BadInput, Conflict, ConnectionLost, Forbidden
from screens.assign.changes import Assignment, Named, StorageChange, change_of
from screens.assign.impact import data_lines, documents_lines, stays_behind
from screens.shell.action import Action
from screens.shell.actions import BACK, FILTER, REFRESH
from screens.shell.connections import FIRST, chunk_of
from screens.shell.flow_actions import SAVE
from screens.shell.list_page import ListPage
from screens.shell.requests import request
from screens.shell.study_actions import AS_BEFORE, DATA_HERE, DOCUMENTS_HERE, VERIFY_CHOSEN
from screens.shell.unsaved_page import UnsavedPage
from screens.storages import words as storage_words
from screens.studies import words
from screens.widgets.dock import Line, TypedName, YesNo
from screens.widgets.key_values import KeyValues
from screens.widgets.table import Chunk, Column
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import RelocationSummary, StorageSummary, StudyDetails


class AssignPage(ListPage["StorageSummary"], UnsavedPage):
    """All storages with their health and use; below or beside them what the choice would do. Enter saves."""

    OPENS = False
    AUTO_FOCUS = "Table"
    CSS_PATH = "assign.tcss"
    LOST = "Leave without saving? The study's storages stay as they were."
    ACTIONS = (SAVE, DOCUMENTS_HERE, DATA_HERE, VERIFY_CHOSEN, AS_BEFORE, FILTER, REFRESH, BACK)

    def __init__(self, study_id: str) -> None:
        super().__init__()
        self._study_id = study_id
        self._study: StudyDetails | None = None
        self._documents: Named | None = None
        """What is chosen and not saved yet; None: what is in force stays."""
        self._added: dict[str, Named] = {}
        self._removed: set[str] = set()
        self._preview: RelocationSummary | None = None
        self._perhaps_saved: StorageChange | None = None
        """A change whose saving was not answered."""

    @property
    def crumb(self) -> str:
        return "Storages"

    @property
    def subject_id(self) -> str:
        return self._study_id

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("Asking the API…", "muted"), id="study")
        with Container(id="choice"):
            yield self.make_table()
            with VerticalScroll(id="impact", can_focus=False):
                yield KeyValues()

    # What is shown

    def columns(self) -> Sequence[Column[StorageSummary]]:
        return (
            Column("documents", "DOCS", self._documents_mark, 5, 5),
            Column("data", "DATA", self._data_mark, 4, 4),
            Column("name", "NAME", lambda row: Cell(row.name), 22, 44, grow=3),
            Column("health", "HEALTH", storage_words.health_of, 18, 24, grow=1, rank=1),
            Column("use", "DOC/DATA", storage_words.used_by, 8, 8, rank=2, right=True),
            Column("for", "FOR", lambda row: Cell(storage_words.uses(row), "muted"), 18, 18, rank=4),
            Column("place", "BUCKET AND PREFIX", _place, 20, 60, 3, 3, middle=True),
        )

    def key(self, row: StorageSummary) -> str:
        return row.id

    def empty_lines(self) -> Sequence[Cell]:
        return (Cell("No storage matches."), Cell("esc takes the filter away.", "muted"))

    async def fetch(self, after: str | None) -> Chunk[StorageSummary]:
        api = await self.api(organization=False)
        if after is None:
            self._take(await api.study(self._study_id))
        assert self._study is not None
        organization = self._study.organization.id
        return chunk_of(
            await api.storage_backends(organization, first=FIRST, after=after, search=self.search or None)
        )

    def _take(self, study: StudyDetails) -> None:
        """What is in force now; what was chosen is kept."""
        if self.session.organization is None:
            self.session.work_in(study.organization.id)
        perhaps, self._perhaps_saved = self._perhaps_saved, None
        if perhaps is not None and Assignment.of(study) == perhaps.after:
            self._saved(perhaps, study.revision)
            return
        if self._study is None:
            self.begins_on = study.document_storage.id
        self._study = study
        if self._documents is not None and self._documents.id == study.document_storage.id:
            self._documents = None
        present = {storage.id for storage in study.data_storage}
        self._added = {id_: storage for id_, storage in self._added.items() if id_ not in present}
        self._removed &= present
        self._changed()
        self.show_lines()

    def _changed(self) -> None:
        """Something else is chosen: mark it, and tell what it would do."""
        study, change = self._study, self._change
        if study is None or change is None:
            return
        count = study.document_count
        parts: list[Cell | str] = [Cell(words.in_full(study), "strong")]
        if count is not None:
            parts.append(Cell(f"   {words.amount(count)}", "muted"))
        self.query_one("#study", Line).show(*parts)
        self.table.refresh()
        if not change.moves_documents:
            self._preview = None
            self.workers.cancel_group(self, "preview")
        elif self._preview is None or self._preview.proposed.id != change.after.documents.id:
            self._preview = None
            self._ask_what_happens(verify=False)
        self._show_impact()

    def _show_impact(self) -> None:
        change = self._change
        if change is None:
            return
        if change.changes_anything:
            pairs = [*documents_lines(change, self._preview), *data_lines(change)]
        else:
            pairs = [
                *documents_lines(change, None),
                *data_lines(change),
                (
                    "",
                    Cell(
                        "d keeps documents in the storage under the cursor, space ticks it for data.", "muted"
                    ),
                ),
            ]
        self.query_one("#impact KeyValues", KeyValues).show(pairs)
        self.refresh_bindings()

    def _documents_mark(self, row: StorageSummary) -> Cell:
        if self._study is None:
            return Cell("")
        now, chosen = self._study.document_storage.id, self._documents
        if chosen is not None and row.id == chosen.id:
            return Cell("→ new", "key")
        if row.id == now:
            return Cell("● now" if chosen is None else "○ was", "key" if chosen is None else "muted")
        return Cell("")

    def _data_mark(self, row: StorageSummary) -> Cell:
        if self._study is None:
            return Cell("")
        if row.id in self._added:
            return Cell("[x]+", "key")
        if any(storage.id == row.id for storage in self._study.data_storage):
            return Cell("[ ]−", "warn") if row.id in self._removed else Cell("[x]", "key")
        return Cell("[ ]", "muted")

    # The choice

    @property
    def _change(self) -> StorageChange | None:
        """What would be saved now."""
        study = self._study
        if study is None:
            return None
        now = Assignment.of(study)
        data = [storage for storage in now.data if storage.id not in self._removed]
        after = Assignment(self._documents or now.documents, (*data, *self._added.values()))
        return change_of(study, words.label(study), after)

    @property
    def unsaved(self) -> bool:
        change = self._change
        return change is not None and change.changes_anything

    def may(self, action: Action) -> Collection[str]:
        return [it.value for it in self._study.viewer_may] if self._study is not None else ()

    def applies(self, action: Action) -> bool:
        change = self._change
        if action is SAVE:
            return self.unsaved and not self.under_way("save")
        if action is AS_BEFORE:
            return self.unsaved
        if action is VERIFY_CHOSEN:
            return change is not None and change.moves_documents and not self.under_way("preview")
        if action in (DOCUMENTS_HERE, DATA_HERE):
            return self.row is not None and change is not None and not self.under_way("save")
        return super().applies(action)

    def action_documents_here(self) -> None:
        """Choose the storage under the cursor for documents."""
        row, study = self.row, self._study
        if row is None or study is None:
            return
        if "DOCUMENTS" not in [use.value for use in row.uses]:
            self.tell(f"“{row.name}” is for data only. Edit it and add documents first.", "warn")
            return
        self._documents = None if row.id == study.document_storage.id else Named(row.id, row.name)
        self._changed()

    def action_data_here(self) -> None:
        """Tick the storage under the cursor for data files, or not."""
        row, study = self.row, self._study
        if row is None or study is None:
            return
        if any(storage.id == row.id for storage in study.data_storage):
            self._removed ^= {row.id}
        elif self._added.pop(row.id, None) is None:
            if "DATA" not in [use.value for use in row.uses]:
                self.tell(f"“{row.name}” is for documents only. Edit it and add data first.", "warn")
                return
            self._added[row.id] = Named(row.id, row.name)
        self._changed()

    def action_as_before(self) -> None:
        """Forget what was chosen."""
        self._documents = None
        self._added.clear()
        self._removed.clear()
        self._changed()

    # What it would do

    def action_verify_chosen(self) -> None:
        """Ask AWS whether documents can be kept there."""
        self.tell("Asking AWS whether documents can be kept there…", "muted", stays=True)
        self._ask_what_happens(verify=True)

    @request("preview")
    async def _ask_what_happens(self, verify: bool) -> None:
        change = self._change
        if change is None or not change.moves_documents:
            return
        api = await self.api(organization=False)
        preview = await api.relocation_preview(self._study_id, change.after.documents.id, verify=verify)
        if self._documents is not None and preview.proposed.id == self._documents.id:
            self._preview = preview
            self._show_impact()
        if verify:
            self.dock.hush()

    # Saving

    def action_save_changes(self) -> None:
        """Save, once it is known what that does; what strands documents is confirmed by typing."""
        if self.unsaved and not self.under_way("save"):
            self._save()

    @request("save", repeats=False)
    async def _save(self) -> None:
        change = self._change
        assert change is not None
        api = await self.api(organization=False)
        if change.moves_documents:
            # What was said may have changed since: it is asked again before it is confirmed.
            self._preview = await api.relocation_preview(self._study_id, change.after.documents.id)
            self._show_impact()
            if not await self._confirmed(self._preview):
                return
        self.tell("Saving…", "muted", stays=True)
        try:
            saved = await api.update_storages(self._study_id, change.input())
        except Conflict:
            await self._explain_conflict(await api.study(self._study_id))
        except (BadInput, Forbidden) as error:
            self.tell(f"✗ {error.message}", "bad", stays=True)
        except ConnectionLost as error:
            self._perhaps_saved = change if error.sent else None
            # It may have been saved or not: what is in force is asked for as soon as there is a connection again.
            self._load()
            raise
        else:
            self._saved(change, saved.revision)

    async def _confirmed(self, preview: RelocationSummary) -> bool:
        assert self._study is not None
        name = words.label(self._study)
        if preview.stranded.documents:
            question = TypedName(
                stays_behind(preview.stranded, preview.present.name),
                name,
                "save",
                what="the study's code" if self._study.short_code else "the study's name",
                otherwise="changes nothing",
            )
            return await self.ask(question) is True
        if not preview.ready:
            question_ = f"“{preview.proposed.name}” is not fit for documents now: uploads will fail there."
            return await self.ask(YesNo(question_, "save all the same", "go back")) is True
        return True

    async def _explain_conflict(self, theirs: StudyDetails) -> None:
        """Somebody else was first: show what they did, keep what was chosen here."""
        before, change = self._study, self._change
        assert before is not None
        assert change is not None
        if Assignment.of(theirs) == change.after:
            # Saved already: by somebody else, or by us when the answer was lost.
            self._saved(change, theirs.revision)
            return
        said = _difference(before, theirs)
        self._take(theirs)
        self.tell(
            f"! Somebody else changed the study meanwhile: {said}. Nothing was saved; what you chose is kept. "
            "Look again, and save.",
            "warn",
            stays=True,
        )

    def _saved(self, change: StorageChange, revision: int) -> None:
        stranded = self._preview.stranded.documents if self._preview is not None else 0
        self._documents = None
        self._added.clear()
        self._removed.clear()
        self.session.undoable = (change.undone(revision, self._preview),)
        self.session.note_change()
        more = (
            f" {stranded:,} of its documents {'is' if stranded == 1 else 'are'} stranded." if stranded else ""
        )
        self.host.leave(f"✓ {change.in_words()}.{more}  u undoes it.")


def _difference(before: StudyDetails, after: StudyDetails) -> str:
    """What somebody else has done, in words."""
    theirs = change_of(before, "it", Assignment.of(after))
    if not theirs.changes_anything:
        return "its storages are the same as before"
    return theirs.in_words()


def _place(row: StorageSummary) -> Cell:
    return Cell(storage_words.s3_uri(row).removeprefix("s3://").rstrip("/"), "muted")
