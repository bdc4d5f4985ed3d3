"""One document: its versions, where each lies, and what brings back those that can not be opened."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from dwtui.amounts import size_in_words
from dwtui.client.errors import NotFound
from screens.documents import words
from screens.documents.actions import DocumentActions
from screens.documents.tables import version_table
from screens.shell.action import Action
from screens.shell.actions import BACK, COPY, PLAIN_TEXT, REFRESH
from screens.shell.connections import FIRST, chunk_of, fill
from screens.shell.places import Place
from screens.shell.requests import request
from screens.shell.study_actions import (
    ASSIGN_STORAGES,
    DELETE_VERSION,
    DOWNLOAD,
    EDIT_DOCUMENT,
    NEW_VERSION,
    OPEN_STUDY,
    UNDO_ASSIGNMENT,
)
from screens.widgets.dock import Line
from screens.widgets.key_values import KeyValues
from screens.widgets.table import Chunk, Table
from screens.widgets.times import exact
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DocumentDetails, VersionDetails


class DocumentPage(DocumentActions):
    """A document with its versions; what is known of the one under the cursor stands below them, or beside."""

    CSS_PATH = "documents.tcss"
    ACTIONS = (
        UNDO_ASSIGNMENT,
        DOWNLOAD,
        NEW_VERSION,
        EDIT_DOCUMENT,
        ASSIGN_STORAGES,
        DELETE_VERSION,
        OPEN_STUDY,
        COPY,
        PLAIN_TEXT,
        REFRESH,
        BACK,
    )

    def __init__(self, document_id: str) -> None:
        super().__init__()
        self._document_id = document_id
        self._document: DocumentDetails | None = None
        self._versions: Table[VersionDetails] = version_table()
        self._gone = False

    @property
    def crumb(self) -> str:
        return self._document.name if self._document else self._document_id

    @property
    def study_id(self) -> str | None:
        return self._document.study.id if self._document else None

    @property
    def subject_id(self) -> str:
        return self._document_id

    @property
    def document(self) -> DocumentDetails | None:
        return self._document

    @property
    def version(self) -> VersionDetails | None:
        return self._versions.row

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("Asking the API…", "muted"), id="summary")
        yield Line(id="said")
        with Container(id="versions-and-facts"):
            yield self._versions
            with VerticalScroll(id="facts", can_focus=False):
                yield KeyValues()

    # Asking

    def reload(self) -> None:
        self._load()

    @request("document")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        try:
            document = self._document = await api.document(self._document_id)
        except NotFound as error:
            self._show_gone(error.message)
            return
        if self.session.organization is None:
            self.session.work_in(document.study.organization.id)
        self._show_document(document)
        await fill(self._versions, self._fetch)
        self.show_lines()
        self.refresh_bindings()

    async def _fetch(self, after: str | None) -> Chunk[VersionDetails]:
        api = await self.api(organization=False)
        return chunk_of((await api.document_versions(self._document_id, first=FIRST, after=after)).versions)

    def _show_document(self, document: DocumentDetails) -> None:
        parts: list[Cell | str] = [Cell(document.name, "strong"), f"   {words.type_of(document)}"]
        versions = f"{document.version_count:,} version{'' if document.version_count == 1 else 's'}"
        parts.append(Cell(f"   {versions}, {size_in_words(document.bytes_)}", "muted"))
        if document.stranded_count:
            number = f"{document.stranded_count:,} " if document.version_count > 1 else ""
            parts.append(Cell(f"   ✗ {number}stranded", "bad"))
        self.query_one("#summary", Line).show(*parts)
        said = self.query_one("#said", Line)
        tags = f"   {', '.join(document.tags)}" if document.tags else ""
        said.show(document.description, Cell(tags, "key"))
        said.display = bool(document.description or tags)

    def _show_gone(self, why: str) -> None:
        self._gone = True
        self._document = None
        self.query_one("#versions-and-facts").display = False
        self.query_one("#summary", Line).show(Cell(f"✗ {why}", "bad"), Cell("  esc goes back.", "muted"))
        self.refresh_bindings()

    def on_table_wanted(self, event: Table.Wanted) -> None:
        """Fetch further versions."""
        self._load_more()

    @request("more")
    async def _load_more(self) -> None:
        self._versions.add(await self._fetch(self._versions.rows.end))

    def on_table_moved(self, event: Table.Moved) -> None:
        """Tell all of the version under the cursor."""
        version = self._versions.row
        self.query_one("#facts KeyValues", KeyValues).show(words.facts(version) if version else [])
        self.refresh_bindings()

    # What is offered

    def may(self, action: Action) -> Collection[str]:
        if action is ASSIGN_STORAGES:
            return [it.value for it in self._document.study.viewer_may] if self._document else ()
        return super().may(action)

    def applies(self, action: Action) -> bool:
        if self._gone:
            return action in (REFRESH, BACK)
        if action is OPEN_STUDY:
            return self._document is not None
        return super().applies(action)

    def action_open_study(self) -> None:
        """To its study."""
        if self.study_id is not None:
            self.host.go(Place("study", self.study_id))

    @work(group="question", exclusive=True)
    async def action_delete_version(self) -> None:
        """Delete the version under the cursor; the last one with its document."""
        from screens.widgets.dock import TypedName

        document, version = self._document, self.version
        if document is None or version is None:
            return
        if document.version_count == 1:
            self.action_delete_document()
            return
        question = (
            f"Delete the version of {exact(version.created_at)}, and its bytes? The others stay. "
            "This can not be undone."
        )
        if await self.ask(TypedName(question, document.name, "delete this version")):
            self._delete_version(version.id)

    @request("save", repeats=False)
    async def _delete_version(self, version_id: str) -> None:
        api = await self.api(organization=False)
        self.tell("Deleting…", "muted", stays=True)
        said, whole = words.deleted(await api.delete_version(version_id))
        self.note_change()
        self.reload()
        self.tell(said, "good" if whole else "warn", stays=not whole)

    def deleted(self, said: str, whole: bool) -> None:
        self.host.leave(said)

    def plain(self) -> str:
        document = self._document
        if document is None:
            return ""
        about = KeyValues(words.about(document)).plain()
        versions = [KeyValues(words.facts(version)).plain() for version in self._versions.rows]
        return "\n\n".join([about, *versions]) + "\n"
