"""The page on which a document's name, description, type and tags are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dwtui.client.errors import BadInput, Conflict, Forbidden
from dwtui.visible import visible
from screens.documents.words import FILE_TYPES
from screens.shell.action import Action
from screens.shell.actions import BACK, REFRESH
from screens.shell.flow_actions import SAVE
from screens.shell.requests import request
from screens.shell.unsaved_page import UnsavedPage
from screens.widgets.choice import Choice
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form
from screens.widgets.one_of import OneOf
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DocumentDetails

FIELDS = {"name": "Name", "file_type": "Type", "description": "Description", "tags": "Tags"}
"""The fields by the names of the input's arguments."""


class EditDocumentPage(UnsavedPage):
    """What is said of a document. Its versions never change."""

    CSS_PATH = "edit_document.tcss"
    AUTO_FOCUS = ""
    ACTIONS = (SAVE, REFRESH, BACK)

    def __init__(self, document_id: str) -> None:
        super().__init__()
        self._document_id = document_id
        self._document: DocumentDetails | None = None
        self._base: dict[str, str] = {}
        """The fields as the document has them."""

    @property
    def crumb(self) -> str:
        return f"Edit {self._document.name}" if self._document else "Edit"

    @property
    def subject_id(self) -> str:
        return self._document_id

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("Asking the API…", "muted"), id="about")
        with Form():
            yield Field(FIELDS["name"], id="name", explanation="What it is called in the study")
            yield Field(FIELDS["file_type"], id="file_type", choice=OneOf(FILE_TYPES, "OTH"))
            yield Field(FIELDS["description"], id="description", hint="what it is, in words")
            yield Field(FIELDS["tags"], id="tags", hint="words to find it by, separated by commas")

    def reload(self) -> None:
        """What was typed is not overwritten."""
        if self._document is None:
            self._load()
        else:
            self.try_again()

    @request("document")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        self._begin_from(await api.document(self._document_id))
        self._fill(self._base)
        self.query_one(Form).field("name").input.focus()

    def _begin_from(self, document: DocumentDetails) -> None:
        self._document = document
        # An input obeys what it is given: so it is given only what can be seen.
        self._base = {
            "name": visible(document.name),
            "file_type": document.file_type.value,
            "description": visible(document.description),
            "tags": visible(", ".join(document.tags)),
        }
        self.query_one("#about", Line).show(
            Cell("Its versions stay as they are: new bytes are a new version.", "muted")
        )
        self.show_lines()
        self.refresh_bindings()

    def _fill(self, values: dict[str, str]) -> None:
        form = self.query_one(Form)
        for id_, value in values.items():
            field = form.field(id_)
            # This is nobody's typing: what is said of the fields stays.
            with field.input.prevent(TextInput.Changed, Choice.Changed):
                field.value = value

    @property
    def _values(self) -> dict[str, str]:
        form = self.query_one(Form)
        return {id_: form.field(id_).value.strip() for id_ in FIELDS}

    @property
    def _changed(self) -> dict[str, str]:
        return {id_: value for id_, value in self._values.items() if value != self._base.get(id_)}

    @property
    def unsaved(self) -> bool:
        return self._document is not None and bool(self._changed)

    def applies(self, action: Action) -> bool:
        if action is SAVE:
            return self._document is not None and not self.under_way("save")
        if action is REFRESH:
            return self.has_to_try_again
        return super().applies(action)

    def on_field_changed(self, event: Field.Changed) -> None:
        """What was wrong may be right now."""
        event.field.blame("")

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Enter at the last field."""
        self.action_save_changes()

    def action_save_changes(self) -> None:
        """Save what was changed."""
        if self._document is None or self.under_way("save"):
            return
        if not self._values["name"]:
            self.query_one(Form).blame("name", "It needs a name.")
        elif not self._changed:
            self.tell("Nothing is changed yet.", "muted")
        else:
            self._save()

    @request("save", repeats=False)
    async def _save(self) -> None:
        from dwtui.client.generated.enums import FileType
        from dwtui.client.generated.input_types import UpdateFileInput

        assert self._document is not None
        changes: dict[str, object] = dict(self._changed)
        if "file_type" in changes:
            changes["file_type"] = FileType(str(changes["file_type"]))
        if "tags" in changes:
            changes["tags"] = [tag.strip() for tag in str(changes["tags"]).split(",") if tag.strip()]
        api = await self.api(organization=False)
        self.tell("Saving…", "muted", stays=True)
        try:
            saved = await api.update_file(
                self._document_id, UpdateFileInput(expected_revision=self._document.revision, **changes)
            )
        except (BadInput, Forbidden, Conflict) as error:
            self.dock.hush()
            if error.field and self.query_one(Form).blame(_field(error.field), error.message):
                return
            if not isinstance(error, Conflict):
                self.tell(f"✗ {error.message}", "bad", stays=True)
                return
            self._explain(await api.document(self._document_id))
        else:
            self._base = self._values
            self.session.note_change()
            self.host.leave(f"“{saved.name}” is saved.")

    def _explain(self, theirs: DocumentDetails) -> None:
        """Somebody else was first: take over what only they changed, keep what was typed here, and say so."""
        before, typed = self._base, self._values
        self._begin_from(theirs)
        kept = {id_: value for id_, value in typed.items() if value != before[id_]}
        self._fill({**self._base, **kept})
        form = self.query_one(Form)
        for id_, value in self._base.items():
            if value != before[id_]:
                said = f"somebody else made it “{value}”" + ("; saving makes it yours" if id_ in kept else "")
                form.field(id_).note(Cell(f"! {said[:1].upper()}{said[1:]}", "warn"))
        self.tell(
            "! Somebody else changed this document meanwhile, so nothing was saved yet. Look, then save again.",
            "warn",
            stays=True,
        )


def _field(name: str) -> str:
    """The field of a name of the contract's."""
    return {"fileType": "file_type"}.get(name, name)
