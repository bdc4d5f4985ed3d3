"""GET: whether objects can be read: the one that PUT has written, and data files that lie there already."""

from contextlib import closing
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import Fault, Kind, fault_of
from dwtui.server.s3.findings import Finding, failed, passed, skipped
from dwtui.server.s3.policies import data_statement, documents_statement
from dwtui.server.s3.results import ProbeStatus, StorageUse
from dwtui.server.s3.subject import Subject, request_id_of

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3.type_defs import ObjectTypeDef

_ARCHIVES = ("GLACIER", "DEEP_ARCHIVE")
_PAGE = 50
_TRIES = 5


def ask_get(subject: Subject) -> Finding:
    """Read what each use needs; the worst finding counts."""
    findings = []
    try:
        if StorageUse.DOCUMENTS in subject.uses:
            findings.append(_read_document(subject))
        if StorageUse.DATA in subject.uses:
            findings.append(_read_data(subject))
    except ClientError as error:
        findings.append(_not_listed(subject, fault_of(error)))
    for status in (ProbeStatus.FAIL, ProbeStatus.INCONCLUSIVE, ProbeStatus.PASS):
        for finding in findings:
            if finding.status is status:
                return finding
    return findings[0]


def _read_document(subject: Subject) -> Finding:
    nonce = subject.nonce
    if not nonce.written:
        return _read_one_of(subject, _page(subject, subject.location.documents_folder))
    try:
        answer = subject.identity.s3.get_object(
            Bucket=subject.location.bucket, Key=nonce.key, **subject.owner
        )
        # One byte more than was written, so that a longer answer shows, and an endless one ends.
        body = _bytes_of(answer["Body"], len(nonce.body) + 1)
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


def _read_data(subject: Subject) -> Finding:
    folder, documents = subject.location.folder, subject.location.documents_folder
    entries = _page(subject, folder)
    if StorageUse.DOCUMENTS in subject.uses:
        # What lies with the documents may be read for their sake: look before that folder and behind it.
        entries += _page(subject, folder, behind=f"{documents.rstrip('/')}0")
        entries = [entry for entry in entries if not entry["Key"].startswith(documents)]
    return _read_one_of(subject, entries)


def _page(subject: Subject, folder: str, behind: str = "") -> "list[ObjectTypeDef]":
    answer = subject.identity.s3.list_objects_v2(
        Bucket=subject.location.bucket, Prefix=folder, StartAfter=behind, MaxKeys=_PAGE, **subject.owner
    )
    return answer.get("Contents", [])


def _read_one_of(subject: Subject, entries: "list[ObjectTypeDef]") -> Finding:
    """Read one byte of an object that lies there; archived ones can not be read, so others are tried."""
    candidates = sorted(
        (entry for entry in entries if entry.get("Size")),
        key=lambda entry: entry.get("StorageClass") in _ARCHIVES,
    )
    for entry in candidates[:_TRIES]:
        finding = _read_byte(subject, entry)
        if finding is not None:
            return finding
    if candidates:
        message = "The objects that were tried are archived and can not be read at once."
        return skipped(message, "InvalidObjectState")
    return skipped("There is no object yet that could be read.")


def _read_byte(subject: Subject, entry: "ObjectTypeDef") -> Finding | None:
    key = entry["Key"]
    try:
        answer = subject.identity.s3.get_object(
            Bucket=subject.location.bucket, Key=key, Range="bytes=0-0", **subject.owner
        )
        _bytes_of(answer["Body"], 1)
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


def _bytes_of(body: "StreamingBody", length: int) -> bytes:
    """Up to so many bytes; an answer that breaks off before its announced end raises."""
    with closing(body):
        content = b""
        while len(content) < length and (chunk := body.read(length - len(content))):
            content += chunk
        return content


def _not_listed(subject: Subject, fault: Fault) -> Finding:
    if fault.kind is Kind.DENIED:
        return skipped("Nothing could be listed that might be read.", fault.code, fault.request_id)
    return explain(fault, subject, "s3:ListBucket")
