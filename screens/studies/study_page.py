"""One study: what it is called elsewhere, which storages it uses, who works on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from screens.shell.actions import BACK, COPY, PLAIN_TEXT, REFRESH
from screens.shell.copying import Copyable
from screens.shell.page import Page
from screens.shell.places import Place
from screens.shell.requests import request
from screens.studies.page import study_copyables
from screens.widgets import times
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StudyDetails

Used = tuple[str, str, str]
"""For what, and the id and name of the storage."""


class StudyPage(Page):
    """A study, to be read."""

    ACTIONS = (COPY, PLAIN_TEXT, REFRESH, BACK)

    def __init__(self, study_id: str) -> None:
        super().__init__()
        self._study_id = study_id
        self._study: StudyDetails | None = None

    @property
    def crumb(self) -> str:
        return (self._study.short_code or self._study.name) if self._study else self._study_id

    def compose_page(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield KeyValues()
        columns: list[Column[Used]] = [
            Column("for", "KEEPS", lambda row: Cell(row[0]), 10, 10),
            Column("name", "IN STORAGE", lambda row: Cell(row[2], "strong"), 20, 60, grow=1),
            Column("id", "ID", lambda row: Cell(row[1], "muted"), 11, 11, rank=1),
        ]
        yield Table(columns, key=lambda row: f"{row[0]} {row[1]}")

    def reload(self) -> None:
        self.query_one(Table).say("Asking the API…")
        self._load()

    @request("study")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        study = self._study = await api.study(self._study_id)
        if self.session.organization is None:
            self.session.work_in(study.organization.id)
        self.query_one(KeyValues).show(_pairs(study))
        used: list[Used] = [("documents", study.document_storage.id, study.document_storage.name)]
        used += [("data", storage.id, storage.name) for storage in study.data_storage]
        self.query_one(Table).show(Chunk(used, len(used), None))
        self.show_lines()

    def on_table_opened(self, event: Table.Opened) -> None:
        """To the storage."""
        row = cast("Used | None", event.table.row)
        if row is not None:
            self.host.go(Place("storage", row[1]))

    def copyables(self) -> list[Copyable]:
        return study_copyables(self._study)

    def plain(self) -> str:
        return self.query_one(KeyValues).plain()


def _pairs(study: StudyDetails) -> list[Pair]:
    pairs: list[Pair] = [
        ("name", Cell(study.name, "strong")),
        ("code", Cell(study.short_code or "")),
        ("external id", Cell(study.external_id or "")),
        ("id", Cell(study.id)),
        ("created", Cell(times.exact(study.created_at))),
        ("documents in", Cell(study.document_storage.name)),
        ("data in", Cell(", ".join(storage.name for storage in study.data_storage))),
    ]
    for at, member in enumerate(study.members):
        role = "administrator" if member.role == "ADMINISTRATOR" else "member"
        pairs.append(("members" if at == 0 else " ", Cell(f"{member.user.name}, {role}")))
    return [pair for pair in pairs if pair[1].text]
