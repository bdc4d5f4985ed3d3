"""The suggested policy of the contract."""

from collections.abc import Mapping
from typing import Any

from ariadne import QueryType

from dwtui.server.context import Info
from dwtui.server.s3.location import (
    Location,
    bucket_problems,
    normalise_prefix,
    prefix_problems,
    region_problems,
)
from dwtui.server.s3.policies import kms_key_problems
from dwtui.server.s3.suggestion import SuggestedPolicy, suggest_policy, user_name_problems
from dwtui.server.storage_backends.inputs import refuse
from dwtui.server.storage_backends.rules import chosen_uses

query = QueryType()


@query.field("suggestedPolicy")
def resolve_suggested_policy(_parent: Any, _info: Info, input: Mapping[str, Any]) -> SuggestedPolicy:
    """The least-privilege policy for a storage at that place."""
    prefix = input.get("prefix") or ""
    region, user_name, kms_key_arn = (
        input.get(field) or None for field in ("region", "user_name", "kms_key_arn")
    )
    refuse("bucket", bucket_problems(input["bucket"]))
    refuse("prefix", prefix_problems(prefix))
    refuse("region", region_problems(region) if region else [])
    refuse("userName", user_name_problems(user_name) if user_name else [])
    refuse("kmsKeyArn", kms_key_problems(kms_key_arn) if kms_key_arn else [])
    introspection = input.get("introspection")
    return suggest_policy(
        Location(input["bucket"], normalise_prefix(prefix), region=region),
        chosen_uses(input.get("uses") or None),
        user_name=user_name,
        kms_key_arn=kms_key_arn,
        introspection=True if introspection is None else introspection,
    )


bindables = [query]
