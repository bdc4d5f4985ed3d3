"""IDENTITY: whether the keys work, and whose they are."""

import re

from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import Fault, Kind, fault_of
from dwtui.server.s3.findings import Finding, failed, passed, skipped
from dwtui.server.s3.keys import is_temporary
from dwtui.server.s3.subject import Subject, request_id_of

_ARN = re.compile(r"arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):([\w+=,.@/-]{1,600})")
_NO_STS = "The endpoint has no STS to ask whose keys they are; the listing shows whether they work."


def ask_identity(subject: Subject) -> Finding:
    """`sts:GetCallerIdentity`, which needs no permission."""
    keys = subject.identity.keys
    if keys is not None and is_temporary(keys.access_key):
        return failed(
            "These are temporary keys (ASIA…). They expire, and the storage would stop working.",
            subject.keys_owner,
            "Make an access key of an IAM user (AKIA…) and use that.",
        )
    try:
        answer = subject.identity.sts.get_caller_identity()
    except ResponseParserError:
        if subject.location.endpoint_url is None:
            raise
        return skipped(_NO_STS)
    except ClientError as error:
        fault = fault_of(error)
        if _is_no_sts(fault, error, subject):
            return skipped(_NO_STS, fault.code, fault.request_id)
        return explain(fault, subject, "sts:GetCallerIdentity")
    match = _ARN.fullmatch(answer.get("Arn", ""))
    if match is None:
        return skipped("The endpoint does not tell whose keys they are.", request_id=request_id_of(answer))
    facts = subject.facts
    facts.arn, facts.account_id = match.group(), match.group(1)
    if match.group(2) == "root":
        return failed(
            f"These are the keys of the root user of account {facts.account_id}: they may do anything there.",
            subject.keys_owner,
            "Delete the root user's access key, make an IAM user with the suggested policy, use its keys.",
        )
    facts.user = user_of(facts.arn)
    kind, _, name = match.group(2).partition("/")
    return passed(f"The keys belong to {kind} {name}, account {facts.account_id}.", request_id_of(answer))


def user_of(arn: str) -> str | None:
    """The IAM user's name in an ARN, without its path; None for anybody else."""
    match = _ARN.fullmatch(arn)
    kind, _, name = match.group(2).partition("/") if match else ("", "", "")
    return name.rpartition("/")[2] if kind == "user" and name else None


def _is_no_sts(fault: Fault, error: ClientError, subject: Subject) -> bool:
    """Whether it is the answer of a service that knows S3 but not STS."""
    if fault.kind is Kind.UNSUPPORTED:
        return True
    if subject.location.endpoint_url is None:
        return False
    # STS's own errors say who is to blame (`Type`). Without it, S3 took the request for one of its own.
    if fault.kind in (Kind.KEYS_UNKNOWN, Kind.WRONG_SECRET, Kind.CLOCK):
        return "Type" not in error.response.get("Error", {})
    return fault.kind not in (Kind.BUSY, Kind.WRONG_REGION)
