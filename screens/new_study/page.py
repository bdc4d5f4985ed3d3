"""The page on which a study is created."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dwtui.client.errors import BadInput, Conflict, ConnectionLost, Forbidden
from screens.shell.action import Action
from screens.shell.actions import BACK, REFRESH
from screens.shell.connections import FIRST
from screens.shell.flow_actions import SAVE
from screens.shell.requests import request
from screens.shell.unsaved_page import UnsavedPage
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form
from screens.widgets.key_values import KeyValues
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import OrganizationDetails, StudySummary

FIELDS = ("name", "short_code", "external_id")
"""The fields by the names of the input's arguments."""
OF_CONTRACT = {"shortCode": "short_code", "externalId": "external_id"}
"""The fields whose name in the contract is another."""


class NewStudyPage(UnsavedPage):
    """What a study is called, and which storages it begins with. No bucket is created."""

    CSS_PATH = "new_study.tcss"
    AUTO_FOCUS = "#name Input"
    ACTIONS = (SAVE._replace(short="create"), REFRESH, BACK)

    def __init__(self) -> None:
        super().__init__()
        self._perhaps_created: dict[str, str] | None = None
        """What was typed when the answer to its creation was lost."""

    @property
    def crumb(self) -> str:
        return "New study"

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("A study begins with the organization's default storages.", "muted"), id="about")
        with Form():
            yield Field("Name", id="name", explanation="Its full name, unique in the organization")
            yield Field("Short code", id="short_code", hint="such as KF-NBL; may be left out")
            yield Field("External id", id="external_id", hint="such as phs001436.v1.p1; may be left out")
        yield KeyValues([("", Cell("Asking the API…", "muted"))], id="defaults")

    def reload(self) -> None:
        self._load()

    @request("defaults")
    async def _load(self) -> None:
        api = await self.api()
        self._show_defaults(await api.organization(self.organization_id))

    def _show_defaults(self, organization: OrganizationDetails) -> None:
        fallback = organization.default_storage
        documents = organization.default_document_storage or fallback
        data = organization.default_data_storage or fallback
        self.query_one("#defaults", KeyValues).show(
            [
                ("Documents", Cell(f"“{documents.name}”")),
                ("Data files", Cell(f"“{data.name}”")),
                ("", Cell("No bucket is created. S in the list of studies changes its storages.", "muted")),
            ]
        )

    @property
    def _values(self) -> dict[str, str]:
        form = self.query_one(Form)
        return {id_: form.field(id_).value.strip() for id_ in FIELDS}

    @property
    def unsaved(self) -> bool:
        return any(self._values.values())

    def applies(self, action: Action) -> bool:
        if action.id == SAVE.id:
            return not self.under_way("save")
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
        """Create it."""
        if self.under_way("save"):
            return
        if self._values["name"]:
            self._save()
        else:
            self.query_one(Form).blame("name", "It needs a name.")

    @request("save", repeats=False)
    async def _save(self) -> None:
        from dwtui.client.generated.input_types import CreateStudyInput

        api = await self.api()
        typed = self._values
        self.tell_of_saving("Creating…")
        if self._perhaps_created == typed and (id_ := await self._existing(api)):
            self._created(id_)
            return
        self._perhaps_created = typed
        given = {name: value for name, value in typed.items() if value}
        try:
            study = await api.create_study(CreateStudyInput(organization=self.organization_id, **given))
        except (BadInput, Forbidden, Conflict) as error:
            self._perhaps_created = None
            self.dock.hush()
            field = OF_CONTRACT.get(error.field or "", error.field or "")
            if field not in FIELDS or not self.query_one(Form).blame(field, error.message):
                self.tell(f"✗ {error.message}", "bad", stays=True)
        except ConnectionLost as error:
            self._perhaps_created = typed if error.sent else None
            raise
        else:
            self._created(study.id)

    async def _existing(self, api: Api) -> str:
        """The study that an earlier try created, whose answer was lost; empty: there is none."""
        found = await api.studies(self.organization_id, first=FIRST, after=None, search=self._values["name"])
        return next((edge.node.id for edge in found.edges if _called(edge.node) == self._values), "")

    def _created(self, id_: str) -> None:
        self.session.note_change(id_)
        self.host.leave(f"✓ “{self._values['name']}” is created, with the default storages.")


def _called(study: StudySummary) -> dict[str, str]:
    return {
        "name": study.name,
        "short_code": study.short_code or "",
        "external_id": study.external_id or "",
    }
