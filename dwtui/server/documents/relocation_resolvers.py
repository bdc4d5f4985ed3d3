"""The previews of changes of a study's document storage."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ariadne import ObjectType, QueryType

from dwtui.server.context import Info, RequestContext
from dwtui.server.database.paging import Edge, Page, page_of
from dwtui.server.documents.counting import DocumentCount
from dwtui.server.documents.keys import key_of
from dwtui.server.documents.nodes import VersionNode
from dwtui.server.documents.places import whole_key
from dwtui.server.documents.readiness import readiness_after
from dwtui.server.documents.relocation import (
    Change,
    Preview,
    VersionFate,
    fate_of,
    order_of,
    previews_of,
    versions_with_fate,
)
from dwtui.server.documents.rows import VersionRow
from dwtui.server.storage_backends.nodes import OverlapNode, StorageBackendNode
from dwtui.server.storage_backends.places import own_overlaps
from dwtui.server.storage_backends.rules import get_storage, location_of
from dwtui.server.studies.nodes import StudyNode
from dwtui.server.verification.verifying import verify_saved

query = QueryType()
relocation_preview = ObjectType("RelocationPreview")


@dataclass(frozen=True)
class PreviewNode:
    """`RelocationPreview`, but for its versions and overlaps."""

    change: Change
    study: StudyNode
    present: StorageBackendNode
    proposed: StorageBackendNode
    stranded: DocumentCount
    coming_back: DocumentCount
    still_stranded: DocumentCount
    ready: bool
    obstacle: str | None
    verified_at: datetime | None
    summary: str

    @classmethod
    def of(cls, preview: Preview) -> "PreviewNode":
        """The preview as the viewer sees it."""
        change, effect = preview.change, preview.effect
        return cls(
            change=change,
            study=StudyNode.of(change.study, change.standing),
            present=StorageBackendNode.of(change.present, change.standing),
            proposed=StorageBackendNode.of(change.proposed, change.standing),
            stranded=effect.stranded,
            coming_back=effect.coming_back,
            still_stranded=effect.still_stranded,
            ready=preview.readiness.ready,
            obstacle=preview.readiness.obstacle,
            verified_at=preview.verified_at,
            summary=preview.summary,
        )


@dataclass(frozen=True)
class MoveNode:
    """`VersionMove`."""

    version: VersionNode
    fate: VersionFate
    old_key: str
    new_key: str


@query.field("relocationPreview")
async def resolve_preview(
    _parent: Any, info: Info, study: str, document_bucket: str, verify: bool | None = False
) -> PreviewNode:
    """What a change would do."""
    context = info.context
    [preview] = await previews_of(context, [(study, document_bucket)])
    if verify and preview.change.proposed.for_documents:
        preview = await _verified(context, preview)
    return PreviewNode.of(preview)


async def _verified(context: RequestContext, preview: Preview) -> Preview:
    """The preview with what S3 says now."""
    report = await verify_saved(context, preview.change.proposed.id)
    async with context.database.read() as session:
        proposed = await get_storage(session, preview.change.proposed.id)
    return replace(
        preview,
        change=replace(preview.change, proposed=proposed),
        readiness=readiness_after(proposed, report),
    )


@query.field("relocationPreviews")
async def resolve_previews(_parent: Any, info: Info, changes: Sequence[dict[str, str]]) -> list[PreviewNode]:
    """What many changes would do."""
    wanted = [(change["study"], change["document_bucket"]) for change in changes]
    return [PreviewNode.of(preview) for preview in await previews_of(info.context, wanted)]


@relocation_preview.field("versions")
async def resolve_versions(
    parent: PreviewNode,
    info: Info,
    first: int | None = 50,
    after: str | None = None,
    fate: str | None = None,
) -> Page:
    """What a change would do to each version."""
    change = parent.change
    async with info.context.database.read() as session:
        page = await page_of(
            session,
            versions_with_fate(change, VersionFate(fate) if fate else None),
            order_of(change),
            first=first,
            after=after,
        )
    moves = await asyncio.gather(*(_move_of(info.context, change, edge.node) for edge in page.edges))
    edges = [Edge(move, edge.cursor) for move, edge in zip(moves, page.edges, strict=True)]
    return replace(page, edges=edges)


async def _move_of(context: RequestContext, change: Change, row: VersionRow) -> MoveNode:
    lies_in = await context.loaders.storage.load(row.storage_id)
    lies_in = lies_in or await context.loaders.documents.departed.load(row.storage_id)
    location = location_of(change.proposed)
    return MoveNode(
        version=VersionNode.of(row, change.standing),
        fate=fate_of(change, row.storage_id),
        old_key=whole_key(lies_in, row.key) if lies_in else row.key,
        new_key=location.key(key_of(location, row.study_id, row.id, row.file_name)),
    )


@relocation_preview.field("overlaps")
async def resolve_overlaps(parent: PreviewNode, info: Info) -> list[OverlapNode]:
    """Other storages of the organization at overlapping places."""
    proposed, standing = parent.change.proposed, parent.change.standing
    storages = await info.context.loaders.storages_at.load(proposed.location_key)
    return [OverlapNode.of(overlap, standing) for overlap in own_overlaps(proposed, storages or ())]


bindables = [query, relocation_preview]
