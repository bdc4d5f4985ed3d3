"""PUT, MULTIPART and DELETE: whether documents can be written. Only ever asked for document use."""

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import NO_ANSWER, Kind, fault_of
from dwtui.server.s3.findings import Finding, passed, skipped, warned
from dwtui.server.s3.policies import documents_statement
from dwtui.server.s3.results import Actor, ProbeStatus
from dwtui.server.s3.subject import Nonce, Subject, request_id_of

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import PutObjectOutputTypeDef

_LATER = "not asked in the daily round, since it leaves traces; MULTIPART proves the permission to write"


def ask_put(subject: Subject) -> Finding:
    """PutObject of a key that does not exist yet, with a checksum and without an ACL."""
    if subject.quiet:
        return skipped(f"Writing an object is {_LATER}.")
    if subject.facts.locked_by_default:
        return skipped(
            "The bucket locks every new object, which could then not be removed: nothing was written."
        )
    nonce = subject.nonce
    subject.leftovers.object_written(nonce.key)
    try:
        answer = _put(subject, nonce)
    except ClientError as error:
        fault = fault_of(error)
        if fault.kind not in NO_ANSWER:
            subject.leftovers.object_gone(nonce.key)
        statement = documents_statement(subject.location, ["s3:PutObject"])
        return explain(fault, subject, "s3:PutObject", statement)
    nonce.written, nonce.version = True, answer.get("VersionId")
    return passed("A small object was written.", request_id_of(answer))


def ask_multipart(subject: Subject) -> Finding:
    """CreateMultipartUpload, UploadPart and Abort: the way large documents take. Nothing stays."""
    s3, bucket = subject.identity.s3, subject.location.bucket
    key = f"{subject.nonce.key}.parts"
    statement = documents_statement(subject.location, ["s3:PutObject", "s3:AbortMultipartUpload"])
    try:
        begun = s3.create_multipart_upload(Bucket=bucket, Key=key, **subject.owner)
    except ClientError as error:
        return explain(fault_of(error), subject, "s3:PutObject", statement)
    upload_id = begun["UploadId"]
    subject.leftovers.upload_begun(key, upload_id)
    refused: Finding | None = None
    try:
        s3.upload_part(
            Bucket=bucket, Key=key, UploadId=upload_id, PartNumber=1, Body=subject.nonce.body, **subject.owner
        )
    except ClientError as error:
        refused = explain(fault_of(error), subject, "s3:PutObject", statement)
    try:
        answer = s3.abort_multipart_upload(Bucket=bucket, Key=key, UploadId=upload_id, **subject.owner)
    except ClientError as error:
        fault = fault_of(error)
        if refused is not None or fault.kind in NO_ANSWER:
            return refused or explain(fault, subject, "s3:AbortMultipartUpload")
        if fault.kind is not Kind.MISSING:
            return _abort_refused(subject, fault.code, fault.request_id)
    else:
        subject.leftovers.upload_gone(key, upload_id)
        return refused or passed("A multipart upload was begun, filled and aborted.", request_id_of(answer))
    subject.leftovers.upload_gone(key, upload_id)
    return refused or passed("A multipart upload was begun and filled; it was gone before it was aborted.")


def ask_delete(subject: Subject) -> Finding:
    """DeleteObject of the object that PUT has written, and of its version where that is allowed."""
    nonce, s3 = subject.nonce, subject.identity.s3
    if not nonce.written:
        reason = _LATER if subject.quiet else "not asked, since no object was written"
        return skipped(f"Deleting is {reason}.")
    try:
        answer = s3.delete_object(Bucket=subject.location.bucket, Key=nonce.key, **subject.owner)
    except ClientError as error:
        return _delete_refused(subject, error)
    subject.leftovers.object_gone(nonce.key)
    nonce.written = False
    marker = answer.get("VersionId") if answer.get("DeleteMarker") else None
    if marker is None and nonce.version is None:
        return passed("The object was deleted.", request_id_of(answer))
    remains = [version for version in (nonce.version, marker) if version and not _remove(subject, version)]
    if not remains:
        return passed("The object was deleted, with its version and delete marker.", request_id_of(answer))
    message = "The object was deleted. The bucket keeps versions: a small version and a delete marker stay."
    if subject.facts.lock_enabled:
        return warned(
            f"{message} Object Lock may keep them from ever being removed.",
            Actor.BUCKET_OWNER,
            "Nothing, if versions are meant to stay. Deleted documents will stay as versions, too.",
        )
    return passed(message, request_id_of(answer))


def _put(subject: Subject, nonce: Nonce) -> "PutObjectOutputTypeDef":
    """Put the object; servers that know no conditional writes are asked once more without the condition."""
    s3, bucket = subject.identity.s3, subject.location.bucket
    checksum = base64.b64encode(hashlib.sha256(nonce.body).digest()).decode()
    try:
        return s3.put_object(
            Bucket=bucket,
            Key=nonce.key,
            Body=nonce.body,
            ChecksumSHA256=checksum,
            IfNoneMatch="*",
            **subject.owner,
        )
    except ClientError as error:
        if fault_of(error).kind is not Kind.UNSUPPORTED:
            raise
        return s3.put_object(Bucket=bucket, Key=nonce.key, Body=nonce.body, **subject.owner)


def _remove(subject: Subject, version: str) -> bool:
    try:
        subject.identity.s3.delete_object(
            Bucket=subject.location.bucket, Key=subject.nonce.key, VersionId=version, **subject.owner
        )
    except ClientError:
        return False
    return True


def _abort_refused(subject: Subject, code: str | None, request_id: str | None) -> Finding:
    found = warned(
        "Large documents can be uploaded, but an upload that breaks off can not be aborted: its parts"
        " stay and cost money.",
        subject.keys_owner,
        "Add the statement to the identity's policy, or a lifecycle rule that aborts incomplete uploads.",
        documents_statement(subject.location, ["s3:AbortMultipartUpload"]),
    )
    return replace(found, error_code=code, request_id=request_id)


def _delete_refused(subject: Subject, error: ClientError) -> Finding:
    fault = fault_of(error)
    statement = documents_statement(subject.location, ["s3:DeleteObject"])
    found = explain(fault, subject, "s3:DeleteObject", statement)
    if fault.kind is not Kind.DENIED:
        return found
    # Many buckets forbid deletion on purpose; documents can be kept in them all the same.
    message = (
        f"Objects can be written but not deleted. The probe's object {subject.nonce.key} stays, as will"
        " documents that are cleaned up after a move."
    )
    return replace(found, status=ProbeStatus.WARN, message=message)
