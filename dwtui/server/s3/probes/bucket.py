"""BUCKET, OWNER and REQUESTER_PAYS: where the bucket lies, whose it is, and who pays for asking."""

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import NO_ANSWER, Kind, fault_of
from dwtui.server.s3.findings import Finding, failed, passed, skipped, warned
from dwtui.server.s3.results import Actor, ProbeStatus
from dwtui.server.s3.subject import Subject, request_id_of

_REDIRECTS = 3


def ask_bucket(subject: Subject) -> Finding:
    """HeadBucket. A 403 is no failure, since no prefix can be given; the region comes with any answer."""
    identity, bucket = subject.identity, subject.location.bucket
    for _ in range(_REDIRECTS):
        status, request_id, error = _head(subject)
        if error is not None and status in (301, 307, 400) and identity.seen_region is None:
            _list_for_region(subject)
        region = identity.seen_region
        moved = region is not None and region != identity.region
        if region is not None and moved:
            identity.move_to(region)
        subject.facts.region = region or subject.location.region
        if error is None:
            return passed(f"{bucket} exists{_in(region)}.", request_id)
        if status == 403:
            where = _in(region) or ", if it exists"
            return passed(f"{bucket} answers{where}; listing it tells more.", request_id)
        if not moved:
            break
    if status == 404 or error is None:
        return _no_such_bucket(subject, request_id)
    fault = fault_of(error)
    if status in (301, 307, 400):
        return Finding(
            ProbeStatus.FAIL,
            f"The bucket does not answer in region {identity.region}, and does not say in which one it lies.",
            fault.code,
            request_id,
            Actor.BUCKET_OWNER,
            "Give the storage the region of the bucket, and check the endpoint.",
        )
    return explain(fault, subject, "HeadBucket")


def ask_owner(subject: Subject) -> Finding:
    """A listing that insists on the owner: that of the keys, or the one known from earlier verifications."""
    account = subject.expected_account or subject.facts.account_id
    if account is None:
        return skipped("The account of the keys is not known, so there is nothing to compare.")
    try:
        answer = subject.identity.s3.list_objects_v2(
            Bucket=subject.location.bucket,
            Prefix=subject.list_folder,
            MaxKeys=1,
            ExpectedBucketOwner=account,
        )
    except ClientError as error:
        fault = fault_of(error)
        if fault.kind is not Kind.DENIED:
            if fault.kind in NO_ANSWER:
                return explain(fault, subject, "s3:ListBucket")
            return skipped("The service does not tell whose the bucket is.", fault.code, fault.request_id)
        if subject.expected_account:
            return Finding(
                ProbeStatus.FAIL,
                f"The bucket no longer belongs to account {account}. It may have been deleted, and made anew"
                " by somebody else.",
                fault.code,
                fault.request_id,
                Actor.BUCKET_OWNER,
                "Find out whose bucket it is now before anything is written to it.",
            )
        return warned(
            f"The bucket does not belong to account {account}, whose keys these are.",
            Actor.BUCKET_OWNER,
            "Make sure that it is the bucket you mean. Its owner keeps control over what lies in it.",
        )
    subject.facts.bucket_owner = account
    return passed(f"The bucket belongs to account {account}.", request_id_of(answer))


def ask_requester_pays(subject: Subject) -> Finding:
    """Whether a listing that is refused passes once the asker agrees to pay."""
    bucket, prefix = subject.location.bucket, subject.list_folder
    try:
        answer = subject.identity.s3.list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1)
        return passed("Who asks does not have to pay for it.", request_id_of(answer))
    except ClientError as error:
        fault = fault_of(error)
        if fault.kind is not Kind.DENIED:
            return skipped(
                "The bucket can not be listed, so this can not be told.", fault.code, fault.request_id
            )
    try:
        subject.identity.s3.list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1, RequestPayer="requester")
    except ClientError:
        return skipped("The bucket can not be listed, whoever pays.", fault.code, fault.request_id)
    return failed(
        "The bucket's owner makes whoever asks pay, and the application does not agree to that.",
        Actor.BUCKET_OWNER,
        "Turn off Requester Pays on the bucket, or use keys of the account that the bucket belongs to.",
    )


def _head(subject: Subject) -> tuple[int, str | None, ClientError | None]:
    """Status, request id and, if it is one, the error."""
    try:
        answer = subject.identity.s3.head_bucket(Bucket=subject.location.bucket)
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status, request_id_of(error.response), error
    return 200, request_id_of(answer), None


def _list_for_region(subject: Subject) -> None:
    """A HEAD has no body; a listing's error may name the region that the identity then notes."""
    try:
        subject.identity.s3.list_objects_v2(
            Bucket=subject.location.bucket, Prefix=subject.list_folder, MaxKeys=1
        )
    except ClientError:
        return


def _no_such_bucket(subject: Subject, request_id: str | None) -> Finding:
    return Finding(
        ProbeStatus.FAIL,
        f"There is no bucket {subject.location.bucket}.",
        "NoSuchBucket",
        request_id,
        Actor.BUCKET_OWNER,
        "Check the bucket's name, and its region or endpoint. It may have been deleted.",
    )


def _in(region: str | None) -> str:
    return f" in {region}" if region else ""
