"""What kind of failure an exception of botocore's is: told from its class, error code, status and text."""

import re
from dataclasses import dataclass
from enum import StrEnum

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    PartialCredentialsError,
    ProxyConnectionError,
    ReadTimeoutError,
    ResponseStreamingError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from dwtui.server.s3.identity import EndpointRefusedError
from dwtui.server.s3.wire import AnswerTooLongError, ForbiddenAddressError, WireCutError


class Kind(StrEnum):
    """Kinds of failure, by what there is to do about them."""

    DENIED = "DENIED"
    KMS_DENIED = "KMS_DENIED"
    KMS_UNUSABLE = "KMS_UNUSABLE"
    KEYS_UNKNOWN = "KEYS_UNKNOWN"
    WRONG_SECRET = "WRONG_SECRET"  # noqa: S105 - a kind of failure
    CLOCK = "CLOCK"
    NO_KEYS = "NO_KEYS"
    NO_BUCKET = "NO_BUCKET"
    WRONG_REGION = "WRONG_REGION"
    ARCHIVED = "ARCHIVED"
    MISSING = "MISSING"
    UNSUPPORTED = "UNSUPPORTED"
    BUSY = "BUSY"
    UNREACHABLE = "UNREACHABLE"
    UNTRUSTED = "UNTRUSTED"
    FORBIDDEN_ADDRESS = "FORBIDDEN_ADDRESS"
    GARBLED = "GARBLED"
    OTHER = "OTHER"


# Kinds that say nothing about permissions: the service or the way to it failed.
NO_ANSWER = frozenset({Kind.BUSY, Kind.UNREACHABLE, Kind.UNTRUSTED, Kind.GARBLED, Kind.CLOCK, Kind.NO_KEYS})


class Denier(StrEnum):
    """The kind of policy that a denial's text names."""

    IDENTITY_POLICY = "identity-based policy"
    PERMISSIONS_BOUNDARY = "permissions boundary"
    SESSION_POLICY = "session policy"
    RESOURCE_POLICY = "resource-based policy"
    SERVICE_CONTROL_POLICY = "service control policy"
    RESOURCE_CONTROL_POLICY = "resource control policy"
    VPC_ENDPOINT_POLICY = "VPC endpoint policy"


@dataclass(frozen=True)
class Fault:
    """A failure of a request. `text` is as the service sent it: clean it before showing it."""

    kind: Kind
    code: str | None = None
    request_id: str | None = None
    text: str = ""
    status: int | None = None
    action: str | None = None
    resource: str | None = None
    denier: Denier | None = None
    explicit: bool = False


_BY_CODE = {
    "InvalidClientTokenId": Kind.KEYS_UNKNOWN,
    "InvalidAccessKeyId": Kind.KEYS_UNKNOWN,
    "UnrecognizedClientException": Kind.KEYS_UNKNOWN,
    "SignatureDoesNotMatch": Kind.WRONG_SECRET,
    "RequestTimeTooSkewed": Kind.CLOCK,
    "RequestExpired": Kind.CLOCK,
    "NoSuchBucket": Kind.NO_BUCKET,
    "PermanentRedirect": Kind.WRONG_REGION,
    "TemporaryRedirect": Kind.WRONG_REGION,
    "AuthorizationHeaderMalformed": Kind.WRONG_REGION,
    "IllegalLocationConstraintException": Kind.WRONG_REGION,
    "InvalidObjectState": Kind.ARCHIVED,
    "NoSuchKey": Kind.MISSING,
    "NoSuchUpload": Kind.MISSING,
    "MethodNotAllowed": Kind.UNSUPPORTED,
    "NotImplemented": Kind.UNSUPPORTED,
    "UnsupportedOperation": Kind.UNSUPPORTED,
    "InvalidAction": Kind.UNSUPPORTED,
    "UnknownOperationException": Kind.UNSUPPORTED,
    "SlowDown": Kind.BUSY,
    "Throttling": Kind.BUSY,
    "ThrottlingException": Kind.BUSY,
    "RequestLimitExceeded": Kind.BUSY,
    "TooManyRequestsException": Kind.BUSY,
    "RequestTimeout": Kind.BUSY,
    "InternalError": Kind.BUSY,
    "ServiceUnavailable": Kind.BUSY,
    "OperationAborted": Kind.BUSY,
    "KMS.DisabledException": Kind.KMS_UNUSABLE,
    "KMS.KMSInvalidStateException": Kind.KMS_UNUSABLE,
    "KMS.NotFoundException": Kind.KMS_UNUSABLE,
    "KMS.KMSInvalidKeyUsageException": Kind.KMS_UNUSABLE,
}
_DENIED_CODES = frozenset({"AccessDenied", "AccessDeniedException", "Forbidden", "UnauthorizedAccess", "403"})
_BY_STATUS = {405: Kind.UNSUPPORTED, 501: Kind.UNSUPPORTED, 429: Kind.BUSY, 408: Kind.BUSY}

_ACTION = re.compile(r"not authorized to perform: ([a-z0-9]+:[A-Za-z]+)")
_RESOURCE = re.compile(r"on resource: \"?(arn:[^\s\"]+)")
_KMS_ACTION = re.compile(r"\bkms:[A-Za-z]+")
# "skew": a signature can fail because of the clock too, and AWS then says so in the text.
_CLOCK_TEXT = re.compile(
    r"Signature (?:expired|not yet current)|request time.*too (?:great|large)", re.IGNORECASE
)


def fault_of(error: Exception) -> Fault:
    """The failure that an exception tells of."""
    if isinstance(error, ClientError):
        return _answered(error)
    return Fault(_unanswered(error), code=None, text=_plain_text(error))


def _answered(error: ClientError) -> Fault:
    detail = error.response.get("Error", {})
    metadata = error.response.get("ResponseMetadata", {})
    headers = metadata.get("HTTPHeaders", {})
    code, text = str(detail.get("Code") or ""), str(detail.get("Message") or "")
    status = metadata.get("HTTPStatusCode")
    kind = _kind(code, status, text)
    action, resource = _ACTION.search(text), _RESOURCE.search(text)
    kms_action = _KMS_ACTION.search(text)
    return Fault(
        kind=kind,
        code=code or None,
        request_id=metadata.get("RequestId") or headers.get("x-amzn-requestid") or None,
        text=text,
        status=status,
        action=kms_action.group() if kms_action else action.group(1) if action else None,
        resource=resource.group(1).rstrip(".,;") if resource else None,
        denier=_denier(text),
        explicit="explicit deny" in text.lower(),
    )


def _kind(code: str, status: int | None, text: str) -> Kind:
    if code == "SignatureDoesNotMatch" and _CLOCK_TEXT.search(text):
        return Kind.CLOCK
    if code in _DENIED_CODES:
        return Kind.KMS_DENIED if _KMS_ACTION.search(text) else Kind.DENIED
    if kind := _BY_CODE.get(code):
        return kind
    if code.startswith("KMS."):
        return Kind.KMS_UNUSABLE
    if status is None:
        return Kind.OTHER
    if kind := _BY_STATUS.get(status):
        return kind
    if status >= 500:
        return Kind.BUSY
    return Kind.DENIED if status == 403 else Kind.OTHER


def _denier(text: str) -> Denier | None:
    lowered = text.lower()
    return next((denier for denier in Denier if denier.value.lower() in lowered), None)


def _unanswered(error: Exception) -> Kind:
    if isinstance(error, ForbiddenAddressError | EndpointRefusedError):
        return Kind.FORBIDDEN_ADDRESS
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return Kind.NO_KEYS
    if isinstance(error, SSLError):
        return Kind.UNTRUSTED
    if isinstance(error, EndpointConnectionError | ProxyConnectionError):
        return Kind.UNREACHABLE
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError | WireCutError):
        return Kind.BUSY
    if isinstance(
        error,
        ResponseParserError
        | AnswerTooLongError
        | IncompleteReadError
        | ConnectionClosedError
        | ResponseStreamingError,
    ):
        return Kind.GARBLED
    return Kind.BUSY if isinstance(error, HTTPClientError) else Kind.OTHER


def _plain_text(error: Exception) -> str:
    return str(error) if isinstance(error, BotoCoreError) else type(error).__name__
