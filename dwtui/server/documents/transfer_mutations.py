"""Mutations that move bytes: uploads, and links to downloads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ariadne import MutationType

from dwtui.server.context import Info
from dwtui.server.documents.looking_up import version_seen
from dwtui.server.documents.nodes import VersionNode
from dwtui.server.documents.receiving import new_version, receive
from dwtui.server.documents.signing import sign
from dwtui.server.transport.incoming_file import IncomingFile

mutation = MutationType()


@dataclass(frozen=True)
class SignedUrlNode:
    """`SignedUrl`."""

    url: str
    expires_at: datetime


@mutation.field("createVersion")
async def resolve_create_version(
    _parent: Any,
    info: Info,
    file: IncomingFile,
    study: str | None = None,
    file_id: str | None = None,
    description: str | None = None,
) -> VersionNode:
    """Take a file in, as it arrives."""
    row = await receive(info.context, new_version(file, study, file_id, description), file)
    seen = await version_seen(info.context, row.id)
    return VersionNode.of(seen.version, seen.standing)


@mutation.field("signedUrl")
async def resolve_signed_url(
    _parent: Any, info: Info, file_id: str, version: str | None = None
) -> SignedUrlNode:
    """Make a link that works once."""
    signed = await sign(info.context, file_id, version)
    return SignedUrlNode(info.context.origin + signed.path, signed.expires_at)


bindables = [mutation]
