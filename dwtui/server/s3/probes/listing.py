"""LIST: whether the storage can be listed."""

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import fault_of
from dwtui.server.s3.findings import Finding, passed
from dwtui.server.s3.policies import list_statement
from dwtui.server.s3.subject import Subject, request_id_of


def ask_list(subject: Subject) -> Finding:
    """ListObjectsV2 below the prefix, always with its slash. An empty answer passes."""
    try:
        answer = subject.identity.s3.list_objects_v2(
            Bucket=subject.location.bucket, Prefix=subject.list_folder, MaxKeys=1
        )
    except ClientError as error:
        statement = list_statement(subject.location, subject.uses)
        return explain(fault_of(error), subject, "s3:ListBucket", statement)
    place = f"below {subject.list_folder}" if subject.list_folder else "in the whole bucket"
    empty = " Nothing lies there yet." if not answer.get("KeyCount") and not answer.get("Contents") else ""
    return passed(f"Objects {place} can be listed.{empty}", request_id_of(answer))
