"""What can be said of settings while somebody types them: without S3, and not judging what is unfinished."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.errors import BadInputError
from dwtui.server.names import name_problem
from dwtui.server.s3.location import Location, bucket_problems, normalise_prefix, prefix_problems
from dwtui.server.s3.results import StorageUse
from dwtui.server.settings import ServerSettings
from dwtui.server.storage_backends.inputs import checked_endpoint
from dwtui.server.storage_backends.places import Overlap, blank_keys_allowed, location_key, overlaps_of
from dwtui.server.storage_backends.rules import NAME_LENGTH, chosen_uses, name_is_taken


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong."""

    field: str
    message: str


@dataclass(frozen=True)
class Check:
    """What can be said."""

    problems: list[Problem]
    overlaps: list[Overlap]
    blank_keys_allowed: bool
    s3_uri: str | None


async def check(session: AsyncSession, input: Mapping[str, Any], server: ServerSettings) -> Check:
    """Judge what is given; what is left out is not judged."""
    organization_id = input["organization"]
    problems = await _name_problems(session, organization_id, input.get("name"))
    endpoint, endpoint_problems = _endpoint(input.get("endpoint_url"), server)
    bucket, prefix = input.get("bucket"), input.get("prefix") or ""
    place_problems = [
        *(Problem("bucket", text) for text in (bucket_problems(bucket) if bucket is not None else [])),
        *(Problem("prefix", text) for text in prefix_problems(prefix)),
    ]
    problems += endpoint_problems + place_problems
    if bucket is None or place_problems or endpoint_problems:
        return Check(problems, [], False, None)
    prefix = normalise_prefix(prefix)
    overlaps = await overlaps_of(
        session,
        organization_id,
        location_key(endpoint, bucket),
        prefix,
        for_documents=StorageUse.DOCUMENTS in chosen_uses(input.get("uses") or None),
    )
    problems += [Problem("prefix", overlap.message) for overlap in overlaps if overlap.refused]
    allowed = endpoint is None and await blank_keys_allowed(session, organization_id, bucket, prefix)
    return Check(problems, overlaps, allowed, Location(bucket, prefix).s3_uri)


async def _name_problems(session: AsyncSession, organization_id: str, name: str | None) -> list[Problem]:
    if name is None:
        return []
    if problem := name_problem(name, NAME_LENGTH):
        return [Problem("name", problem)]
    if await name_is_taken(session, organization_id, name):
        return [Problem("name", f"This organization has a storage called “{name.strip()}” already.")]
    return []


def _endpoint(url: str | None, server: ServerSettings) -> tuple[str | None, list[Problem]]:
    try:
        return checked_endpoint(url, server), []
    except BadInputError as error:
        return None, [Problem(error.field, error.message)]
