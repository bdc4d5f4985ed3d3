"""The policies of the sample world's IAM users: the application's suggestions, and what goes beyond."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dwtui.demo.sample.accounts import APPLICATION_BUCKET
from dwtui.demo.sample.storages import SampleStorage, Trait
from dwtui.server.s3.location import Location
from dwtui.server.s3.policies import policy_document
from dwtui.server.s3.results import StorageUse

STORAGE_POLICY = "dwtui-storage"
_EXTRAS_POLICY = "extras"
_SETTINGS = (
    "s3:GetBucketVersioning",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetEncryptionConfiguration",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketPolicyStatus",
    "s3:GetLifecycleConfiguration",
    "s3:GetBucketRequestPayment",
)


def storage_policies(storage: SampleStorage) -> dict[str, str]:
    """The policies, name to JSON document, of a storage's IAM user."""
    policies = {STORAGE_POLICY: json.dumps(suggested(storage.bucket, storage.prefix, storage.uses))}
    extras = list(_extras(storage))
    if extras:
        policies[_EXTRAS_POLICY] = _document(extras)
    return policies


def suggested(bucket: str, prefix: str, uses: Iterable[str]) -> dict[str, Any]:
    """What the application itself suggests for a place."""
    return policy_document(Location(bucket, prefix), frozenset(StorageUse(use) for use in uses))


def without_action(policy: Mapping[str, Any], action: str) -> dict[str, Any]:
    """A policy after somebody took an action out of it."""
    statements = [
        {**statement, "Action": [it for it in statement["Action"] if it != action]}
        for statement in policy["Statement"]
    ]
    return {**policy, "Statement": statements}


def whole_bucket(bucket: str) -> dict[str, str]:
    """For a team that may use all of one bucket, at any prefix, and look at its own keys."""
    arn = f"arn:aws:s3:::{bucket}"
    objects = ("GetObject", "PutObject", "DeleteObject", "GetObjectTagging", "PutObjectTagging")
    multipart = ("AbortMultipartUpload", "ListMultipartUploadParts")
    introspection = suggested(bucket, "", ("DATA",))["Statement"][2:]
    return {
        STORAGE_POLICY: _document(
            [
                _allow([*_SETTINGS, "s3:ListBucket"], arn),
                _allow([f"s3:{action}" for action in objects + multipart], f"{arn}/*"),
                *introspection,
            ]
        )
    }


def application_policies(adopted_buckets: Iterable[str]) -> dict[str, str]:
    """What the application's own identity may do: use its own bucket and those that were its before."""
    policies = {}
    for bucket in (APPLICATION_BUCKET, *adopted_buckets):
        policies[f"bucket-{bucket}"] = whole_bucket(bucket)[STORAGE_POLICY]
    return policies


def _extras(storage: SampleStorage) -> Iterable[dict[str, Any]]:
    arn = f"arn:aws:s3:::{storage.bucket}"
    if Trait.READS_SETTINGS in storage.traits:
        yield _allow(_SETTINGS, arn)
    if Trait.TOO_POWERFUL in storage.traits:
        yield _allow(["s3:ListAllMyBuckets"], "*")
        yield _allow(["s3:ListBucket"], arn)


def _allow(actions: Iterable[str], resource: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


def _document(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
