"""GraphQL multipart requests: a file is streamed to its resolver, however it is cut and whatever goes wrong."""

import hashlib
import json
import socket
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.transport.conftest import RESPONSE, Api, until

RECEIVE = "mutation ($file: Upload!) { receive(file: $file) { name type size sha256 atMost } }"
REFUSE = "mutation ($file: Upload!, $after: Int) { refuseFile(file: $file, after: $after) }"
BOUNDARY = "b0undary"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, content: bytes | str, more: str = "", headers: str = "") -> bytes:
    content = content.encode() if isinstance(content, str) else content
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n{headers}\r\n'
    return head.encode() + content + b"\r\n"


def form(
    content: bytes,
    query: str = RECEIVE,
    *,
    variables: Any = None,
    places: Any = None,
    file_name: str = '; filename="a.csv"',
    headers: str = "Content-Type: text/csv\r\n",
) -> bytes:
    operations = {"query": query, "variables": {"file": None} if variables is None else variables}
    return (
        part("operations", json.dumps(operations))
        + part("map", json.dumps({"0": ["variables.file"]} if places is None else places))
        + part("0", content, file_name, headers)
        + f"--{BOUNDARY}--\r\n".encode()
    )


def post(api: Api, body: Any, **headers: str) -> httpx.Response:
    sent = {"Content-Type": TYPE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with api.client(**sent) as client:
        return client.post("/graphql", content=body)


def received(answer: httpx.Response) -> Any:
    assert "errors" not in answer.json(), answer.text
    return answer.json()["data"]["receive"]


def error(answer: httpx.Response) -> Any:
    (only,) = answer.json()["errors"]
    return only


def test_a_file_arrives_as_it_was_sent(api: Api) -> None:
    content = bytes(range(256)) * 5_000
    body = form(content)
    assert received(post(api, body)) == {
        "name": "a.csv",
        "type": "text/csv",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "atMost": len(body),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=300) | st.text("\r\n-b0undary", max_size=200).map(str.encode),
    cuts=st.lists(st.integers(0, 900), max_size=12),
)
def test_it_does_not_matter_where_the_body_is_cut_into_chunks(
    api: Api, content: bytes, cuts: list[int]
) -> None:
    if b"\r\n--b0undary" in b"\r\n" + content + b"\r\n":
        return  # no client chooses a boundary that its file holds
    body = form(content)
    places = sorted({0, *(min(cut, len(body)) for cut in cuts), len(body)})

    def chunks() -> Iterator[bytes]:
        for start, end in pairwise(places):
            yield body[start:end]

    got = received(post(api, chunks()))
    assert got["sha256"] == hashlib.sha256(content).hexdigest()
    assert got["atMost"] is None


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('; filename="plain.csv"', "plain.csv"),
        ("; filename=\"x\"; filename*=UTF-8''%F0%9F%A7%AC%20%22%25.csv", '🧬 "%.csv'),
        ("; filename*=utf-8''a%0D%0Ab", "a\r\nb"),
        ('; filename="שלום.pdf"', "שלום.pdf"),
        ('; filename="a%22b.txt"', 'a"b.txt'),
        ('; filename="../../etc/passwd"', "../../etc/passwd"),
        ("", ""),
    ],
)
def test_the_name_of_the_file_is_told_as_it_is(api: Api, header: str, name: str) -> None:
    assert received(post(api, form(b"1", file_name=header)))["name"] == name


@pytest.mark.parametrize("kind", ["", "Content-Type: text/html\x01; x\r\n", "Content-Type: nonsense\r\n"])
def test_a_media_type_that_is_none_becomes_plain_octets(api: Api, kind: str) -> None:
    assert received(post(api, form(b"1", headers=kind)))["type"] == "application/octet-stream"


def test_a_file_within_an_input_is_found_there(api: Api) -> None:
    query = "mutation ($form: Form!) { receiveForm(form: $form) { size } }"
    body = form(b"12", query, variables={"form": {"file": None}}, places={"0": ["variables.form.file"]})
    assert post(api, body).json() == {"data": {"receiveForm": {"size": 2}}}


def test_nothing_of_it_is_read_before_it_is_known_who_sends_it(api: Api) -> None:
    body = form(b"1")
    with api.client(**{"Content-Type": TYPE}) as client:
        del client.headers["authorization"]
        answer = client.post("/graphql", content=body)
    assert (answer.status_code, error(answer)["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    answer = post(api, form(b"x" * 3_000_000), Authorization="Bearer unknown")
    assert (answer.status_code, error(answer)["extensions"]["code"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "ends too early"),
        (b"--other\r\n\r\n", "`operations` is not where it should be"),
        (part("map", "{}") + part("operations", "{}"), "`operations` is not where it should be"),
        (part("operations", "{}") + part("0", "x"), "`map` is not where it should be"),
        (part("operations", "{") + part("map", "{}"), "not valid JSON"),
        (part("operations", b"\xff") + part("map", "{}"), "not valid UTF-8"),
        (part("operations", "[]") + part("map", "{}") + part("0", ""), "one GraphQL request at a time"),
        (form(b"1", places={}), "not where it should be"),
        (form(b"1", places=[]), "not where it should be"),
        (form(b"1", places=5), "not where it should be"),
        (form(b"1", places=True), "not where it should be"),
        (form(b"1", places="0"), "not where it should be"),
        (form(b"1", places={"0": []}), "one file and one place"),
        (form(b"1", places={"0": ["variables.file", "variables.x"]}), "one file and one place"),
        (form(b"1", places={"0": ["variables.file"], "1": ["variables.x"]}), "one file and one place"),
        (form(b"1", places={"0": "variables.file"}), "one file and one place"),
        (form(b"1", places={"0": ["variables.nowhere.file"]}), "a variable that is null"),
        (form(b"1", places={"0": ["query"]}), "a variable that is null"),
        (form(b"1", variables={"file": "text"}), "a variable that is null"),
        (form(b"1", variables={}), "a variable that is null"),
    ],
)
def test_what_is_no_such_request_is_refused_with_the_reason(api: Api, body: bytes, says: str) -> None:
    answer = post(api, body + (b"" if body.endswith(b"--\r\n") or not body else f"--{BOUNDARY}--".encode()))
    assert answer.status_code == 400, answer.text
    assert says in error(answer)["message"]


@pytest.mark.parametrize("kind", ["multipart/form-data", f"multipart/form-data; boundary={'x' * 300}"])
def test_a_boundary_is_needed(api: Api, kind: str) -> None:
    assert post(api, form(b"1"), Content_Type=kind).status_code == 400


def test_the_head_of_a_part_is_bounded(api: Api) -> None:
    answer = post(api, form(b"1", file_name=f'; filename="{"x" * 9_000}"'))
    assert error(answer)["extensions"]["code"] == "LIMIT_EXCEEDED"


def test_only_the_file_may_be_large(strict_api: Api) -> None:
    assert received(post(strict_api, form(b"x" * 100_000)))["size"] == 100_000
    answer = post(strict_api, form(b"1", variables={"file": None, "more": "x" * 5_000}))
    assert (answer.status_code, error(answer)["extensions"]["code"]) == (413, "LIMIT_EXCEEDED")


def test_text_can_not_stand_for_a_file(api: Api) -> None:
    answer = api.ask(RECEIVE, {"file": "a.csv"})
    assert error(answer)["message"] == "$file must be an Upload."


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\r\n--b0undary", b"\r\n--b0undar"])
def test_a_form_that_ends_within_the_file_is_refused(api: Api, end: bytes) -> None:
    whole = form(b"x" * 1000)
    body = whole[: whole.index(b"x" * 1000) + 700] + end
    assert error(post(api, body))["message"].startswith("The upload broke off before its end")


def test_one_file_at_a_time(api: Api) -> None:
    body = (
        form(b"1").removesuffix(f"--{BOUNDARY}--\r\n".encode()) + part("1", "2") + f"--{BOUNDARY}--".encode()
    )
    assert "one file at a time" in error(post(api, body))["message"]


@pytest.mark.parametrize("after", [0, 70_000])
def test_who_is_refused_sees_why_though_the_file_is_still_being_sent(api: Api, after: int) -> None:
    body = form(b"x" * 20_000_000, REFUSE, variables={"file": None, "after": after})
    answer = post(api, body)
    assert (answer.status_code, error(answer)["message"]) == (200, "It is full.")


def test_a_resolver_that_takes_a_part_of_the_file_is_heard(api: Api) -> None:
    query = "mutation ($file: Upload!) { receive(file: $file, first: 10) { name } }"
    assert received(post(api, form(b"x" * 5_000_000, query))) == {"name": "a.csv"}


def sending(api: Api, body: bytes, *, length: int | None = None) -> socket.socket:
    """A connection on which a request has been begun."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(20)
    connection.connect(api.path)
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer valid-token\r\nAccept: {RESPONSE}\r\n"
        f"Content-Type: {TYPE}\r\nContent-Length: {length or len(body)}\r\n\r\n"
    )
    connection.sendall(head.encode() + body)
    return connection


@pytest.mark.parametrize("place", [40, 250, 5_000])
def test_a_client_that_hangs_up_cancels_the_mutation(api: Api, place: int) -> None:
    body = form(b"x" * 10_000)
    before = len(api.seen.opened)
    closed = len(api.seen.closed)
    connection = sending(api, body[:place], length=len(body))
    if place == 5_000:
        until(lambda: api.seen.running)
        (running,) = api.seen.running
    connection.close()
    if place == 5_000:
        until(lambda: running in api.seen.cancelled)
        assert "client gone" in {line["message"] for line in api.lines(running)}
        until(lambda: len(api.seen.closed) > closed)
    assert len(api.seen.opened) == before + (place == 5_000)


def test_who_sends_nothing_for_too_long_is_told_so(strict_api: Api) -> None:
    body = form(b"x" * 10_000)
    with sending(strict_api, body[:5_000], length=len(body)) as connection:
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert "Nothing has arrived for 0.3 seconds" in answer
    assert "LIMIT_EXCEEDED" in answer


def test_a_long_upload_may_take_longer_than_a_request_as_long_as_it_goes_on(strict_api: Api) -> None:
    body = form(b"x" * 100_000)

    def slowly() -> Iterator[bytes]:
        for start in range(0, len(body), 15_000):
            yield body[start : start + 15_000]
            time.sleep(0.15)  # it is the slowness itself that is tried

    began = time.monotonic()
    assert received(post(strict_api, slowly()))["size"] == 100_000
    assert time.monotonic() - began > 0.5


def test_what_is_refused_is_drained_within_bounds(strict_api: Api) -> None:
    """A client that sends without end is cut off."""
    body = form(b"x" * 100_000, REFUSE)
    with sending(strict_api, body[:50_000], length=10_000_000_000) as connection:
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            connection.sendall(b"x" * 50_000_000)
        assert b"It is full." in connection.recv(65536)
