"""GraphQL over HTTP: methods, media types, statuses, bodies."""

import json
from typing import Any

import pytest

from tests.server.transport.conftest import RESPONSE, Api

JSON = "application/json"


def send(api: Api, content: bytes | str, **headers: str) -> Any:
    sent = {"Content-Type": JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with api.client(**sent) as client:
        return client.post("/graphql", content=content)


def test_a_query_is_answered(api: Api) -> None:
    answer = api.ask("{ ping }")
    assert (answer.status_code, answer.json()) == (200, {"data": {"ping": "pong"}})
    assert answer.headers["content-type"] == f"{RESPONSE}; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (RESPONSE, RESPONSE),
        (JSON, JSON),
        ("*/*", RESPONSE),
        ("", RESPONSE),
        ("application/*", RESPONSE),
        (f"{JSON}, {RESPONSE}", RESPONSE),
        (f"{JSON}, {RESPONSE};q=0.5", JSON),
        (f"{RESPONSE};q=0.4, {JSON};q=0.9, */*;q=0.1", JSON),
        (f"{RESPONSE.upper()}; charset=utf-8", RESPONSE),
        (f"{JSON}, text/event-stream", JSON),
        (f"text/event-stream;q=0.5, {RESPONSE}", RESPONSE),
        ("text/html, application/xhtml+xml, */*;q=0.8", RESPONSE),
    ],
)
def test_the_answer_has_the_media_type_that_is_accepted(api: Api, accept: str, media_type: str) -> None:
    answer = api.ask("{ ping }", Accept=accept)
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert answer.json() == {"data": {"ping": "pong"}}


@pytest.mark.parametrize(
    "accept", ["text/html", "application/json;q=0", "image/*", "application/json;q=none"]
)
def test_what_is_not_acceptable_is_refused(api: Api, accept: str) -> None:
    answer = api.ask("{ ping }", Accept=accept)
    assert answer.status_code == 406
    assert "graphql-response+json" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_post_is_served(api: Api, method: str) -> None:
    with api.client() as client:
        answer = client.request(method, "/graphql?query={ping}")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/graphql",
        "",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "application/jsonx",
    ],
)
def test_simple_requests_and_other_content_types_are_refused(api: Api, content_type: str) -> None:
    answer = send(api, '{"query": "{ ping }"}', Content_Type=content_type)
    assert answer.status_code == 415
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON; Charset=UTF-8", 'application/json; charset="utf8"'],
)
def test_json_in_utf_8_is_taken(api: Api, content_type: str) -> None:
    body = json.dumps(
        {"query": "query($t: String) { echo(text: $t) }", "variables": {"t": "Größe 😀"}}, ensure_ascii=False
    )
    answer = send(api, body.encode(), Content_Type=content_type)
    assert answer.json() == {"data": {"echo": "Größe 😀"}}


def test_compressed_bodies_are_refused(api: Api) -> None:
    assert send(api, b"\x1f\x8b", Content_Encoding="gzip").status_code == 415


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b'{"query": "{ ping }", "variables": {"s": wJalrXUtnFEMI}}', "line 1, column"),
        (b"\xff\xfe", "UTF-8"),
        (b"null", "JSON object"),
        (b'"{ ping }"', "JSON object"),
        (b"[]", "Batches"),
        (b'[{"query": "{ ping }"}]', "Batches"),
        (b"{}", "`query`"),
        (b'{"query": null}', "`query`"),
        (b'{"query": ["{ ping }"]}', "`query`"),
        (b'{"query": "  "}', "`query`"),
        (b'{"query": "{ ping }", "variables": []}', "`variables`"),
        (b'{"query": "{ ping }", "variables": "{}"}', "`variables`"),
        (b'{"query": "{ ping }", "operationName": 1}', "`operationName`"),
        (b'{"query": "{ ping }", "extensions": 1}', "`extensions`"),
        (b'{"query": "{ ping }", "variables": {"n": NaN}}', "number"),
        (b'{"query": "{ ping }", "variables": {"n": ' + b"9" * 5000 + b"}}", "number"),
        (b'{"query": "{ ping }", "variables": {"n": ' + b"[" * 100 + b"]" * 100 + b"}}", "64 levels"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
@pytest.mark.parametrize("accept", [JSON, RESPONSE])
def test_a_body_that_is_no_request_is_refused_with_400(api: Api, body: bytes, says: str, accept: str) -> None:
    answer = send(api, body, Accept=accept)
    error = answer.json()["errors"][0]
    assert answer.status_code == 400
    assert says in error["message"]
    assert "data" not in answer.json()
    assert "wJalr" not in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("{ ping", 400),
        ("{ nothing }", 400),
        ("query A { ping } query B { ping }", 400),
        ("fragment F on Query { ping }", 400),
        ("query($n: Int!) { row { rows(first: $n) { totalCount } } }", 400),
    ],
)
def test_a_request_that_is_not_executed_has_a_status_only_in_the_new_media_type(
    api: Api, query: str, status: int
) -> None:
    new, old = api.ask(query), api.ask(query, Accept=JSON)
    assert (new.status_code, old.status_code) == (status, 200)
    assert new.json() == old.json()
    assert "data" not in new.json()
    assert new.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("accept", [JSON, RESPONSE])
def test_what_was_executed_is_200_even_when_data_is_null(api: Api, accept: str) -> None:
    answer = api.ask("{ refuse }", Accept=accept)
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    partly = api.ask("{ ping conflict }", Accept=accept)
    assert partly.status_code == 200
    assert partly.json()["data"] == {"ping": "pong", "conflict": None}


def test_the_operation_is_chosen_by_name(api: Api) -> None:
    query = "query A { a: ping } query B { b: ping }"
    with api.client() as client:
        chosen = client.post("/graphql", json={"query": query, "operationName": "B"})
        unknown = client.post("/graphql", json={"query": query, "operationName": "C"})
        empty = client.post("/graphql", json={"query": "{ ping }", "operationName": ""})
    assert chosen.json() == {"data": {"b": "pong"}}
    assert unknown.status_code == 400
    assert empty.json() == {"data": {"ping": "pong"}}


def test_who_is_not_signed_in_gets_401_with_a_challenge(api: Api) -> None:
    new = api.ask("{ ping }", Authorization="Bearer nobody")
    old = api.ask("{ ping }", Authorization="Bearer nobody", Accept=JSON)
    assert (new.status_code, old.status_code) == (401, 200)
    assert new.headers["www-authenticate"].startswith("Bearer")
    assert new.json() == old.json()
    assert new.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_who_is_not_signed_in_learns_nothing_of_the_schema(api: Api) -> None:
    answer = api.ask("{ pin }", Authorization="Bearer nobody")
    assert answer.status_code == 401
    assert "ping" not in answer.text


def test_every_answer_is_hardened_and_has_its_own_request_id(api: Api) -> None:
    answers = [api.ask("{ requestId }"), api.ask("{"), api.ask("{ ping }", Accept="text/html")]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert answers[0].json() == {"data": {"requestId": ids[0]}}
    assert len(set(ids)) == 3
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["vary"] == "Accept"
        assert "server" not in answer.headers


def test_large_pages_and_characters_survive(api: Api) -> None:
    answer = api.ask("{ rows(first: 1000) { edges { node { id name } cursor } totalCount } }")
    edges = answer.json()["data"]["rows"]["edges"]
    assert len(edges) == 1000
    assert edges[999]["node"] == {"id": "R999", "name": "Zeile 999 – ß"}


class TestBodyLimit:
    """The strict API takes 4,096 bytes."""

    def test_a_declared_length_beyond_the_limit(self, strict_api: Api) -> None:
        answer = strict_api.ask("{ ping }" + " " * 5000)
        assert answer.status_code == 413
        assert answer.json()["errors"][0] == {
            "message": "The request is larger than 4,096 bytes.",
            "extensions": {"code": "LIMIT_EXCEEDED"},
        }

    def test_just_the_limit_is_taken(self, strict_api: Api) -> None:
        body = json.dumps({"query": "{ ping }"}).encode()
        assert send(strict_api, body + b" " * (4096 - len(body))).status_code == 200
        assert send(strict_api, body + b" " * (4097 - len(body))).status_code == 413

    def test_chunks_without_a_declared_length(self, strict_api: Api) -> None:
        with strict_api.client() as client:
            answer = client.post(
                "/graphql", content=(b" " * 1000 for _ in range(10)), headers={"Content-Type": JSON}
            )
        assert answer.status_code == 413

    def test_a_sender_that_goes_on_and_on_is_cut_off(self, strict_api: Api) -> None:
        # 10 MB, more than is ever drained, and no end of the body: only a server that gives up answers
        chunk = b"%x\r\n%s\r\n" % (1_000_000, b" " * 1_000_000)
        answer = strict_api.raw(b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 10)
        assert answer.startswith(b"HTTP/1.1 413")

    def test_a_body_that_does_not_arrive_is_not_waited_for(self, strict_api: Api) -> None:
        assert strict_api.raw(b"Content-Length: 100\r\n\r\n{").startswith(b"HTTP/1.1 408")


def test_health(api: Api) -> None:
    from pathlib import Path

    with api.client() as client:
        assert client.get("/healthz").json()["status"] == "ok"
        mark = Path(api.path).with_name("well")
        mark.unlink()
        answer = client.get("/healthz")
        mark.touch()
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    assert "hunter2" not in api.log.getvalue()
