"""VERSIONING, OBJECT_LOCK, ENCRYPTION, OWNERSHIP, PUBLIC_ACCESS and POLICY_STATUS: how the bucket is set up.

All optional: who may not ask for them is told that nothing is wrong.
"""

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import unreadable
from dwtui.server.s3.faults import fault_of
from dwtui.server.s3.findings import Finding, passed, warned
from dwtui.server.s3.results import Actor, StorageUse
from dwtui.server.s3.subject import Subject, request_id_of


def ask_versioning(subject: Subject) -> Finding:
    """Whether the bucket keeps versions."""
    try:
        answer = subject.identity.s3.get_bucket_versioning(Bucket=subject.location.bucket, **subject.owner)
    except ClientError as error:
        return unreadable(fault_of(error), subject, "s3:GetBucketVersioning")
    words = {
        "Enabled": "The bucket keeps versions: what is overwritten or deleted can be had back.",
        "Suspended": "The bucket has stopped keeping versions; older ones are still there.",
    }
    text = words.get(answer.get("Status", ""), "The bucket keeps no versions: what is deleted is gone.")
    return passed(text, request_id_of(answer))


def ask_object_lock(subject: Subject) -> Finding:
    """Whether the bucket locks objects, and each new one by default."""
    try:
        answer = subject.identity.s3.get_object_lock_configuration(
            Bucket=subject.location.bucket, **subject.owner
        )
    except ClientError as error:
        fault = fault_of(error)
        if fault.code in ("ObjectLockConfigurationNotFoundError", "NoSuchObjectLockConfiguration"):
            return passed("The bucket locks no objects.", fault.request_id)
        return unreadable(fault, subject, "s3:GetBucketObjectLockConfiguration")
    configuration = answer.get("ObjectLockConfiguration", {})
    subject.facts.lock_enabled = configuration.get("ObjectLockEnabled") == "Enabled"
    retention = configuration.get("Rule", {}).get("DefaultRetention", {})
    if not retention:
        text = (
            "Objects can be locked, but are not by default." if subject.facts.lock_enabled else "Not locked."
        )
        return passed(text, request_id_of(answer))
    subject.facts.locked_by_default = True
    if StorageUse.DOCUMENTS not in subject.uses:
        return passed("Every new object is locked for a while.", request_id_of(answer))
    span = f"{retention['Days']} days" if "Days" in retention else f"{retention.get('Years', '?')} years"
    return warned(
        f"Every new object is locked for {span} ({retention.get('Mode', 'unknown mode')}): documents can"
        " not be cleaned up before.",
        Actor.BUCKET_OWNER,
        "Nothing, if that is what you want; otherwise remove the default retention of the bucket.",
    )


def ask_encryption(subject: Subject) -> Finding:
    """How the bucket encrypts what is written."""
    try:
        answer = subject.identity.s3.get_bucket_encryption(Bucket=subject.location.bucket, **subject.owner)
    except ClientError as error:
        fault = fault_of(error)
        if fault.code == "ServerSideEncryptionConfigurationNotFoundError":
            return passed("The bucket has no encryption setting of its own.", fault.request_id)
        return unreadable(fault, subject, "s3:GetEncryptionConfiguration")
    rules = answer.get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
    default = rules[0].get("ApplyServerSideEncryptionByDefault", {}) if rules else {}
    if default.get("SSEAlgorithm", "").startswith("aws:kms"):
        key = default.get("KMSMasterKeyID", "of AWS's own")
        return passed(f"Encrypted with the KMS key {key}; the identity needs permissions on it.")
    return passed(
        f"Encrypted with {default.get('SSEAlgorithm') or 'an unnamed method'}.", request_id_of(answer)
    )


def ask_ownership(subject: Subject) -> Finding:
    """Whether the bucket's owner owns what others write to it."""
    try:
        answer = subject.identity.s3.get_bucket_ownership_controls(
            Bucket=subject.location.bucket, **subject.owner
        )
        rules = answer.get("OwnershipControls", {}).get("Rules", [])
        setting = rules[0].get("ObjectOwnership", "") if rules else ""
    except ClientError as error:
        fault = fault_of(error)
        if fault.code != "OwnershipControlsNotFoundError":
            return unreadable(fault, subject, "s3:GetBucketOwnershipControls")
        setting = ""
    if setting == "BucketOwnerEnforced":
        return passed("The bucket's owner owns all that lies in it.")
    facts = subject.facts
    foreign = facts.account_id is not None and facts.bucket_owner != facts.account_id
    if foreign and StorageUse.DOCUMENTS in subject.uses:
        return warned(
            "Documents would belong to the account of the keys, not to the bucket's owner, who may be"
            " unable to read them.",
            Actor.BUCKET_OWNER,
            "Set the bucket's object ownership to “Bucket owner enforced”.",
        )
    return passed("Objects belong to the account that writes them, which is the bucket's own.")


def ask_public_access(subject: Subject) -> Finding:
    """Whether the bucket blocks public access."""
    try:
        answer = subject.identity.s3.get_public_access_block(Bucket=subject.location.bucket, **subject.owner)
        block = answer.get("PublicAccessBlockConfiguration", {})
    except ClientError as error:
        fault = fault_of(error)
        if fault.code != "NoSuchPublicAccessBlockConfiguration":
            return unreadable(fault, subject, "s3:GetBucketPublicAccessBlock")
        block = {}
    blocked = [name for name, is_set in block.items() if is_set is True]
    if not blocked:
        return warned(
            "The bucket blocks no public access (a block of the whole account can not be seen from here).",
            Actor.BUCKET_OWNER,
            "Turn on “Block all public access” in the bucket's permissions.",
        )
    if len(blocked) == 4:
        return passed("All public access is blocked.")
    return passed(f"Public access is blocked in part: {', '.join(sorted(blocked))}.")


def ask_policy_status(subject: Subject) -> Finding:
    """Whether the bucket's policy makes it public."""
    try:
        answer = subject.identity.s3.get_bucket_policy_status(Bucket=subject.location.bucket, **subject.owner)
    except ClientError as error:
        fault = fault_of(error)
        if fault.code == "NoSuchBucketPolicy":
            return passed("The bucket has no policy.", fault.request_id)
        return unreadable(fault, subject, "s3:GetBucketPolicyStatus")
    if answer.get("PolicyStatus", {}).get("IsPublic"):
        return warned(
            "The bucket's policy makes it public.",
            Actor.BUCKET_OWNER,
            "Remove the statements of the bucket's policy that allow everybody, or block public access.",
        )
    return passed("The bucket's policy does not make it public.", request_id_of(answer))
