"""Finding and sorting the storages of an organization."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select

from dwtui.server.database.paging import SortKey
from dwtui.server.database.search import checked_search, contains
from dwtui.server.names import name_key
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyDataStorageRow, StudyRow

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(9999, 1, 1, tzinfo=UTC)


def storages_of(
    organization_id: str, *, search: str | None = None, healthy: bool | None = None, names_only: bool = False
) -> Select[StorageBackendRow]:
    """The storages of an organization that match."""
    statement = select(StorageBackendRow).where(StorageBackendRow.organization_id == organization_id)
    if part := checked_search(search):
        statement = statement.where(or_(*_matches(part, names_only=names_only)))
    if healthy is not None:
        statement = statement.where(StorageBackendRow.healthy.is_(healthy))
    return statement


def _matches(part: str, *, names_only: bool) -> list[ColumnElement[bool]]:
    """Where a part of a text may be found; somebody who sees names only finds by nothing else."""
    by_name = [
        contains(StorageBackendRow.name_key, name_key(part)),
        contains(func.lower(StorageBackendRow.id), part.lower()),
    ]
    if names_only:
        return by_name
    return [
        *by_name,
        contains(StorageBackendRow.bucket, part.lower()),
        contains(func.lower(StorageBackendRow.prefix), part.lower()),
        contains(StorageBackendRow.account_id, part),
        contains(func.lower(StorageBackendRow.account_alias), part.lower()),
    ]


def order_of(order_by: str) -> list[SortKey]:
    """The sort keys of a `StorageBackendOrder`; name and id make it total."""
    by_name = [SortKey(StorageBackendRow.name_key), SortKey(StorageBackendRow.id)]
    return [*ORDERS[order_by], *by_name]


def _uses() -> Any:
    documents = (
        select(func.count())
        .select_from(StudyRow)
        .where(StudyRow.document_storage_id == StorageBackendRow.id)
        .scalar_subquery()
    )
    data = (
        select(func.count())
        .select_from(StudyDataStorageRow)
        .where(StudyDataStorageRow.storage_id == StorageBackendRow.id)
        .scalar_subquery()
    )
    return documents + data


ORDERS: Mapping[str, list[SortKey]] = {
    "NAME": [],
    "BUCKET": [SortKey(StorageBackendRow.bucket), SortKey(StorageBackendRow.prefix)],
    "HEALTH": [
        SortKey(
            case(
                (StorageBackendRow.healthy.is_(False), literal(0)),
                (StorageBackendRow.healthy.is_(None), literal(1)),
                else_=literal(2),
            )
        )
    ],
    "USE": [SortKey(_uses(), descending=True)],
    "VERIFIED": [
        SortKey(
            func.coalesce(StorageBackendRow.verified_at, LONG_AGO, type_=StorageBackendRow.verified_at.type)
        )
    ],
    "KEY_AGE": [
        SortKey(
            func.coalesce(
                StorageBackendRow.key_created_at,
                StorageBackendRow.keys_changed_at,
                FAR_AHEAD,
                type_=StorageBackendRow.keys_changed_at.type,
            )
        )
    ],
}
