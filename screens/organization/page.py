"""The organization: what new studies begin with, and who is in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from screens.shell.actions import BACK, COPY, PLAIN_TEXT, REFRESH, SET_DEFAULTS
from screens.shell.connections import FIRST, chunk_of
from screens.shell.copying import Copyable
from screens.shell.list_page import ListPage
from screens.shell.places import Place
from screens.widgets import times
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.table import Chunk, Column
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import MemberDetails, OrganizationDetails


class OrganizationPage(ListPage["MemberDetails"]):
    """The organization that is worked in."""

    SECTION = "organization"
    CSS_PATH = "organization.tcss"
    OPENS = False
    ACTIONS = (SET_DEFAULTS, COPY, PLAIN_TEXT, REFRESH, BACK)

    @property
    def status(self) -> Cell:
        if self.table.loading_text is not None or not len(self.table.rows):
            return Cell("")
        count = len(self.table.rows)
        return Cell(f"{count} member{'' if count == 1 else 's'}", "muted")

    def columns(self) -> Sequence[Column[MemberDetails]]:
        return (
            Column("name", "MEMBER", lambda row: Cell(row.user.name), 18, 40, grow=1),
            Column(
                "role", "ROLE", lambda row: Cell(row.role.value.lower().replace("_", " ")), 19, 19, rank=1
            ),
            Column(
                "email", "E-MAIL", lambda row: Cell(row.user.email or "", "muted"), 18, 40, grow=1, rank=2
            ),
            Column("since", "SINCE", lambda row: Cell(times.short(row.since), "muted"), 12, 12, rank=3),
            Column("id", "ID", lambda row: Cell(row.user.id, "muted"), 11, 11, rank=4),
        )

    def key(self, row: MemberDetails) -> str:
        return row.user.id

    def empty_lines(self) -> Sequence[Cell]:
        return (Cell("Members are shown to administrators and support.", "muted"),)

    def compose_page(self) -> ComposeResult:
        yield KeyValues(id="facts")
        yield self.make_table()

    async def fetch(self, after: str | None) -> Chunk[MemberDetails]:
        api = await self.api()
        assert self.session.organization is not None
        id_ = self.session.organization.id
        if after is None:
            self.query_one("#facts", KeyValues).show(_facts(await api.organization(id_)))
        return chunk_of((await api.members(id_, first=FIRST, after=after)).members)

    def action_set_defaults(self) -> None:
        """Choose what new studies begin with."""
        self.host.go(Place(SET_DEFAULTS.place))

    def known_places(self) -> list[tuple[str, Place]]:
        return [
            (organization.name, Place("choose-organization"))
            for organization in self.session.organizations[1:]
        ]

    def copyables(self) -> list[Copyable]:
        organization = self.session.organization
        if organization is None:
            return []
        return [
            Copyable("id", organization.id),
            Copyable("name", organization.name),
            Copyable("deep link", f"dwtui --open {organization.id}"),
        ]

    def plain(self) -> str:
        return f"{self.query_one('#facts', KeyValues).plain()}\n\n{super().plain()}"


def _facts(organization: OrganizationDetails) -> list[Pair]:
    pairs: list[Pair] = [
        ("name", Cell(organization.name, "strong")),
        ("id", Cell(organization.id)),
        ("created", Cell(times.exact(organization.created_at))),
        ("new studies keep documents in", Cell(organization.default_document_storage.name)),
        ("new studies look for data in", Cell(organization.default_data_storage.name)),
        ("provisioned storage", Cell(organization.default_storage.name)),
    ]
    for at, place in enumerate(organization.blank_key_locations):
        where = f"s3://{place.bucket}/{place.prefix}/" if place.prefix else f"s3://{place.bucket}/"
        pairs.append(("blank keys are allowed at" if at == 0 else " ", Cell(where)))
    return pairs
