"""LIFECYCLE: whether a rule of the bucket expires or archives what lies in the storage."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import unreadable
from dwtui.server.s3.faults import fault_of
from dwtui.server.s3.findings import Finding, passed, warned
from dwtui.server.s3.results import Actor
from dwtui.server.s3.subject import Subject, request_id_of

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import LifecycleRuleOutputTypeDef

_ARCHIVES = ("GLACIER", "DEEP_ARCHIVE")


def ask_lifecycle(subject: Subject) -> Finding:
    """The bucket's lifecycle rules. Rules over old versions and broken uploads do no harm."""
    try:
        answer = subject.identity.s3.get_bucket_lifecycle_configuration(
            Bucket=subject.location.bucket, **subject.owner
        )
    except ClientError as error:
        fault = fault_of(error)
        if fault.code == "NoSuchLifecycleConfiguration":
            return passed("The bucket has no lifecycle rules.", fault.request_id)
        return unreadable(fault, subject, "s3:GetLifecycleConfiguration")
    told = [text for rule in answer.get("Rules", []) if (text := harm_of(rule, subject.list_folder))]
    if not told:
        return passed("No lifecycle rule expires or archives what lies here.", request_id_of(answer))
    return warned(
        f"Lifecycle rules of the bucket reach what lies here: {'; '.join(told)}.",
        Actor.BUCKET_OWNER,
        f"Keep those rules away from {subject.list_folder or 'the bucket'}, unless they are meant.",
    )


def harm_of(rule: "LifecycleRuleOutputTypeDef", folder: str) -> str | None:
    """What a rule does to objects below a folder, in words; None when it does nothing to them."""
    if rule.get("Status") != "Enabled" or not _reaches(rule, folder):
        return None
    harms = []
    expiration = rule.get("Expiration", {})
    if "Days" in expiration or "Date" in expiration:
        harms.append(f"expires objects {_when(expiration.get('Days'))}")
    harms += [
        f"archives them {_when(transition.get('Days'))} ({transition.get('StorageClass')})"
        for transition in rule.get("Transitions", [])
        if transition.get("StorageClass") in _ARCHIVES
    ]
    return f"“{rule.get('ID') or 'a rule without a name'}” {' and '.join(harms)}" if harms else None


def _reaches(rule: "LifecycleRuleOutputTypeDef", folder: str) -> bool:
    conditions = rule.get("Filter", {})
    prefix = conditions.get("Prefix") or conditions.get("And", {}).get("Prefix") or rule.get("Prefix") or ""
    return folder.startswith(prefix) or prefix.startswith(folder)


def _when(days: int | None) -> str:
    return "at a set date" if days is None else f"after {days} day{'' if days == 1 else 's'}"
