"""The storages of an organization, all of them, for a choice among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import StorageSummary

MANY = 500
"""Storages asked for at a time."""


async def all_storages(api: Api, organization: str) -> list[StorageSummary]:
    """All storages of an organization by name, fetched page by page."""
    found: list[StorageSummary] = []
    after: str | None = None
    while True:
        page = await api.storage_backends(organization, first=MANY, after=after, search=None)
        found += [edge.node for edge in page.edges]
        if not page.page_info.has_next_page:
            return found
        after = page.page_info.end_cursor
