"""Takes things out of a bucket again: objects, and multipart uploads that will not be completed."""

from dataclasses import dataclass
from typing import Any

from dwtui.server.s3.faults import Kind
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.transfer.failures import REFUSALS, TransferError, failure_of
from dwtui.server.s3.transfer.threads import Transfers

PATIENCE = Patience(connect=5, read=10, attempts=2)


@dataclass(frozen=True)
class Remains:
    """What may lie in a bucket of an upload that was not completed: parts, and perhaps the `whole` object.

    `unheard`: perhaps parts of a multipart upload whose id never came, as S3 began it and its answer was lost.
    """

    key: str
    upload_id: str | None
    whole: bool
    unheard: bool = False


async def remove(transfers: Transfers, identity: Identity, remains: Remains, owner: str | None) -> bool:
    """Try to remove what is left of an upload, with connections of its own; whether nothing is left for certain."""
    with identity.again(PATIENCE) as fresh:
        try:
            if remains.upload_id is not None:
                await abort_upload(transfers, fresh, remains.key, remains.upload_id, owner)
            if remains.unheard:
                for upload_id in await _open_uploads(transfers, fresh, remains.key, owner):
                    await abort_upload(transfers, fresh, remains.key, upload_id, owner)
            if remains.whole:
                await delete_object(transfers, fresh, remains.key, owner)
        except TransferError as error:
            return error.kind is Kind.NO_BUCKET
    return True


async def _open_uploads(transfers: Transfers, identity: Identity, key: str, owner: str | None) -> list[str]:
    """The ids of the multipart uploads that are open for a key; none where the bucket does not let us ask."""
    expected = {"ExpectedBucketOwner": owner} if owner else {}

    def ask() -> list[str]:
        pages = identity.s3.get_paginator("list_multipart_uploads").paginate(
            Bucket=identity.location.bucket,
            Prefix=key,
            **expected,  # type: ignore[arg-type]
        )
        return [
            found["UploadId"] for page in pages for found in page.get("Uploads", []) if found["Key"] == key
        ]

    try:
        return await transfers.ask(identity, ask)
    except REFUSALS as error:
        failure = failure_of(error, identity, "s3:ListBucketMultipartUploads")
        if failure.passing or failure.kind is Kind.NO_BUCKET:
            raise failure from error
        return []


async def delete_object(
    transfers: Transfers, identity: Identity, key: str, owner: str | None, version_id: str | None = None
) -> None:
    """Delete an object, or one version of it; that it is not there is no error. Raises TransferError."""
    version = {"VersionId": version_id} if version_id else {}
    await _gone(transfers, identity, "delete_object", "s3:DeleteObject", key, owner, **version)


async def abort_upload(
    transfers: Transfers, identity: Identity, key: str, upload_id: str, owner: str | None
) -> None:
    """Abort a multipart upload; that there is none is no error. Raises TransferError."""
    await _gone(
        transfers,
        identity,
        "abort_multipart_upload",
        "s3:AbortMultipartUpload",
        key,
        owner,
        UploadId=upload_id,
    )


async def _gone(
    transfers: Transfers,
    identity: Identity,
    operation: str,
    action: str,
    key: str,
    owner: str | None,
    **parameters: Any,
) -> None:
    expected = {"ExpectedBucketOwner": owner} if owner else {}

    def ask() -> None:
        getattr(identity.s3, operation)(Bucket=identity.location.bucket, Key=key, **parameters, **expected)

    try:
        await transfers.ask(identity, ask)
    except REFUSALS as error:
        failure = failure_of(error, identity, action)
        if failure.kind is not Kind.MISSING:
            raise failure from error
