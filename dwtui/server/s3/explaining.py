"""What a failure means for the person who will read of it: what happened, who can mend it, and how."""

from dwtui.server.s3.faults import NO_ANSWER, Denier, Fault, Kind
from dwtui.server.s3.findings import Finding
from dwtui.server.s3.policies import Statement, kms_key_problems, kms_statement
from dwtui.server.s3.results import Actor, ProbeStatus
from dwtui.server.s3.subject import Subject

_MENDERS = {
    Denier.RESOURCE_POLICY: (Actor.BUCKET_OWNER, "the bucket's policy"),
    Denier.RESOURCE_CONTROL_POLICY: (Actor.AWS_ORGANIZATION, "a resource control policy"),
    Denier.SERVICE_CONTROL_POLICY: (Actor.AWS_ORGANIZATION, "a service control policy"),
    Denier.VPC_ENDPOINT_POLICY: (Actor.AWS_ORGANIZATION, "the policy of a VPC endpoint"),
    Denier.PERMISSIONS_BOUNDARY: (Actor.IAM_USER_OWNER, "the user's permissions boundary"),
    Denier.SESSION_POLICY: (Actor.IAM_USER_OWNER, "the session's policy"),
    Denier.IDENTITY_POLICY: (Actor.IAM_USER_OWNER, "a policy of the user or of one of its groups"),
}


def explain(fault: Fault, subject: Subject, action: str, statement: Statement | None = None) -> Finding:
    """The finding for a failed request. `statement` would allow the `action`, such as `s3:PutObject`."""
    if fault.kind is Kind.DENIED:
        return _denied(fault, subject, action, statement)
    if fault.kind is Kind.KMS_DENIED:
        return _kms_denied(fault, subject)
    message, who, remedy = _told(fault, subject, action)
    status = ProbeStatus.INCONCLUSIVE if fault.kind in NO_ANSWER else ProbeStatus.FAIL
    return Finding(
        status,
        message,
        fault.code,
        fault.request_id,
        who,
        remedy,
        keys_unknown=fault.kind is Kind.KEYS_UNKNOWN,
    )


def unreadable(fault: Fault, subject: Subject, action: str) -> Finding:
    """The finding where the question is optional: who may not ask, or can not, is told nothing is wrong."""
    if fault.kind in (Kind.DENIED, Kind.KMS_DENIED):
        message = f"The identity may not ask for this ({action}). It need not."
        return Finding(ProbeStatus.SKIP, message, fault.code, fault.request_id)
    if fault.kind in NO_ANSWER:
        return explain(fault, subject, action)
    message = "The service does not tell."
    return Finding(ProbeStatus.SKIP, message, fault.code, fault.request_id)


def quoted(fault: Fault, subject: Subject) -> str:
    """What the service said, if anything."""
    text = subject.cleaner.text(fault.text)
    return f" It said: “{text}”" if text else ""


def _denied(fault: Fault, subject: Subject, action: str, statement: Statement | None) -> Finding:
    message = f"{action} was refused.{quoted(fault, subject)}"
    if fault.explicit:
        who, place = _MENDERS[fault.denier] if fault.denier else (Actor.BUCKET_OWNER, "a policy")
        remedy = (
            f"An explicit deny in {place} forbids it; no permission given elsewhere helps. Change that deny."
        )
        if action == "s3:PutObject" and fault.denier in (None, Denier.RESOURCE_POLICY):
            remedy += (
                " If the bucket demands an encryption header, set default encryption on the bucket"
                " instead of demanding the header."
            )
        return Finding(ProbeStatus.FAIL, message, fault.code, fault.request_id, _own(who, subject), remedy)
    if fault.denier in (None, Denier.IDENTITY_POLICY):
        remedy = f"Add the statement to the identity's policy, so that it may {action}."
        if fault.denier is None:
            remedy += (
                " If it is there already, the bucket's policy or one of the AWS organization's forbids it; a"
                " bucket of another account must also allow it itself."
            )
        return Finding(
            ProbeStatus.FAIL, message, fault.code, fault.request_id, subject.keys_owner, remedy, statement
        )
    who, place = _MENDERS[fault.denier]
    remedy = f"It is allowed nowhere in {place}. Allow {action} there too."
    return Finding(
        ProbeStatus.FAIL, message, fault.code, fault.request_id, _own(who, subject), remedy, statement
    )


def _kms_denied(fault: Fault, subject: Subject) -> Finding:
    action = fault.action or "kms:GenerateDataKey"
    key = fault.resource if fault.resource and not kms_key_problems(fault.resource) else None
    statement = kms_statement(key, subject.uses, subject.identity.region) if key else None
    in_identity = fault.denier is Denier.IDENTITY_POLICY
    remedy = (
        f"The bucket is encrypted with a KMS key. {action} must be granted twice: in the identity's policy"
        " and in the policy of the key."
    )
    return Finding(
        ProbeStatus.FAIL,
        f"{action} on the bucket's KMS key was refused.{quoted(fault, subject)}",
        fault.code,
        fault.request_id,
        subject.keys_owner if in_identity else Actor.KMS_KEY_OWNER,
        remedy,
        statement,
    )


def _told(fault: Fault, subject: Subject, action: str) -> tuple[str, Actor | None, str | None]:
    """Message, who must act and remedy for everything but denials."""
    bucket = subject.location.bucket
    at = subject.location.endpoint_url or "AWS"
    match fault.kind:
        case Kind.KEYS_UNKNOWN:
            remedy = "Check the access key id, and in IAM that the key is active. New keys take some seconds."
            return (
                f"{at} does not know the access key: it is missing or inactive.",
                subject.keys_owner,
                remedy,
            )
        case Kind.WRONG_SECRET:
            remedy = "Enter the secret access key again. If it is lost, make a new key pair."
            return "The secret access key does not belong to the access key.", subject.keys_owner, remedy
        case Kind.CLOCK:
            remedy = "Set the clock of the machine on which the application runs."
            return "The application's clock is wrong.", Actor.OPERATOR, remedy
        case Kind.NO_KEYS:
            remedy = (
                "Whoever runs the API gives it one, and starts it again: in a workspace of your own that is you, "
                "with `aws sso login` and, where it is not the default profile, AWS_PROFILE in the environment; "
                "on a server it is a role."
            )
            return "The application has no AWS identity of its own to use.", Actor.OPERATOR, remedy
        case Kind.NO_BUCKET:
            remedy = "Check the bucket's name, and its region or endpoint. It may have been deleted."
            return f"There is no bucket {bucket}.", Actor.BUCKET_OWNER, remedy
        case Kind.WRONG_REGION:
            remedy = "Give the storage the region of the bucket."
            return f"The bucket lies in another region.{quoted(fault, subject)}", Actor.BUCKET_OWNER, remedy
        case Kind.ARCHIVED:
            remedy = "Restore the object, or move it to a storage class that can be read at once."
            return "The object is archived and can not be read at once.", Actor.BUCKET_OWNER, remedy
        case Kind.KMS_UNUSABLE:
            remedy = "Enable the KMS key, cancel its deletion, or give the bucket another key."
            message = f"The bucket's KMS key can not be used.{quoted(fault, subject)}"
            return message, Actor.KMS_KEY_OWNER, remedy
        case Kind.UNSUPPORTED:
            remedy = "Use a service that supports it."
            return f"The service does not support {action}.", subject.endpoint_owner, remedy
        case Kind.BUSY:
            message = f"{at} failed to answer {action}, or not in time.{quoted(fault, subject)}"
            return message, None, "Try again later."
        case Kind.UNREACHABLE:
            remedy = (
                "Check the endpoint's host name and port, and that it can be reached from the application."
            )
            return f"{at} can not be reached: no connection.", subject.endpoint_owner, remedy
        case Kind.UNTRUSTED:
            remedy = "Give the endpoint a valid TLS certificate that the application trusts."
            return f"The TLS certificate of {at} is not trusted.", subject.endpoint_owner, remedy
        case Kind.FORBIDDEN_ADDRESS:
            remedy = "Use an endpoint with a public address, or ask the operator to allow private endpoints."
            return (
                f"The endpoint may not be used. {subject.cleaner.text(fault.text)}",
                subject.endpoint_owner,
                remedy,
            )
        case Kind.GARBLED:
            return (
                f"The answer to {action} broke off or made no sense.",
                subject.endpoint_owner,
                "Try again later.",
            )
        case Kind.MISSING:
            remedy = "Check for lifecycle rules or other writers that remove objects at once."
            return "The object is not there, though it should be.", Actor.BUCKET_OWNER, remedy
        case _:
            message = f"{action} failed with {fault.code or 'an unexpected error'}.{quoted(fault, subject)}"
            return message, subject.endpoint_owner, None


def _own(who: Actor, subject: Subject) -> Actor:
    return subject.keys_owner if who is Actor.IAM_USER_OWNER else who
