"""The last step: it is saved, and offered as what new studies begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from screens.storages.words import s3_uri
from screens.widgets.choice import Choice
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.tones import Cell
from screens.widgets.uses import choice_of

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import OrganizationDetails, StorageDetails

NOTHING = ("", "nothing")


class SavedStep(Vertical):
    """What was saved, and a choice."""

    def __init__(self) -> None:
        super().__init__()
        self.storage: StorageDetails | None = None

    def compose(self) -> ComposeResult:
        yield Line(id="saved")
        yield KeyValues(id="about")
        with Form():
            yield Field("Default for", id="default", choice=Choice([NOTHING], ""))

    def show(self, storage: StorageDetails) -> None:
        """Show the storage that was saved, with the defaults that make sense for it."""
        self.storage = storage
        self.query_one("#saved", Line).show(Cell(f"✓ “{storage.name}” is attached.", "good"))
        account = " · ".join(part for part in (storage.account_alias, storage.account_id) if part)
        keys = (
            "blank: the application's own identity"
            if storage.identity == "BLANK"
            else f"key {storage.access_key}"
        )
        pairs: list[Pair] = [
            ("id", Cell(storage.id)),
            ("place", Cell(s3_uri(storage))),
            ("region", Cell(storage.region or "")),
            ("account", Cell(account)),
            ("keys", Cell(keys)),
        ]
        self.query_one("#about", KeyValues).show([pair for pair in pairs if pair[1].text])
        meant = choice_of(storage.uses)
        options = [NOTHING]
        if meant in ("both", "documents"):
            options.append(("documents", "documents"))
        if meant in ("both", "data"):
            options.append(("data", "data files"))
        if meant == "both":
            options.append(("both", "both"))
        choice = self.field.input
        assert isinstance(choice, Choice)
        choice.show(options, "")
        choice.focus()

    def show_defaults(self, organization: OrganizationDetails) -> None:
        """Say what new studies begin with at present."""
        documents, data = organization.default_document_storage, organization.default_data_storage
        self.field.explain(
            f"What new studies use it for. At present: “{documents.name}” for documents, “{data.name}” for data"
        )

    @property
    def field(self) -> Field:
        """The choice."""
        return self.query_one(Field)
