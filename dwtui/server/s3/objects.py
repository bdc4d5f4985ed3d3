"""Removing objects from a bucket, one or many, and why one stays."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from botocore.exceptions import BotoCoreError, ClientError

from dwtui.server.s3.faults import Fault, Kind, fault_of
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.subject import Owner

_AT_ONCE = 8


def delete_object(identity: Identity, key: str, *, bucket_owner: str | None = None) -> None:
    """Delete an object; one that is not there is deleted already. Raises ClientError, BotoCoreError.

    A bucket that keeps versions keeps the bytes behind a delete marker.
    """
    owner: Owner = {"ExpectedBucketOwner": bucket_owner} if bucket_owner else {}
    identity.s3.delete_object(Bucket=identity.location.bucket, Key=key, **owner)


def delete_objects(
    identity: Identity, keys: Sequence[str], *, bucket_owner: str | None = None
) -> Mapping[str, Fault]:
    """Delete objects, several at a time; the answer tells of those that stay, and why."""

    def fault_in(key: str) -> Fault | None:
        try:
            delete_object(identity, key, bucket_owner=bucket_owner)
        except (ClientError, BotoCoreError) as error:
            fault = fault_of(error)
            return None if fault.kind is Kind.MISSING else fault
        return None

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        faults = pool.map(fault_in, keys)
        return {key: fault for key, fault in zip(keys, faults, strict=True) if fault is not None}
