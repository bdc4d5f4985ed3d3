"""What kind of failure an exception is."""

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    IncompleteReadError,
    NoCredentialsError,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.parsers import ResponseParserError
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.faults import Denier, Kind, fault_of
from dwtui.server.s3.wire import AnswerTooLongError, ForbiddenAddressError, WireCutError

URL = "https://s3.example.org"


def answered(code: str, status: int = 400, message: str = "") -> ClientError:
    response = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status, "RequestId": "R", "HTTPHeaders": {}},
    }
    return ClientError(response, "PutObject")


@pytest.mark.parametrize(
    ("code", "status", "message", "kind"),
    [
        ("AccessDenied", 403, "Access Denied", Kind.DENIED),
        ("403", 403, "Forbidden", Kind.DENIED),
        ("AllAccessDisabled", 403, "", Kind.DENIED),
        ("AccessDenied", 403, "not authorized to perform: kms:GenerateDataKey on", Kind.KMS_DENIED),
        ("AccessDenied", 403, "The ciphertext refers to a key; kms:Decrypt", Kind.KMS_DENIED),
        ("KMS.DisabledException", 400, "", Kind.KMS_UNUSABLE),
        ("KMS.KMSInvalidStateException", 400, "", Kind.KMS_UNUSABLE),
        ("KMS.NotFoundException", 400, "", Kind.KMS_UNUSABLE),
        ("KMS.SomethingNewException", 400, "", Kind.KMS_UNUSABLE),
        ("InvalidClientTokenId", 403, "", Kind.KEYS_UNKNOWN),
        ("InvalidAccessKeyId", 403, "", Kind.KEYS_UNKNOWN),
        (
            "SignatureDoesNotMatch",
            403,
            "The request signature we calculated does not match",
            Kind.WRONG_SECRET,
        ),
        ("SignatureDoesNotMatch", 403, "Signature expired: 2026 is now earlier than 2027", Kind.CLOCK),
        ("SignatureDoesNotMatch", 403, "Signature not yet current", Kind.CLOCK),
        ("RequestTimeTooSkewed", 403, "", Kind.CLOCK),
        ("NoSuchBucket", 404, "", Kind.NO_BUCKET),
        ("PermanentRedirect", 301, "", Kind.WRONG_REGION),
        ("AuthorizationHeaderMalformed", 400, "", Kind.WRONG_REGION),
        ("InvalidObjectState", 403, "", Kind.ARCHIVED),
        ("NoSuchKey", 404, "", Kind.MISSING),
        ("MethodNotAllowed", 405, "", Kind.UNSUPPORTED),
        ("405", 405, "", Kind.UNSUPPORTED),
        ("NotImplemented", 501, "", Kind.UNSUPPORTED),
        ("SlowDown", 503, "", Kind.BUSY),
        ("SlowDown", 200, "", Kind.BUSY),
        ("InternalError", 200, "", Kind.BUSY),
        ("503", 503, "", Kind.BUSY),
        ("Whatever", 502, "", Kind.BUSY),
        ("TooManyRequests", 429, "", Kind.BUSY),
        ("RequestTimeout", 400, "", Kind.BUSY),
        ("InvalidRequest", 400, "", Kind.OTHER),
        ("", 418, "", Kind.OTHER),
    ],
)
def test_kinds_of_answers(code: str, status: int, message: str, kind: Kind) -> None:
    assert fault_of(answered(code, status, message)).kind is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NoCredentialsError(), Kind.NO_KEYS),
        (EndpointConnectionError(endpoint_url=URL, error="refused"), Kind.UNREACHABLE),
        (ProxyConnectionError(proxy_url=URL, error="refused"), Kind.UNREACHABLE),
        (SSLError(endpoint_url=URL, error="self-signed"), Kind.UNTRUSTED),
        (ConnectTimeoutError(endpoint_url=URL), Kind.BUSY),
        (ReadTimeoutError(endpoint_url=URL), Kind.BUSY),
        (ConnectionClosedError(endpoint_url=URL), Kind.GARBLED),
        (IncompleteReadError(actual_bytes=1, expected_bytes=2), Kind.GARBLED),
        (ResponseParserError("no XML"), Kind.GARBLED),
        (AnswerTooLongError(), Kind.GARBLED),
        (WireCutError(), Kind.BUSY),
        (ForbiddenAddressError(error="private"), Kind.FORBIDDEN_ADDRESS),
    ],
)
def test_kinds_of_silence(error: Exception, kind: Kind) -> None:
    assert fault_of(error).kind is kind


@pytest.mark.parametrize("denier", Denier)
@pytest.mark.parametrize("explicit", [False, True])
def test_denials_name_their_policy(denier: Denier, explicit: bool) -> None:
    why = f"with an explicit deny in a {denier}" if explicit else f"because no {denier} allows the action"
    text = f'User: u is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k" {why}'
    fault = fault_of(answered("AccessDenied", 403, text))
    assert (fault.denier, fault.explicit) == (denier, explicit)
    assert (fault.action, fault.resource) == ("s3:PutObject", "arn:aws:s3:::b/k")


@given(st.text(), st.integers(100, 599), st.text())
def test_any_answer_has_a_kind(code: str, status: int, message: str) -> None:
    fault = fault_of(answered(code, status, message))
    assert isinstance(fault.kind, Kind)
    if status >= 500 and status != 501 and fault.kind is Kind.DENIED:
        assert code in ("AccessDenied", "AccessDeniedException", "Forbidden", "UnauthorizedAccess", "403")


def test_an_answer_without_details() -> None:
    assert fault_of(ClientError({}, "PutObject")).kind is Kind.OTHER
