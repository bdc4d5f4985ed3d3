"""A storage in words: its place, its identity, its use, its health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.widgets import times
from screens.widgets.health import health
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails, StorageSummary

    Storage = StorageSummary | StorageDetails

OLD_KEY_DAYS = 90
"""The age above which keys should be rotated."""


def s3_uri(storage: Storage) -> str:
    """`s3://bucket/prefix/`; empty to those who see names only."""
    if storage.bucket is None:
        return ""
    return f"s3://{storage.bucket}/{storage.prefix}/" if storage.prefix else f"s3://{storage.bucket}/"


def bucket_arn(storage: Storage) -> str:
    """The ARN of what lies in the storage."""
    return (
        f"arn:aws:s3:::{storage.bucket}/{storage.prefix}/*"
        if storage.prefix
        else f"arn:aws:s3:::{storage.bucket}/*"
    )


def listing_command(storage: Storage) -> str:
    """The `aws` command that lists it."""
    endpoint = f" --endpoint-url {storage.endpoint_url}" if storage.endpoint_url else ""
    return f"aws s3 ls{endpoint} {s3_uri(storage)}"


def health_of(storage: Storage) -> Cell:
    """Its health in words, with the reason where it is not healthy; empty to those who see names only."""
    if storage.bucket is None:
        return Cell("")
    return health(storage.healthy, storage.obstacle, verified=storage.verified_at is not None)


def verified(storage: Storage) -> Cell:
    """When it was last verified; empty to those who see names only."""
    if storage.bucket is None:
        return Cell("")
    return Cell(times.age(storage.verified_at), "muted")


def account(storage: Storage) -> str:
    """The AWS account, by alias where there is one."""
    return storage.account_alias or storage.account_id or ""


def keys(storage: Storage) -> Cell:
    """With which keys it is reached, and how old they are."""
    if storage.identity is None:
        return Cell("")
    if storage.identity == "BLANK":
        return Cell("blank", "muted")
    days = times.days(storage.key_created_at or storage.keys_changed_at)
    if days is None:
        return Cell("keys")
    return Cell(f"{days} d old", "warn" if days > OLD_KEY_DAYS else "plain")


def used_by(storage: Storage) -> Cell:
    """How many studies use it, for documents and for data."""
    if storage.document_study_count is None:
        return Cell("")
    counts = storage.document_study_count, storage.data_study_count or 0
    return Cell(f"{counts[0]} / {counts[1]}", "plain" if any(counts) else "muted")


def uses(storage: Storage) -> str:
    """What it is meant to be used for."""
    return " and ".join(use.value.lower() for use in storage.uses)


def marks(storage: Storage) -> str:
    """What is special about it."""
    words = ["provisioned"] if storage.is_default else []
    if storage.is_default_for_documents and storage.is_default_for_data:
        words.append("default for new studies")
    elif storage.is_default_for_documents:
        words.append("default for documents")
    elif storage.is_default_for_data:
        words.append("default for data")
    return ", ".join(words)
