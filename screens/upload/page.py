"""The page on which files are chosen, described and sent on their way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dwtui.amounts import counted, size_in_words
from screens.documents.words import FILE_TYPES
from screens.shell.action import Action
from screens.shell.actions import BACK, REFRESH
from screens.shell.flow_page import FlowPage
from screens.shell.requests import request
from screens.shell.study_actions import START_UPLOAD, TAKE_FILES
from screens.studies.words import label
from screens.upload.picker import Picker
from screens.widgets.dock import Line, YesNo
from screens.widgets.field import Field, Form
from screens.widgets.one_of import OneOf
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from screens.shell.transfers import Transfer

FILES, ABOUT = range(2)
SHOWN = 3
"""How many names are told before the rest is counted."""


class UploadPage(FlowPage):
    """Upload files to a study as new documents, or one as a new version of a document."""

    STEPS = ("Files", "About them")
    CSS_PATH = "upload.tcss"
    LOST = "Leave without uploading?"
    ACTIONS = (TAKE_FILES, START_UPLOAD, REFRESH, BACK)

    def __init__(self, study_id: str, document: tuple[str, str, int] | None = None) -> None:
        """`document`: the id, the name and the size of the one that gets a new version; None: new documents."""
        super().__init__()
        self._study_id = study_id
        self._study_name = study_id
        self._document = document
        self._paths: list[Path] = []

    @property
    def crumb(self) -> str:
        return f"New version of {self._document[1]}" if self._document else "Upload"

    def command(self, action: Action) -> str:
        return super().command(action).replace("{study}", self._study_id)

    @property
    def unsaved(self) -> bool:
        return bool(self._paths)

    @property
    def _one(self) -> Path | None:
        return self._paths[0] if len(self._paths) == 1 else None

    def compose_step(self, step: int) -> ComposeResult:
        if step == FILES:
            yield Picker(several=self._document is None)
            return
        yield Line(id="files-taken")
        with Form():
            if self._document is None:
                yield Field("Name", id="name", explanation="What the document is called in the study")
                yield Field("Type", id="file-type", choice=OneOf(FILE_TYPES, "OTH"))
                yield Field("Description", id="description", hint="what it is, in words")
                yield Field("Tags", id="tags", hint="words to find it by, separated by commas")
            else:
                explanation = "enter uploads. Older versions stay."
                yield Field("What is new", id="description", hint="in words", explanation=explanation)

    def arrive(self, step: int) -> None:
        if step == FILES:
            self.query_one(Picker).query_one("#path").focus()
            self._load()
        else:
            self._describe()

    @request("study")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        study = await api.study(self._study_id)
        self._study_name = label(study)
        self.query_one(Picker).largest = (await api.largest_document()).largest_document

    # Files

    def on_picker_taken(self, event: Picker.Taken) -> None:
        """Go on with these."""
        self._paths = event.paths
        self.go_to_step(ABOUT)

    def action_take_files(self) -> None:
        """Go on with what is marked or typed."""
        self.query_one(Picker).take()

    # What is said of them

    def _describe(self) -> None:
        size = sum(path.stat().st_size for path in self._paths if path.exists())
        names = ", ".join(path.name for path in self._paths[:SHOWN])
        more = f" and {len(self._paths) - SHOWN} more" if len(self._paths) > SHOWN else ""
        form = self.query_one(Form)
        parts: list[Cell | str] = [Cell(f"{names}{more}", "strong"), f", {size_in_words(size)}"]
        if self._document is None:
            name = form.field("name")
            name.display = self._one is not None
            if self._one is not None:
                name.value = self._one.name
        elif self._one is not None and self._one.name != self._document[1]:
            parts.append(Cell(f"   becomes the newest version of “{self._document[1]}”", "muted"))
        self.query_one("#files-taken", Line).show(*parts)
        form.fields[0].input.focus()

    def applies(self, action: Action) -> bool:
        if action is TAKE_FILES:
            return self.step == FILES
        if action is START_UPLOAD:
            return self.step == ABOUT and not self.under_way("save")
        return super().applies(action)

    def on_field_changed(self, event: Field.Changed) -> None:
        """What was wrong may be right now."""
        event.field.blame("")

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Enter at the last field."""
        self.action_start_upload()

    def action_start_upload(self) -> None:
        """Put them into the queue, if their names are free."""
        if self._document is None and self._one is not None and not self._value("name"):
            self.query_one(Form).blame("name", "It needs a name.")
        elif not self.under_way("save"):
            self._start()

    def _value(self, field: str) -> str:
        return self.query_one(Form).field(field).value.strip()

    def _name_of(self, path: Path) -> str:
        return self._value("name") if self._one is not None else path.name

    # Sending them on their way

    @request("save", repeats=False)
    async def _start(self) -> None:
        from screens.transfers.work import upload_version
        from screens.upload.clashes import taken_names

        api = await self.api(organization=False)
        if self._document is not None:
            document = self._document[:2]
            said = self._value("description")
            transfers = [
                upload_version(api, path, self._study_id, self._study_name, document, said)
                for path in self._paths
            ]
            self._leave_with(transfers)
            return
        taken = await taken_names(api, self._study_id, [self._name_of(path) for path in self._paths])
        if taken and not await self._as_versions([name for _, name in taken.values()]):
            if self._one is not None:
                self.query_one(Form).blame(
                    "name", "The study has a document of that name. Give it another one."
                )
            return
        self._leave_with([await self._transfer(path, taken) for path in self._paths])

    async def _transfer(self, path: Path, taken: dict[str, tuple[str, str]]) -> Transfer:
        from screens.transfers.work import NewDocument, upload, upload_version

        api, name = await self.api(organization=False), self._name_of(path)
        if name in taken:
            said = self._value("description")
            return upload_version(api, path, self._study_id, self._study_name, taken[name], said)
        tags = tuple(tag.strip() for tag in self._value("tags").split(",") if tag.strip())
        document = NewDocument(name, self._value("description"), self._value("file-type"), tags)
        return upload(api, path, self._study_id, self._study_name, document)

    async def _as_versions(self, names: Sequence[str]) -> bool:
        """Ask whether files whose names are taken are to become new versions."""
        if len(names) == 1:
            question = f"The study has “{names[0]}” already. Upload this as its new version?"
        else:
            shown = ", ".join(f"“{name}”" for name in names[:SHOWN])
            more = "…" if len(names) > SHOWN else ""
            many = counted(len(names), "of these documents", "of these documents")
            question = f"The study has {many} already: {shown}{more}. Upload them as new versions?"
        return await self.ask(YesNo(question, "as a new version", "go back")) is True

    def _leave_with(self, transfers: Sequence[Transfer]) -> None:
        self._paths = []
        self.host.leave()
        self.host.transfers.add(*transfers)
