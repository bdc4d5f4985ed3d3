"""GET: whether objects can be read: the one that PUT has written, and data files that lie there already."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import Kind, fault_of
from dwtui.server.s3.findings import Finding, failed, passed, skipped
from dwtui.server.s3.policies import data_statement, documents_statement
from dwtui.server.s3.results import ProbeStatus, StorageUse
from dwtui.server.s3.subject import Subject, request_id_of

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import ObjectTypeDef

_ARCHIVES = ("GLACIER", "DEEP_ARCHIVE")
_PAGE = 200
_TRIES = 5


def ask_get(subject: Subject) -> Finding:
    """Read what each use needs; the worst finding counts."""
    findings = []
    if StorageUse.DOCUMENTS in subject.uses:
        findings.append(_read_document(subject))
    if StorageUse.DATA in subject.uses and (not findings or findings[0].status is not ProbeStatus.FAIL):
        findings.append(_read_existing(subject, subject.location.folder))
    for status in (ProbeStatus.FAIL, ProbeStatus.INCONCLUSIVE, ProbeStatus.PASS):
        for finding in findings:
            if finding.status is status:
                return finding
    return findings[0]


def _read_document(subject: Subject) -> Finding:
    nonce = subject.nonce
    if not nonce.written:
        return _read_existing(subject, subject.location.documents_folder)
    try:
        answer = subject.identity.s3.get_object(
            Bucket=subject.location.bucket, Key=nonce.key, **subject.owner
        )
        # One byte more than was written, so that a longer answer shows, and an endless one ends.
        body = answer["Body"].read(len(nonce.body) + 1)
    except ClientError as error:
        statement = documents_statement(subject.location, ["s3:GetObject"])
        return explain(fault_of(error), subject, "s3:GetObject", statement)
    if body != nonce.body:
        return failed(
            "The object that was read is not the one that was written.",
            subject.endpoint_owner,
            "The service does not keep what is written. Find out what changes it in between.",
        )
    return passed("The object was read back as it was written.", request_id_of(answer))


def _read_existing(subject: Subject, folder: str) -> Finding:
    """Read one byte of an object that lies there; archived ones can not be read, so others are tried."""
    try:
        page = subject.identity.s3.list_objects_v2(
            Bucket=subject.location.bucket, Prefix=folder, MaxKeys=_PAGE, **subject.owner
        )
    except ClientError as error:
        fault = fault_of(error)
        if fault.kind is Kind.BUSY:
            return explain(fault, subject, "s3:ListBucket")
        return skipped("Nothing could be listed that might be read.", fault.code, fault.request_id)
    candidates = sorted(
        (entry for entry in page.get("Contents", []) if entry.get("Size")),
        key=lambda entry: entry.get("StorageClass") in _ARCHIVES,
    )
    for entry in candidates[:_TRIES]:
        finding = _read_byte(subject, entry)
        if finding is not None:
            return finding
    if candidates:
        return skipped(
            "The objects that were tried are archived and can not be read at once.", "InvalidObjectState"
        )
    return skipped("There is no object yet that could be read.")


def _read_byte(subject: Subject, entry: "ObjectTypeDef") -> Finding | None:
    key = entry["Key"]
    try:
        answer = subject.identity.s3.get_object(
            Bucket=subject.location.bucket, Key=key, Range="bytes=0-0", **subject.owner
        )
        answer["Body"].read(1)
    except ClientError as error:
        fault = fault_of(error)
        if fault.kind in (Kind.ARCHIVED, Kind.MISSING):
            return None
        of_document = (
            key.startswith(subject.location.documents_folder) and StorageUse.DATA not in subject.uses
        )
        statement_of = documents_statement if of_document else data_statement
        return explain(fault, subject, "s3:GetObject", statement_of(subject.location, ["s3:GetObject"]))
    return passed("An object was read.", request_id_of(answer))
