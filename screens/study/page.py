"""One study: its documents, the storages it uses, what it is called elsewhere, who works on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from dwtui.client.errors import NotFound
from screens.documents import words as document_words
from screens.documents.actions import DocumentActions
from screens.documents.tables import document_columns
from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, FILTER, NEXT_VIEW, PLAIN_TEXT, PREVIOUS_VIEW, REFRESH, SORT
from screens.shell.connections import FIRST, chunk_of
from screens.shell.copying import Copyable
from screens.shell.list_page import ListPage
from screens.shell.places import Place
from screens.shell.requests import request
from screens.shell.study_actions import (
    ASSIGN_STORAGES,
    DELETE_DOCUMENT,
    DOWNLOAD,
    EDIT_DOCUMENT,
    FILTER_STRANDED,
    NEW_VERSION,
    UNDO_ASSIGNMENT,
    UPLOAD,
)
from screens.studies import beside, words
from screens.studies.copying import study_copyables
from screens.study.storages_in_use import storages_table, used_by
from screens.widgets.dock import Line
from screens.widgets.key_values import KeyValues
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell
from screens.widgets.views import Views

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DocumentSummary, StudyDetails
    from screens.study.storages_in_use import Used

DOCUMENTS, STORAGES, ABOUT = "Documents", "Storages", "About"
ON_DOCUMENTS = frozenset(
    {FILTER, SORT, FILTER_STRANDED, NEW_VERSION, DOWNLOAD, EDIT_DOCUMENT, DELETE_DOCUMENT}
)
"""The actions that are offered while documents are shown."""
ORDERS = {
    "NAME": ("name", "By name"),
    "NEWEST": ("uploaded", "Newest first"),
    "SIZE": ("size", "Largest first"),
}
"""The API's orders, with the column whose heading stands for each."""


class StudyPage(DocumentActions, ListPage["DocumentSummary"]):
    """A study with its documents."""

    CSS_PATH = "study.tcss"
    AUTO_FOCUS = "#rows"
    ACTIONS = (
        UNDO_ASSIGNMENT,
        UPLOAD,
        DOWNLOAD,
        ASSIGN_STORAGES,
        NEW_VERSION,
        FILTER,
        EDIT_DOCUMENT,
        DELETE_DOCUMENT,
        FILTER_STRANDED,
        # The line of views shows them; the line of keys has no room for it in a small terminal.
        NEXT_VIEW._replace(in_key_line=False),
        PREVIOUS_VIEW,
        SORT,
        COPY,
        PLAIN_TEXT,
        REFRESH,
        BACK,
    )

    def __init__(self, study_id: str) -> None:
        super().__init__()
        self._study_id = study_id
        self._study: StudyDetails | None = None
        self._used: Table[Used] = storages_table()
        self._gone = False
        self.order = "NAME"
        self.stranded_only = False

    @property
    def crumb(self) -> str:
        return words.label(self._study) if self._study else self._study_id

    @property
    def study_id(self) -> str:
        return self._study_id

    @property
    def subject_id(self) -> str:
        return self._study_id

    @property
    def document(self) -> DocumentSummary | None:
        return self.row

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("Asking the API…", "muted"), id="summary")
        documents = Horizontal(
            self.make_table(), VerticalScroll(KeyValues(id="facts"), id="beside", can_focus=False)
        )
        about = VerticalScroll(KeyValues(id="about-study"), can_focus=False)
        yield Views({DOCUMENTS: documents, STORAGES: self._used, ABOUT: about})

    # Asking

    def reload(self) -> None:
        self._load_study()
        super().reload()

    @request("study")
    async def _load_study(self) -> None:
        api = await self.api(organization=False)
        try:
            study = self._study = await api.study(self._study_id)
        except NotFound as error:
            self._gone = True
            self.query_one(Views).display = False
            self.query_one("#summary", Line).show(
                Cell(f"✗ {error.message}", "bad"), Cell("  esc goes back.", "muted")
            )
            self.refresh_bindings()
            return
        if self.session.organization is None:
            self.session.work_in(study.organization.id)
        self._show_study(study)

    def _show_study(self, study: StudyDetails) -> None:
        self.query_one("#summary", Line).show(*_summary(study))
        self.query_one("#about-study", KeyValues).show([*beside.summary(study), *beside.record(study)])
        used = used_by(study)
        self._used.show(Chunk(used, len(used), None))
        if not len(self.table.rows) and self.table.loading_text is None:
            self.table.empty = self.empty_lines()
            self.table.refresh()
        self.show_lines()
        self.refresh_bindings()

    def columns(self) -> Sequence[Column[DocumentSummary]]:
        return document_columns()

    def key(self, row: DocumentSummary) -> str:
        return row.id

    async def fetch(self, after: str | None) -> Chunk[DocumentSummary]:
        from dwtui.client.generated.enums import DocumentOrder

        api = await self.api(organization=False)
        study = await api.study_documents(
            self._study_id,
            first=FIRST,
            after=after,
            search=self.search or None,
            stranded=True if self.stranded_only else None,
            order_by=DocumentOrder(self.order),
        )
        return chunk_of(study.documents)

    def empty_lines(self) -> Sequence[Cell]:
        if self.search:
            return (Cell("No document matches."), Cell("esc takes the filter away.", "muted"))
        if self.stranded_only:
            return (Cell("✓ None of its documents is stranded.", "good"), Cell("p shows all.", "muted"))
        if self._study is not None and self._study.document_count is None:
            return (Cell("Its documents are shown to those who work on this study."),)
        if self.check_action(UPLOAD.id, ()):
            return (Cell("No document yet."), Cell("a uploads files from this machine.", "muted"))
        return (Cell("No document yet."), Cell("The study's members upload documents.", "muted"))

    def moved(self, row: DocumentSummary | None) -> None:
        if self.has_class("-wide"):
            blank = ("", Cell(" "))
            facts = [*document_words.about(row), blank, *document_words.facts(row.latest)] if row else []
            self.query_one("#facts", KeyValues).show(facts)

    def on_resize(self, event: events.Resize) -> None:
        """On a wide terminal the details stand beside the list."""
        self.call_after_refresh(lambda: self.moved(self.row))

    def known_places(self) -> list[tuple[str, Place]]:
        places = [(row.name, Place("document", row.id)) for row in self.table.rows]
        used = words.storages_of(self._study) if self._study else []
        return [*places, *((it.name, Place("storage", it.id)) for it in used)]

    # What is offered

    @property
    def _shows_documents(self) -> bool:
        return self.query_one(Views).current == DOCUMENTS

    @property
    def _may_read(self) -> bool:
        """Whether its documents are shown to the viewer."""
        return self._study is None or self._study.document_count is not None

    def may(self, action: Action) -> Collection[str]:
        if action in (UPLOAD, ASSIGN_STORAGES):
            return [it.value for it in self._study.viewer_may] if self._study is not None else ()
        return super().may(action)

    def applies(self, action: Action) -> bool:
        if self._gone:
            return action in (REFRESH, BACK)
        if action in ON_DOCUMENTS and not (self._shows_documents and self._may_read):
            return False
        return super().applies(action)

    # Actions

    def on_views_shown(self, event: Views.Shown) -> None:
        """What can be done depends on the view."""
        self.refresh_bindings()

    def on_table_opened(self, event: Table.Opened) -> None:
        """To the document, or the storage."""
        if event.table is self._used:
            used = self._used.row
            if used is not None:
                self.host.go(Place("storage", used.storage.id))
        elif self.row is not None:
            self.host.go(Place("document", self.row.id))

    def action_upload(self) -> None:
        """Choose files and upload them."""
        self.host.go(Place(UPLOAD.place, self._study_id))

    def action_filter_stranded(self) -> None:
        """Only what is stranded, or all."""
        self.stranded_only = not self.stranded_only
        self.table.cursor = 0
        self._load()
        self._tell_filter()

    def _tell_filter(self) -> None:
        self.query_one(Views).tell(Cell("only stranded", "warn") if self.stranded_only else Cell(""))

    @work(group="question", exclusive=True)
    async def action_sort(self) -> None:
        """Choose an order."""
        from screens.widgets.dock import Chooser

        options = [(said, "", order) for order, (_, said) in ORDERS.items()]
        chosen = await self.ask(Chooser("Sort", options, list(ORDERS).index(self.order)))
        if chosen is not None:
            self._sort_by(chosen)

    def on_table_header_clicked(self, event: Table.HeaderClicked) -> None:
        """Sort by the column whose heading was clicked, where the API can."""
        for order, (column, _) in ORDERS.items():
            if event.table is self.table and column == event.column:
                self._sort_by(order)

    def _sort_by(self, order: str) -> None:
        self.order = order
        self.table.sorted_by = ORDERS[order][0]
        self.table.cursor = 0
        self._load()

    def action_next_view(self) -> None:
        """The next view."""
        self.query_one(Views).step(1)

    def action_previous_view(self) -> None:
        """The view before."""
        self.query_one(Views).step(-1)

    def action_show_view(self, name: str) -> None:
        """The view of that name."""
        self.query_one(Views).show(name)

    def step_back(self) -> bool:
        if super().step_back():
            return True
        if self.stranded_only:
            self.action_filter_stranded()
            return True
        return False

    def deleted(self, said: str, whole: bool) -> None:
        self._note_what_is_seen()
        self.reload()
        self.tell(said, "good" if whole else "warn", stays=not whole)

    def copyables(self) -> list[Copyable]:
        documents = super().copyables() if self._shows_documents else []
        return [*documents, *study_copyables(self._study)]

    def plain(self) -> str:
        about = self.query_one("#about-study", KeyValues).plain()
        return f"{about}\n\n{super().plain()}\n"


def _summary(study: StudyDetails) -> list[Cell | str]:
    """What it uses and what is wrong with that, in a line or two."""
    parts: list[Cell | str] = [
        Cell("Kept in ", "muted"),
        Cell(f"“{study.document_storage.name}”", "strong"),
    ]
    state = words.storage_health(study.document_storage)
    parts += ["  ", state] if state.text else []
    count, stranded = study.document_count, study.stranded_count
    if count is not None:
        parts += ["   ", words.amount(count)]
    if stranded is not None and stranded.documents:
        parts += ["   ", Cell(f"✗ {stranded.documents:,} stranded", "bad")]
    return parts
