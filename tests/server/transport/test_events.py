"""Server-sent events: the protocol, masking, limits, and streams that end when nobody listens any more."""

import json
import socket
import threading
from typing import Any

import httpx
import pytest

from tests.server.transport.conftest import Api, parse_events
from tests.support.waiting import until

NEXT = "next"


def test_a_subscription_is_a_stream_of_results_and_a_last_word(api: Api) -> None:
    events = api.events("subscription($n: Int!) { count(to: $n) }", {"n": 3})
    assert events == [
        (NEXT, {"data": {"count": 0}}),
        (NEXT, {"data": {"count": 1}}),
        (NEXT, {"data": {"count": 2}}),
        ("complete", None),
    ]


def test_an_empty_stream_completes(api: Api) -> None:
    assert api.events("subscription { count(to: 0) }") == [("complete", None)]


def test_the_bytes_are_what_the_protocol_says(api: Api) -> None:
    with (
        api.client(Accept="text/event-stream") as client,
        client.stream("POST", "/graphql", json={"query": "subscription { count(to: 1) }"}) as response,
    ):
        text = response.read()
    assert text == b':\n\nevent: next\ndata: {"data":{"count":0}}\n\nevent: complete\ndata:\n\n'
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-accel-buffering"] == "no"
    assert response.headers["x-request-id"].startswith("RQ_")


@pytest.mark.parametrize(
    "accept",
    ["text/event-stream", "application/json, text/event-stream", "*/*", "text/event-stream;q=0.1, */*;q=0.2"],
)
def test_whoever_accepts_events_gets_subscriptions(api: Api, accept: str) -> None:
    assert api.events("subscription { count(to: 0) }", Accept=accept) == [("complete", None)]


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_a_subscription_needs_events(api: Api, accept: str) -> None:
    answer = api.ask("subscription { count(to: 1) }", Accept=accept)
    assert "text/event-stream" in answer.json()["errors"][0]["message"]
    assert answer.status_code == (200 if accept == "application/json" else 406)


def test_queries_and_mutations_can_be_had_as_events_too(api: Api) -> None:
    assert api.events("{ ping }") == [(NEXT, {"data": {"ping": "pong"}}), ("complete", None)]
    assert api.events('mutation { keep(input: {name: "n"}) }')[0] == (NEXT, {"data": {"keep": "n"}})


@pytest.mark.parametrize("query", ["subscription { nothing }", "subscription { count(to: ", "{ pin }"])
def test_a_bad_document_is_told_as_an_event(api: Api, query: str) -> None:
    (name, result), last = api.events(query)
    assert (name, last) == (NEXT, ("complete", None))
    assert "data" not in result
    assert result["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_without_a_valid_token_there_is_no_stream(api: Api) -> None:
    answer = api.ask("subscription { count(to: 1) }", Accept="text/event-stream", Authorization="Bearer x")
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_a_malformed_request_is_no_stream(api: Api) -> None:
    with api.client(Accept="text/event-stream", **{"Content-Type": "application/json"}) as client:
        answer = client.post("/graphql", content=b"{")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/graphql-response+json")


class TestFailures:
    """Errors within a stream are told and masked as everywhere else."""

    def test_refused_before_the_first_event(self, api: Api) -> None:
        (_, result), last = api.events("subscription { refused }")
        assert result["errors"][0]["message"] == "Never there."
        assert result["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
        assert last == ("complete", None)

    def test_refused_later(self, api: Api) -> None:
        events = api.events('subscription { failing(after: 2, how: "refused") }')
        assert [result["data"] for _, result in events[:2]] == [{"failing": 0}, {"failing": 1}]
        assert events[2][1]["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
        assert events[3:] == [("complete", None)]

    def test_a_fault_is_masked_and_logged(self, api: Api) -> None:
        query = "subscription($how: String!) { failing(after: 1, how: $how) }"
        events = api.events(query, {"how": "open sesame, please"})
        error = events[1][1]["errors"][0]
        assert error["extensions"]["code"] == "INTERNAL"
        assert "lost" not in json.dumps(events)
        lines = api.lines(error["extensions"]["requestId"])
        logged = json.dumps(lines)
        assert "lost [$how]" in logged
        assert "sesame" not in logged
        assert lines[-1]["codes"] == ["INTERNAL"]

    def test_a_null_where_none_may_be_is_masked_and_the_stream_goes_on(self, api: Api) -> None:
        events = api.events("subscription { strict(after: 1) }")
        assert events[0] == (NEXT, {"data": {"strict": 0}})
        assert events[1][1]["data"] is None
        assert events[1][1]["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert events[2:] == [("complete", None)]


class TestLife:
    """Keep-alives, time limits, and clients that leave."""

    def test_comments_keep_a_silent_stream_alive_until_its_time_is_up(self, strict_api: Api) -> None:
        with (
            strict_api.client(Accept="text/event-stream") as client,
            client.stream("POST", "/graphql", json={"query": "subscription { silent }"}) as response,
        ):
            text = response.read().decode()
        assert text.count(":\n\n") >= 3
        (_, result), last = parse_events(text)
        assert result["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
        assert "longer than 0.6 seconds" in result["errors"][0]["message"]
        assert last == ("complete", None)
        request_id = response.headers["x-request-id"]
        until(lambda: request_id in strict_api.seen.closed)
        assert request_id in strict_api.seen.cancelled

    @pytest.mark.parametrize("query", ["subscription { endless }", "subscription { silent }"])
    def test_a_client_that_leaves_ends_the_generator_and_then_the_context(self, api: Api, query: str) -> None:
        with api.client(Accept="text/event-stream") as client:
            with client.stream("POST", "/graphql", json={"query": query}) as response:
                request_id = response.headers["x-request-id"]
                until(lambda: request_id in api.seen.running)
                assert request_id not in api.seen.closed
            until(lambda: request_id in api.seen.closed, 5)
        assert request_id in api.seen.cancelled
        assert request_id not in api.seen.running
        assert api.lines(request_id)[-1]["message"] == "client gone"

    def test_a_client_that_does_not_read_counts_as_gone(self, strict_api: Api) -> None:
        body = json.dumps({"query": "subscription { flood }"}).encode()
        head = (
            "POST /graphql HTTP/1.1\r\nHost: api\r\nAccept: text/event-stream\r\n"
            "Authorization: Bearer valid\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        with socket.socket(socket.AF_UNIX) as deaf:
            deaf.connect(strict_api.path)
            deaf.sendall(head.encode() + body)
            begun = deaf.recv(2048).decode("latin-1")
            request_id = begun.lower().partition("x-request-id: ")[2].partition("\r\n")[0].upper()
            until(lambda: request_id in strict_api.seen.closed)
        assert request_id in strict_api.seen.cancelled
        assert strict_api.lines(request_id)[-1]["message"] == "client gone"

    def test_a_client_that_does_not_wait_for_its_query_cancels_it(self, api: Api) -> None:
        running = set(api.seen.running)
        with api.client() as client, pytest.raises(httpx.ReadTimeout):
            client.post("/graphql", json={"query": "{ hang }"}, timeout=0.3)
        (request_id,) = [it for it in api.seen.opened if it not in running][-1:]
        until(lambda: request_id in api.seen.closed, 5)
        assert request_id in api.seen.cancelled
        assert api.lines(request_id)[-1]["message"] == "client gone"

    @pytest.mark.parametrize(
        ("accept", "status"), [("application/graphql-response+json", 503), ("application/json", 200)]
    )
    def test_a_query_that_takes_too_long_is_stopped(self, strict_api: Api, accept: str, status: int) -> None:
        answer = strict_api.ask("{ hang }", Accept=accept)
        assert answer.status_code == status
        assert answer.json() == {
            "errors": [
                {
                    "message": "It took longer than 0.5 seconds and was stopped.",
                    "extensions": {"code": "LIMIT_EXCEEDED"},
                }
            ]
        }
        until(lambda: answer.headers["x-request-id"] in strict_api.seen.closed)
        assert answer.headers["x-request-id"] in strict_api.seen.cancelled

    def test_the_context_stays_open_for_the_whole_stream(self, api: Api) -> None:
        with (
            api.client(Accept="text/event-stream") as client,
            client.stream("POST", "/graphql", json={"query": "subscription { endless }"}) as response,
        ):
            request_id = response.headers["x-request-id"]
            lines = response.iter_lines()
            seen: list[Any] = [line for line, _ in zip(lines, range(60), strict=False)]
            assert request_id in api.seen.opened
            assert request_id not in api.seen.closed
        assert sum(line.startswith("data: ") for line in seen) > 10

    def test_streams_and_queries_go_side_by_side(self, api: Api) -> None:
        stop = threading.Event()
        counted: list[int] = []

        def watch() -> None:
            with (
                api.client(Accept="text/event-stream") as client,
                client.stream("POST", "/graphql", json={"query": "subscription { endless }"}) as response,
            ):
                for line in response.iter_lines():
                    counted.append(line.startswith("data: "))
                    if stop.is_set():
                        return

        watchers = [threading.Thread(target=watch) for _ in range(5)]
        for watcher in watchers:
            watcher.start()
        assert all(api.ask("{ ping }").json() == {"data": {"ping": "pong"}} for _ in range(20))
        until(lambda: sum(counted) > 50)
        stop.set()
        for watcher in watchers:
            watcher.join()
