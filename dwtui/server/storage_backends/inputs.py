"""From what somebody typed to settings that keep the rules, field by field."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dwtui.server.errors import BadInputError
from dwtui.server.s3.endpoints import endpoint_problem, normal_endpoint
from dwtui.server.s3.keys import KeyPair, access_key_problem, secret_key_problem
from dwtui.server.s3.location import Location, bucket_problem, normal_prefix, prefix_problem, region_problem
from dwtui.server.settings import ServerSettings
from dwtui.server.storage_backends.rules import StorageSettings, chosen_uses

LONGEST_WAIT = 60


async def settings_of(input: Mapping[str, Any], server: ServerSettings) -> StorageSettings:
    """The settings in an input; BadInputError names the first field that cannot be right."""
    for field, problem in (
        ("bucket", bucket_problem(input["bucket"])),
        ("prefix", prefix_problem(input.get("prefix") or "")),
        ("region", region_problem(input.get("region"))),
    ):
        if problem:
            raise BadInputError(field, problem)
    endpoint = await checked_endpoint(input.get("endpoint_url"), server)
    location = Location(
        bucket=input["bucket"],
        prefix=normal_prefix(input.get("prefix") or ""),
        endpoint_url=endpoint,
        region=input.get("region") or None,
        path_style=endpoint is not None if input.get("path_style") is None else input["path_style"],
    )
    return StorageSettings(location, chosen_uses(input.get("uses")), keys_of(input))


async def checked_endpoint(url: str | None, server: ServerSettings) -> str | None:
    """The endpoint in its normal form (None: AWS); BadInputError when it is none, or not one that may be asked."""
    if url is None or not url.strip():
        return None
    allowed = server.allow_private_endpoints
    problem = await asyncio.to_thread(endpoint_problem, url.strip(), allow_private=allowed)
    if problem:
        raise BadInputError("endpointUrl", problem)
    return normal_endpoint(url.strip())


def keys_of(input: Mapping[str, Any]) -> KeyPair | None:
    """The key pair in an input; None: blank keys. Half a pair is refused."""
    access_key, secret_key = (_given(input.get("access_key")), _given(input.get("secret_key")))
    if access_key is None and secret_key is None:
        return None
    if access_key is None:
        raise BadInputError("accessKey", "The access key id is missing. Give both keys, or none for blank keys.")
    if secret_key is None:
        raise BadInputError("secretKey", "The secret access key is missing. Give both keys, or none for blank keys.")
    for field, problem in (
        ("accessKey", access_key_problem(access_key)),
        ("secretKey", secret_key_problem(secret_key)),
    ):
        if problem:
            raise BadInputError(field, problem)
    return KeyPair(access_key, secret_key)


def _given(value: str | None) -> str | None:
    stripped = value.strip() if value is not None else ""
    return stripped or None


def changed_settings(present: StorageSettings, input: Mapping[str, Any]) -> StorageSettings:
    """Present settings with the keys and uses that an input changes: left out keeps, a null pair means blank keys."""
    changed = present
    if "access_key" in input or "secret_key" in input:
        changed = replace(changed, keys=keys_of(input))
    if input.get("uses") is not None:
        changed = replace(changed, uses=chosen_uses(input["uses"]))
    return changed


def wait_of(input: Mapping[str, Any], default: int) -> int:
    """How long to wait for keys that AWS does not know yet, in seconds."""
    seconds = default if input.get("wait_for_keys") is None else int(input["wait_for_keys"])
    if not 0 <= seconds <= LONGEST_WAIT:
        raise BadInputError("waitForKeys", f"The wait lasts 0 to {LONGEST_WAIT} seconds.")
    return seconds
