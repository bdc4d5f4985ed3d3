"""Who may do what in the local AWS: moto's checks of keys and signatures, with a full judgement of policies.

moto 5.2 by itself takes deactivated keys, ignores conditions (`s3:prefix`), the expected bucket owner and
what bucket policies allow, and takes every bucket setting for a listing: storages would seem too healthy.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from moto import settings
from moto.core.exceptions import AccessDeniedError
from moto.iam import access_control
from moto.iam.models import AccessKey, Policy, User, iam_backends
from moto.s3.exceptions import BucketAccessDeniedError
from moto.s3.models import FakeBucket, s3_backends

from dwtui.demo.cloud.evaluation import Decision, Request, evaluate

PARTITION = "aws"

_BUCKET_SETTINGS = {
    "accelerate": "AccelerateConfiguration",
    "acl": "BucketAcl",
    "cors": "BucketCORS",
    "encryption": "EncryptionConfiguration",
    "inventory": "InventoryConfiguration",
    "lifecycle": "LifecycleConfiguration",
    "logging": "BucketLogging",
    "notification": "BucketNotification",
    "object-lock": "BucketObjectLockConfiguration",
    "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy",
    "policyStatus": "BucketPolicyStatus",
    "publicAccessBlock": "BucketPublicAccessBlock",
    "replication": "ReplicationConfiguration",
    "requestPayment": "BucketRequestPayment",
    "tagging": "BucketTagging",
    "versioning": "BucketVersioning",
    "website": "BucketWebsite",
}
_ACTIONS_ON_A_USER = ("GetUser", "ListAccessKeys", "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey")


def enforce() -> None:
    """Have moto in this process check every request from now on, the way described above."""
    # moto looks both classes up in their module at each request.
    access_control.S3IAMRequest = _S3Request  # type: ignore[misc]
    access_control.IAMRequest = _ServiceRequest  # type: ignore[misc]
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0.0


class _Caller:
    """The IAM user a request's access key belongs to."""

    def __init__(self, account_id: str, access_key_id: str) -> None:
        backend = iam_backends[account_id][PARTITION]
        key: AccessKey = backend.access_keys[access_key_id]
        self.account_id = account_id
        self.user: User = backend.users[str(key.user_name)]
        self.active = key.status == "Active"

    @property
    def arn(self) -> str:
        return str(self.user.arn)

    def documents(self) -> list[str]:
        """The JSON policy documents that bind the user."""
        inline = [str(document) for document in self.user.policies.values()]
        return inline + [_default_document(policy) for policy in self.user.managed_policies.values()]


def _default_document(policy: Policy) -> str:
    return str(next(version.document for version in policy.versions if version.is_default))


class _S3Request(access_control.S3IAMRequest):
    """A request to S3."""

    def check_signature(self) -> None:
        if not _caller(self).active:
            self._raise_invalid_access_key("InvalidId")
        super().check_signature()

    def check_action_permitted(self, resource: str) -> None:
        caller = _caller(self)
        bucket_name, _, key = resource.removeprefix(f"arn:{PARTITION}:s3:::").partition("/")
        bucket = _bucket(bucket_name)
        if bucket is None and bucket_name != "*":
            return  # moto goes on to say that there is no such bucket, which AWS says to everybody
        query = {name: values[0] for name, values in parse_qs(urlsplit(self._path).query, True).items()}
        request = Request(
            action=f"s3:{_s3_action(self._method, bool(key), query, self._action)}",
            resource=f"arn:{PARTITION}:s3:::{bucket_name}/{unquote(key)}" if key else resource,
            principal_arn=caller.arn,
            principal_account=caller.account_id,
            context=_s3_context(query, listing=not key),
        )
        expected_owner = self._headers.get("x-amz-expected-bucket-owner")
        if bucket is not None and expected_owner and expected_owner != bucket.account_id:
            raise _S3DeniedError(bucket_name, "Access Denied")
        _require(request, caller, bucket)


class _ServiceRequest(access_control.IAMRequest):
    """A request to IAM, STS or KMS."""

    def check_signature(self) -> None:
        if not _caller(self).active:
            self._raise_invalid_access_key("InvalidId")
        super().check_signature()

    def check_action_permitted(self, resource: str) -> None:
        if self._action == "sts:GetCallerIdentity":
            return
        caller = _caller(self)
        if self._service == "iam":
            resource = _iam_resource(caller, self._action.partition(":")[2], self._data)
        request = Request(self._action, resource, caller.arn, caller.account_id)
        if evaluate(caller.documents(), request) is not Decision.ALLOWED:
            raise AccessDeniedError(user_arn=caller.arn, action=f"{self._action} on resource: {resource}")


class _S3DeniedError(BucketAccessDeniedError):
    """Refused, in S3's words."""

    def __init__(self, bucket: str, message: str) -> None:
        super().__init__(bucket)
        self.message = message


def _caller(request: access_control.IAMRequestBase) -> _Caller:
    # moto has made sure that the key exists when it built the request.
    return _Caller(request.account_id, request._access_key._access_key_id)


def _bucket(name: str) -> FakeBucket | None:
    owner = s3_backends.bucket_accounts.get(name)
    return s3_backends[owner[1]][owner[0]].buckets.get(name) if owner else None


def _require(request: Request, caller: _Caller, bucket: FakeBucket | None) -> None:
    """Allow by either policy within one account, by both across accounts; refuse by any."""
    by_identity = evaluate(caller.documents(), request)
    by_bucket = Decision.NOT_ALLOWED
    if bucket is not None and bucket.policy is not None:
        by_bucket = evaluate([bucket.policy.decode()], request)
    foreign = bucket is not None and bucket.account_id != caller.account_id
    allowed = [by_identity is Decision.ALLOWED, by_bucket is Decision.ALLOWED]
    if by_identity is Decision.DENIED:
        reason = "with an explicit deny in an identity-based policy"
    elif by_bucket is Decision.DENIED:
        reason = "with an explicit deny in a resource-based policy"
    elif all(allowed) if foreign else any(allowed):
        return
    else:
        reason = f"because no identity-based policy allows the {request.action} action"
    told = (
        f'User: {caller.arn} is not authorized to perform: {request.action} on resource: "{request.resource}"'
    )
    raise _S3DeniedError(bucket.name if bucket else "*", "Access Denied" if foreign else f"{told} {reason}")


def _s3_action(method: str, on_key: bool, query: Mapping[str, str], by_moto: str) -> str:
    """The name of an S3 action, without `s3:`; moto's own answer where it tells actions apart well enough."""
    if on_key:
        if method == "DELETE" and "tagging" in query:
            return "DeleteObjectTagging"
        return by_moto.partition(":")[2]
    if method == "GET" and "uploads" in query:
        return "ListBucketMultipartUploads"
    if method == "GET" and "versions" in query:
        return "ListBucketVersions"
    for name, setting in _BUCKET_SETTINGS.items():
        if name in query:
            verb = {"GET": "Get", "PUT": "Put"}.get(
                method, "Delete" if name in ("policy", "website") else "Put"
            )
            return verb + setting
    if method == "HEAD":
        return "ListBucket"
    return by_moto.partition(":")[2]


def _s3_context(query: Mapping[str, str], listing: bool) -> dict[str, str]:
    if not listing:
        return {}
    known = {"prefix": "s3:prefix", "delimiter": "s3:delimiter", "max-keys": "s3:max-keys"}
    return {key: query[name] for name, key in known.items() if name in query}


def _iam_resource(caller: _Caller, action: str, data: Mapping[str, Any]) -> str:
    """The ARN an IAM action is about: a user, all users, or nothing in particular."""

    def asked(name: str) -> str | None:
        value = data.get(name)
        return value[0] if isinstance(value, list) else value

    users = f"arn:{PARTITION}:iam::{caller.account_id}:user/"
    if action == "ListUsers":
        return users
    if action == "GetAccessKeyLastUsed":
        key = iam_backends[caller.account_id][PARTITION].access_keys.get(str(asked("AccessKeyId")))
        return users + str(key.user_name) if key else "*"
    if action in _ACTIONS_ON_A_USER:
        return users + (asked("UserName") or str(caller.user.name))
    return "*"
