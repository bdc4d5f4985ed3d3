"""The choice among the viewer's organizations."""

from asyncio import to_thread

from textual import work
from textual.app import ComposeResult

from screens.shell.actions import BACK, REFRESH
from screens.shell.page import Page
from screens.shell.places import Place
from screens.shell.session import OrganizationOfViewer
from screens.widgets.dock import Line
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell


class ChooseOrganizationPage(Page):
    """Which organization to work in. The choice is kept with the profile."""

    ACTIONS = (REFRESH, BACK)

    @property
    def crumb(self) -> str:
        return "Organizations"

    def compose_page(self) -> ComposeResult:
        yield Line(Cell("Which organization do you want to work in?", "strong"))
        columns: list[Column[OrganizationOfViewer]] = [
            Column("name", "NAME", lambda row: Cell(row.name), 20, 50, grow=1),
            Column(
                "role",
                "YOUR ROLE",
                lambda row: Cell(row.role.lower().replace("_", " "), "muted"),
                19,
                19,
                rank=1,
            ),
            Column("id", "ID", lambda row: Cell(row.id, "muted"), 11, 11, rank=2),
        ]
        empty = (
            Cell("You are in no organization yet."),
            Cell("An organization administrator adds you by your e-mail address.", "muted"),
        )
        yield Table(columns, key=lambda row: row.id, empty=empty)

    def reload(self) -> None:
        organizations = self.session.organizations
        table = self.query_one(Table)
        table.show(Chunk(organizations, len(organizations), None))
        if self.session.organization is not None:
            table.cursor = table.rows.number(self.session.organization.id) or 0

    def on_table_opened(self, event: Table.Opened) -> None:
        """Work there."""
        self._work_in(event.table.row)

    @work(group="choice", exclusive=True)
    async def _work_in(self, chosen: OrganizationOfViewer) -> None:
        first_time = self.session.organization is None
        self.session.work_in(chosen.id)
        profile = self.session.target.profile if self.session.target else None
        if profile is not None:
            await to_thread(_remember, profile.name, chosen.id)
        if first_time:
            self.host.leave()
        else:
            self.host.go(Place("storages"))


def _remember(profile_name: str, organization_id: str) -> None:
    from dataclasses import replace

    from dwtui.settings import change_settings

    change_settings(
        lambda settings: (
            settings.with_profile(replace(settings.profile(profile_name), organization=organization_id))
            if profile_name in settings.profiles
            else settings
        )
    )
