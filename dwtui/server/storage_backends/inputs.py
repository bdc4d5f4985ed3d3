"""From what somebody typed to settings that keep the rules, field by field."""

from collections.abc import Mapping
from typing import Any

from dwtui.server.errors import BadInputError
from dwtui.server.s3.endpoints import endpoint_problems
from dwtui.server.s3.keys import KeyPair, key_problems
from dwtui.server.s3.location import (
    Location,
    bucket_problems,
    normalise_prefix,
    prefix_problems,
    region_problems,
)
from dwtui.server.s3.results import StorageUse
from dwtui.server.settings import ServerSettings
from dwtui.server.storage_backends.rules import StorageSettings, chosen_uses

LONGEST_WAIT = 60


def settings_of(input: Mapping[str, Any], server: ServerSettings) -> StorageSettings:
    """The settings in an input; BadInputError names the first field that cannot be right."""
    prefix, region = input.get("prefix") or "", input.get("region") or None
    refuse("bucket", bucket_problems(input["bucket"]))
    refuse("prefix", prefix_problems(prefix))
    refuse("region", region_problems(region) if region else [])
    endpoint = checked_endpoint(input.get("endpoint_url"), server)
    location = Location(
        bucket=input["bucket"],
        prefix=normalise_prefix(prefix),
        endpoint_url=endpoint,
        region=region,
        path_style=input.get("path_style"),
    )
    return StorageSettings(location, chosen_uses(input.get("uses")), keys_of(input, aws=endpoint is None))


def refuse(field: str, problems: list[str]) -> None:
    """BadInputError when there are problems with a field."""
    if problems:
        raise BadInputError(field, " ".join(problems))


def checked_endpoint(url: str | None, server: ServerSettings) -> str | None:
    """The endpoint without a slash at its end (None: AWS); BadInputError when it is not one that may be asked."""
    if url is None or not url.strip():
        return None
    refuse("endpointUrl", endpoint_problems(url.strip(), private_allowed=server.allow_private_endpoints))
    return url.strip().rstrip("/")


def keys_of(input: Mapping[str, Any], *, aws: bool) -> KeyPair | None:
    """The key pair in an input; None: blank keys. Half a pair is refused."""
    access_key, secret_key = input.get("access_key"), input.get("secret_key")
    if access_key is None and secret_key is None:
        return None
    if access_key is None:
        raise BadInputError(
            "accessKey", "The access key id is missing. Give both keys, or none for blank keys."
        )
    if secret_key is None:
        raise BadInputError(
            "secretKey", "The secret access key is missing. Give both keys, or none for blank keys."
        )
    pair = (access_key.strip(), secret_key.strip())
    for problem in key_problems(*pair, aws=aws):
        raise BadInputError(problem.field, problem.message)
    return KeyPair(*pair)


def changes_keys(input: Mapping[str, Any]) -> bool:
    """Whether a change of a storage gives it other keys; keys that are left out stay."""
    return "access_key" in input or "secret_key" in input


def new_keys_of(input: Mapping[str, Any], *, aws: bool) -> KeyPair | None:
    """The keys that a change gives a storage; None, where both are null: blank keys. Half a pair is refused."""
    for field, name in (("access_key", "accessKey"), ("secret_key", "secretKey")):
        if field not in input:
            raise BadInputError(
                name, "Give both keys, both as null for blank keys, or leave both out to keep them."
            )
    return keys_of(input, aws=aws)


def changes_uses(input: Mapping[str, Any], present: frozenset[StorageUse]) -> bool:
    """Whether a change of a storage gives it other uses."""
    return input.get("uses") is not None and chosen_uses(input["uses"]) != present


def wait_of(input: Mapping[str, Any], default: int) -> int:
    """How long to wait for keys that AWS does not know yet, in seconds."""
    seconds = default if input.get("wait_for_keys") is None else int(input["wait_for_keys"])
    if not 0 <= seconds <= LONGEST_WAIT:
        raise BadInputError("waitForKeys", f"The wait lasts 0 to {LONGEST_WAIT} seconds.")
    return seconds
