"""Where storages lie to one another: overlaps, and the places where blank keys are allowed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.organizations.rows import BlankKeyLocationRow
from dwtui.server.storage_backends.rows import StorageBackendRow

_REGION = r"[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}"
# S3's own names only. Others below amazonaws.com (load balancers, machines, websites) answer what their owner likes:
# were they taken for AWS, anybody could claim any bucket.
AWS_S3_HOST = re.compile(
    rf"(?:[a-z0-9.-]+\.)?s3(?:-external-1|-accelerate|-fips|-{_REGION})?(?:\.dualstack)?(?:\.{_REGION})?(?:\.vpce)?"
    r"\.(?:amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)"
)


class OverlapRelation(StrEnum):
    """How the other place lies to this one."""

    EQUAL = "EQUAL"
    PARENT = "PARENT"
    CHILD = "CHILD"


@dataclass(frozen=True)
class Overlap:
    """A storage whose place overlaps with one that was asked about."""

    relation: OverlapRelation
    storage: StorageBackendRow | None
    refused: bool
    message: str


def location_key(endpoint_url: str | None, bucket: str) -> str:
    """What tells a bucket from all others: its name and the endpoint it lies at (AWS: none).

    Spellings of one endpoint count as one, and S3's own endpoints are AWS: nobody gets around a neighbour's bucket.
    """
    return f"{_service_of(endpoint_url)} {bucket}"


def _service_of(endpoint_url: str | None) -> str:
    if endpoint_url is None:
        return ""
    parts = urlsplit(endpoint_url)
    host = (parts.hostname or "").rstrip(".").lower()
    if AWS_S3_HOST.fullmatch(host):
        return ""
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def relation_of(other: str, own: str) -> OverlapRelation | None:
    """How the prefix `other` lies to the prefix `own`; both without slashes at their ends (empty: the whole bucket)."""
    if other == own:
        return OverlapRelation.EQUAL
    if not other or own.startswith(other + "/"):
        return OverlapRelation.PARENT
    if not own or other.startswith(own + "/"):
        return OverlapRelation.CHILD
    return None


async def overlaps_of(
    session: AsyncSession, organization_id: str, key: str, prefix: str, *, for_documents: bool
) -> list[Overlap]:
    """The storages that a place overlaps with: another organization's (refused) first, then one's own (a warning)."""
    statement = (
        select(StorageBackendRow).where(StorageBackendRow.location_key == key).order_by(StorageBackendRow.id)
    )
    found = []
    for row in await session.scalars(statement):
        relation = relation_of(row.prefix, prefix)
        if relation is not None:
            own = row.organization_id == organization_id
            found.append(_own(relation, row, for_documents=for_documents) if own else _foreign(relation))
    return sorted(_once(found), key=lambda overlap: not overlap.refused)


def own_overlaps(storage: StorageBackendRow, others: Iterable[StorageBackendRow]) -> list[Overlap]:
    """Which of the other storages of its organization a storage overlaps with, were documents kept in it."""
    return [
        _own(relation, row, for_documents=True)
        for row in others
        if row.location_key == storage.location_key
        and row.organization_id == storage.organization_id
        and row.id != storage.id
        and (relation := relation_of(row.prefix, storage.prefix)) is not None
    ]


def _once(overlaps: Iterable[Overlap]) -> list[Overlap]:
    """Another organization's overlaps are told once: how many there are is not ours to tell."""
    told: list[Overlap] = []
    for overlap in overlaps:
        if overlap.storage is not None or all(earlier.storage is not None for earlier in told):
            told.append(overlap)
    return told


def _foreign(relation: OverlapRelation) -> Overlap:
    return Overlap(
        relation,
        None,
        refused=True,
        message="Another organization already uses this place, or one above or below it. "
        "Two organizations cannot share one; choose another prefix, or ask the operator.",
    )


def _own(relation: OverlapRelation, row: StorageBackendRow, *, for_documents: bool) -> Overlap:
    lies = {
        OverlapRelation.EQUAL: "is the very same place",
        OverlapRelation.PARENT: "holds this place",
        OverlapRelation.CHILD: "lies within this place",
    }[relation]
    if for_documents and row.for_documents:
        meaning = "Both are for documents: they would be written side by side. Separate prefixes are safer."
    elif for_documents:
        meaning = "Documents written here would show up among its data files."
    elif row.for_documents:
        meaning = "Its documents would show up among the data files here."
    else:
        meaning = "The same data files would be listed in both."
    return Overlap(relation, row, refused=False, message=f"“{row.name}” {lies}. {meaning}")


async def blank_keys_allowed(session: AsyncSession, organization_id: str, bucket: str, prefix: str) -> bool:
    """Whether the operator lets the organization use a place of AWS with the application's own identity."""
    statement = select(BlankKeyLocationRow.prefix).where(
        BlankKeyLocationRow.organization_id == organization_id, BlankKeyLocationRow.bucket == bucket
    )
    allowed = await session.scalars(statement)
    return any(
        relation_of(root, prefix) in (OverlapRelation.EQUAL, OverlapRelation.PARENT) for root in allowed
    )
