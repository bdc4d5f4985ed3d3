"""The log: one line of JSON an event; secrets are masked whichever way they came there."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.logs import configure_logging, request_id
from dwtui.server.redaction import redact, scrub

TOKEN = "dwt_abcdefghijklmnopqrstuvwxyz0123456789-_Az"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging("debug", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_request_and_its_fields(stream: io.StringIO) -> None:
    token = request_id.set("RQ_00000001")
    logging.getLogger("dwtui.any").warning(
        "two\nlines of %s", "text", extra={"fields": {"bucket": "b", "n": 3}}
    )
    request_id.reset(token)
    logging.getLogger("dwtui.any").info("outside")
    inside, outside = lines(stream)
    assert inside.pop("at").endswith("+00:00")
    assert inside == {
        "level": "warning",
        "logger": "dwtui.any",
        "message": "two\nlines of text",
        "request": "RQ_00000001",
        "bucket": "b",
        "n": 3,
    }
    assert "request" not in outside


def test_exceptions_are_in_the_line_and_masked(stream: io.StringIO) -> None:
    try:
        raise RuntimeError(f"login failed: secretKey='{SECRET}'")
    except RuntimeError:
        logging.getLogger("dwtui.any").exception(
            "it broke with %s", TOKEN, extra={"fields": {"url": f"/?{TOKEN}"}}
        )
    (line,) = lines(stream)
    assert "Traceback" in line["exception"]
    assert "wJalr" not in stream.getvalue()
    assert "abcdefgh" not in stream.getvalue()


@pytest.mark.parametrize(
    "name", ["botocore.auth", "botocore.endpoint", "boto3", "urllib3.connectionpool", "sqlalchemy.engine"]
)
def test_libraries_that_log_credentials_are_kept_quiet(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).debug("Signature: %s", "abc")
    logging.getLogger(name).info("parameters: %s", "abc")
    logging.getLogger(name).warning("worth knowing")
    assert [line["message"] for line in lines(stream)] == ["worth knowing"]


def test_uvicorns_own_access_lines_are_dropped(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info("GET /graphql?token=abc")
    assert lines(stream) == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"Authorization: Bearer {TOKEN}", TOKEN[4:]),
        (f"tokens {TOKEN} and {TOKEN}.", TOKEN[4:]),
        ("('authorization', 'Bearer abcdefghijkl')", "abcdefghijkl"),
        ("(b'authorization', b'Basic YWJjOmRlZg==')", "YWJjOmRlZg"),
        (
            "Authorization=AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/2026, Signature=0123abcd",
            "0123abcd",
        ),
        ("key AKIAIOSFODNN7EXAMPLE failed", "IOSFODNN7EXAMPLE"),
        ("ASIAIOSFODNN7EXAMPLE", "IOSFODNN7EXAMPLE"),
        (f'{{"accessKey": "AKIAIOSFODNN7EXAMPLE", "secretKey": "{SECRET}"}}', SECRET),
        (f"{{'secret_key': '{SECRET}'}}", SECRET),
        (f"aws_secret_access_key = {SECRET}", SECRET),
        (f"AWS_SECRET_ACCESS_KEY={SECRET}\n", SECRET),
        (f"the secret access key of this user, {SECRET}, is wrong", SECRET),
        ("secretKey: short", "short"),
        ("secretKey=b'bytes'", "bytes"),
        ("password='hunter2'", "hunter2"),
        ("postgresql://dwtui:hunter2@db/dwtui", "hunter2"),
        ("X-Amz-Signature=0a1b2c3d&X-Amz-Security-Token=IQoJb3&x=1", "0a1b2c3d"),
        ("X-Amz-Signature=0a1b2c3d&X-Amz-Security-Token=IQoJb3&x=1", "IQoJb3"),
        ("[SQL: UPDATE a SET b=?]\n[parameters: ('sealed bytes', 'SB_1')]\n(Background on", "sealed bytes"),
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str, hidden: str) -> None:
    assert hidden not in redact(text)
    assert "[hidden]" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "the token is unknown or has expired",
        "storage SB_0A1B2C3D of organization OR_0A1B2C3D was verified",
        "s3://kf-study-us-east-1-prd-sd-0a1b2c3d/source/uploads/",
        "http://127.0.0.1:8000/graphql",
        "arn:aws:iam::123456789012:user/dwtui-bucket",
        "secretKey: null",
        '"secretKey": None',
        "commit 0123456789abcdef0123456789abcdef01234567",
    ],
)
def test_what_is_worth_reading_stays(text: str) -> None:
    assert redact(text) == text


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)


secrets = st.text(min_size=6, max_size=30)


@given(value=secrets, before=st.text(max_size=10), after=st.text(max_size=10))
def test_known_values_are_scrubbed_in_every_usual_spelling(value: str, before: str, after: str) -> None:
    for spelling in (value, repr(value), repr({"a": [value]})):
        assert value not in scrub(f"{before}|{spelling}|{after}", {value: "$s"}).replace("[$s]", "")
    assert scrub(before, {}) == redact(before)


def test_of_values_within_values_the_longest_goes_first() -> None:
    assert scrub("tell open sesame", {"sesame": "$b", "open sesame": "$a"}) == "tell [$a]"
