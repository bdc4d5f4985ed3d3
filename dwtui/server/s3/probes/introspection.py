"""IAM_USER, KEY_AGE and ACCOUNT_ALIAS: what the identity may see of itself. All optional."""

from datetime import UTC, datetime

from botocore.exceptions import ClientError

from dwtui.server.s3.explaining import unreadable
from dwtui.server.s3.faults import Kind, fault_of
from dwtui.server.s3.findings import Finding, failed, passed, skipped, warned
from dwtui.server.s3.subject import Subject, request_id_of

OLD_KEY_DAYS = 90


def ask_iam_user(subject: Subject) -> Finding:
    """`iam:GetUser`. Where it is denied, the name is taken from the ARN."""
    facts = subject.facts
    try:
        answer = subject.identity.iam.get_user()
    except ClientError as error:
        found = unreadable(fault_of(error), subject, "iam:GetUser")
        if facts.user and fault_of(error).kind is Kind.DENIED:
            message = f"The identity may not ask (iam:GetUser). Its ARN names the user {facts.user}."
            return skipped(message, found.error_code, found.request_id)
        return found
    facts.user = answer["User"].get("UserName") or facts.user
    return passed(f"The IAM user is {facts.user}.", request_id_of(answer))


def ask_key_age(subject: Subject) -> Finding:
    """`iam:ListAccessKeys` and, where allowed, `iam:GetAccessKeyLastUsed`."""
    keys, iam = subject.identity.keys, subject.identity.iam
    if keys is None:
        return skipped("Blank keys: the application's identity looks after its own keys.")
    try:
        answer = iam.list_access_keys()
    except ClientError as error:
        return unreadable(fault_of(error), subject, "iam:ListAccessKeys")
    own = [key for key in answer.get("AccessKeyMetadata", []) if key.get("AccessKeyId") == keys.access_key]
    if not own or "CreateDate" not in own[0]:
        return skipped("The service does not list the key.", request_id=request_id_of(answer))
    if own[0].get("Status") == "Inactive":
        return failed(
            "The access key has been deactivated; it stops working within minutes.",
            subject.keys_owner,
            "Activate the key in IAM, or give the storage another key pair.",
        )
    made = own[0]["CreateDate"]
    subject.facts.key_created_at = made
    days = (datetime.now(UTC) - made).days
    message = f"The key is {days} day{'' if days == 1 else 's'} old{_last_used(subject, keys.access_key)}."
    if days > OLD_KEY_DAYS:
        remedy = "Make a second key for the user, give it to the storage, then delete the old key."
        return warned(
            f"{message} Keys should be changed every {OLD_KEY_DAYS} days.", subject.keys_owner, remedy
        )
    return passed(message, request_id_of(answer))


def ask_account_alias(subject: Subject) -> Finding:
    """`iam:ListAccountAliases`."""
    try:
        answer = subject.identity.iam.list_account_aliases()
    except ClientError as error:
        return unreadable(fault_of(error), subject, "iam:ListAccountAliases")
    aliases = answer.get("AccountAliases", [])
    if not aliases:
        return passed("The account has no alias.", request_id_of(answer))
    subject.facts.account_alias = aliases[0]
    return passed(f"The account's alias is {aliases[0]}.", request_id_of(answer))


def _last_used(subject: Subject, access_key: str) -> str:
    try:
        answer = subject.identity.iam.get_access_key_last_used(AccessKeyId=access_key)
    except ClientError:
        return ""
    used = answer.get("AccessKeyLastUsed", {})
    when = used.get("LastUsedDate")
    return f", last used on {when:%Y-%m-%d} with {used.get('ServiceName')}" if when else ""
