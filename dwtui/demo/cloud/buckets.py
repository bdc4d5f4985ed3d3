"""Buckets of the local AWS and what lies in them; filled in process, past the network."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from moto.s3.models import FakeBucket, PublicAccessBlock, S3Backend, s3_backends

from dwtui.demo.cloud.objects import StoredObject


def create_bucket(account_id: str, name: str, region: str, *, versioned: bool = True) -> None:
    """Make a private bucket as a careful administrator would: encrypted, owner enforced, no public access."""
    bucket = _backend(account_id).create_bucket(name, region)
    bucket.versioning_status = "Enabled" if versioned else None
    bucket.encryption = {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}}
    bucket.ownership_rule = "BucketOwnerEnforced"  # type: ignore[assignment]  # what moto answers with
    bucket.public_access_block = PublicAccessBlock(True, True, True, True)


def put_objects(bucket_name: str, objects: Iterable[StoredObject]) -> None:
    """Put objects into a bucket."""
    bucket = _bucket(bucket_name)
    backend = _backend(bucket.account_id)
    for sample in objects:
        stored = backend.put_object(
            bucket_name, sample.key, sample.body, storage=sample.storage_class, disable_notification=True
        )
        stored.last_modified = sample.modified.astimezone(UTC).replace(tzinfo=None)
        stored.set_metadata({"Content-Type": sample.content_type})


def open_to_the_public(bucket_name: str) -> None:
    """Drop the public access block and let anybody read below `public/`."""
    bucket = _bucket(bucket_name)
    bucket.public_access_block = None
    attach_policy(
        bucket_name,
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{bucket_name}/public/*",
        },
    )


def attach_policy(bucket_name: str, *statements: Mapping[str, Any]) -> None:
    """Give a bucket a policy of those statements."""
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    _bucket(bucket_name).policy = json.dumps(document).encode()


def expire_after(bucket_name: str, prefix: str, days: int) -> None:
    """Have a lifecycle rule delete what lies below a prefix."""
    rule = {
        "ID": f"expire-{prefix.strip('/') or 'all'}",
        "Filter": {"Prefix": prefix},
        "Status": "Enabled",
        "Expiration": {"Days": days},
    }
    _bucket(bucket_name).set_lifecycle([rule])


def remove_bucket(bucket_name: str) -> None:
    """Delete a bucket with everything in it."""
    bucket = _bucket(bucket_name)
    for stored in bucket.keys.values():
        stored.dispose()
    _backend(bucket.account_id).buckets.pop(bucket_name)
    s3_backends.bucket_accounts.pop(bucket_name)


def _backend(account_id: str) -> S3Backend:
    return s3_backends[account_id]["aws"]


def _bucket(name: str) -> FakeBucket:
    partition, account_id = s3_backends.bucket_accounts[name]
    return s3_backends[account_id][partition].buckets[name]
