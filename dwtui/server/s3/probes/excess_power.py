"""EXCESS_POWER: whether the identity can do more than the storage needs. It only looks, never writes."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import NO_ANSWER, Fault, fault_of
from dwtui.server.s3.findings import Finding, passed, warned
from dwtui.server.s3.policies import policy_document
from dwtui.server.s3.subject import Subject


def ask_excess_power(subject: Subject) -> Finding:
    """Try what should be refused. The remedy is the narrower policy, whole, in place of what is attached."""
    powers, fault = [], None
    for power, attempt in _attempts(subject):
        try:
            attempt()
        except (ClientError, BotoCoreError) as error:
            found = fault_of(error)
            fault = found if found.kind in NO_ANSWER else fault
        else:
            powers.append(power)
    if powers:
        return warned(
            f"The identity can do more than the storage needs: {', '.join(powers)}.",
            subject.keys_owner,
            "Attach the narrower policy in place of what is attached to the user and its groups.",
            policy_document(subject.location, subject.uses, account_id=subject.facts.account_id),
        )
    if isinstance(fault, Fault):
        return explain(fault, subject, "a request that should be refused")
    return passed("It was refused all that the storage does not need.")


def _attempts(subject: Subject) -> list[tuple[str, Callable[[], Any]]]:
    identity, bucket, folder = subject.identity, subject.location.bucket, subject.list_folder
    attempts: list[tuple[str, Callable[[], Any]]] = [
        ("list all buckets of the account", lambda: identity.s3.list_buckets()),
        ("list the users of the account", lambda: identity.iam.list_users(MaxItems=1)),
    ]
    if folder:
        # A policy that ends in `prefix*` rather than `prefix/*` lets the sibling through.
        sibling = f"{folder.rstrip('/')}-{subject.nonce.key[-8:]}/"
        attempts += [
            ("list the whole bucket", lambda: identity.s3.list_objects_v2(Bucket=bucket, MaxKeys=1)),
            (
                "list beside the prefix",
                lambda: identity.s3.list_objects_v2(Bucket=bucket, Prefix=sibling, MaxKeys=1),
            ),
        ]
    return attempts
