"""The way to the API, tried against a server that misbehaves by a script."""

import asyncio
import socket
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from dwtui.client import errors
from dwtui.client.generated.api import Api
from dwtui.client.generated.input_types import CreateStorageBackendInput, UpdateStorageBackendInput
from tests.support.scripted_http import (
    Step,
    answer,
    broken_events,
    cut_off,
    event,
    events,
    failing,
    hang_up,
    scripted_http,
    waiting_for,
)

TOKEN = "dwt_0123456789abcdef0123456789abcdef01234567"
TOKENS = {"data": {"viewer": {"token": {"id": "TK_00000001"}, "tokens": []}}}
REVOKED = {"id": "TK_00000001", "name": "x", "ending": "4567", "createdAt": "2026-11-23T10:00:00Z"}
NO_WAIT = (0.0, 0.0, 0.0)


def api(url: str, **options: Any) -> Api:
    return Api(url, TOKEN, patience=NO_WAIT, **options)


async def test_a_query_carries_token_and_variables_and_gives_a_model() -> None:
    page = {"edges": [], "pageInfo": {"hasNextPage": False, "hasPreviousPage": False}, "totalCount": 0}
    page["pageInfo"] |= {"startCursor": None, "endCursor": None}
    async with scripted_http(answer({"data": {"allStudies": page}})) as server, api(server.url) as client:
        studies = await client.studies("OR_00000001", search="größe")
    request = server.requests[0]
    assert request.line == "POST /graphql HTTP/1.1"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["content-type"] == "application/json"
    # What was not said is not sent, so that the contract's defaults count.
    assert request.json["variables"] == {"organization": "OR_00000001", "search": "größe"}
    assert request.json["operationName"] == "Studies"
    assert studies.total_count == 0


async def test_a_unix_socket_serves_as_well(tmp_path: Path) -> None:
    path = tmp_path / "api.sock"
    async with scripted_http(answer(TOKENS), socket=path) as server, api(server.url) as client:
        assert (await client.tokens()).token.id == "TK_00000001"


async def test_an_update_tells_null_from_left_out() -> None:
    refused = failing("CONFLICT", "Somebody changed it.")
    async with scripted_http(answer(refused), answer(refused)) as server, api(server.url) as client:
        for change in (
            UpdateStorageBackendInput(name="a"),
            UpdateStorageBackendInput(access_key=None, secret_key=None),
        ):
            with pytest.raises(errors.Conflict):
                await client.update_storage_backend("SB_00000001", change)
    sent = [request.json["variables"]["input"] for request in server.requests]
    assert sent == [{"name": "a"}, {"accessKey": None, "secretKey": None}]


@pytest.mark.parametrize(
    "trouble", [hang_up(), cut_off(TOKENS), answer("starting", 503), answer("bad gateway", 502)]
)
async def test_a_query_is_tried_again(trouble: Step) -> None:
    async with scripted_http(trouble, trouble, answer(TOKENS)) as server, api(server.url) as client:
        await client.tokens()
    assert len(server.requests) == 3


@pytest.mark.parametrize("trouble", [hang_up(), cut_off(TOKENS)])
async def test_a_mutation_is_never_repeated(trouble: Step) -> None:
    async with scripted_http(trouble, answer(TOKENS)) as server, api(server.url) as client:
        with pytest.raises(errors.ConnectionLost, match="not known whether the change was made") as caught:
            await client.revoke_token("TK_00000001")
    assert caught.value.sent
    assert len(server.requests) == 1


async def test_a_mutation_is_not_repeated_when_the_server_is_busy() -> None:
    async with scripted_http(answer("busy", 503), answer(TOKENS)) as server, api(server.url) as client:
        with pytest.raises(errors.ServerFailed, match="503"):
            await client.revoke_token("TK_00000001")
    assert len(server.requests) == 1


async def test_patience_ends() -> None:
    async with scripted_http(*[hang_up()] * 9) as server, api(server.url) as client:
        with pytest.raises(errors.ConnectionLost, match="broke before the answer") as caught:
            await client.tokens()
    assert len(server.requests) == 1 + len(NO_WAIT)
    assert "change" not in caught.value.message


async def test_silence_ends_a_query_once() -> None:
    forever = asyncio.Event()
    async with (
        scripted_http(waiting_for(forever.wait()), answer(TOKENS)) as server,
        api(server.url) as client,
    ):
        with pytest.raises(errors.ConnectionLost, match="too long"):
            await client.tokens(seconds=0.05)
        forever.set()
    assert len(server.requests) == 1


async def test_nobody_there(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        async with api(url) as client:
            with pytest.raises(errors.ConnectionLost, match=f"Nothing answers at {url}") as caught:
                await client.revoke_token("TK_00000001")
    assert not caught.value.sent
    async with api(f"unix://{tmp_path}/api.sock") as client:
        with pytest.raises(errors.ConnectionLost, match=r"No API runs at unix://.*/api\.sock"):
            await client.tokens()


async def test_an_unknown_host() -> None:
    async with api("http://dwtui.invalid:1") as client:
        with pytest.raises(errors.ConnectionLost, match=r"(can not be found|Nothing answers)"):
            await client.tokens()


async def test_tls_where_there_is_none() -> None:
    async def speak_plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speak_plainly, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, api(f"https://127.0.0.1:{port}") as client:
        with pytest.raises(errors.ConnectionLost, match="http:// rather than https://"):
            await client.tokens()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("UNAUTHENTICATED", errors.Unauthenticated),
        ("FORBIDDEN", errors.Forbidden),
        ("NOT_FOUND", errors.NotFound),
        ("BAD_USER_INPUT", errors.BadInput),
        ("CONFLICT", errors.Conflict),
        ("VERIFICATION_FAILED", errors.VerificationFailed),
        ("STRANDED", errors.Stranded),
        ("LIMIT_EXCEEDED", errors.LimitExceeded),
        ("INTERNAL", errors.ServerFailed),
        ("NEW_ONE", errors.ApiError),
        (None, errors.UnexpectedAnswer),
    ],
)
async def test_each_code_has_its_error(code: str | None, kind: type[errors.ApiError]) -> None:
    reply = answer(failing(code, "Said so.", field="bucket", requestId="r-1"), 400)
    async with scripted_http(reply) as server, api(server.url) as client:
        with pytest.raises(errors.ApiError) as caught:
            await client.tokens()
    assert type(caught.value) is kind
    assert (caught.value.message, caught.value.field, caught.value.request_id) == (
        "Said so.",
        "bucket",
        "r-1",
    )


async def test_a_failed_verification_brings_its_checks() -> None:
    check = {
        "probe": "PUT", "status": "FAIL", "required": True, "title": "Write", "message": "Denied.",
        "errorCode": "AccessDenied", "requestId": None, "whoMustAct": "IAM_USER_OWNER", "remedy": "Allow it.",
        "statement": "{}", "milliseconds": 12,
    }  # fmt: skip
    reply = answer(failing("VERIFICATION_FAILED", checks=[check]))
    async with scripted_http(reply) as server, api(server.url) as client:
        with pytest.raises(errors.VerificationFailed) as caught:
            await client.tokens()
    (probe,) = caught.value.checks
    assert (probe.probe.value, probe.status.value, probe.error_code) == ("PUT", "FAIL", "AccessDenied")


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (answer("<html>", 200), errors.UnexpectedAnswer, "no dwtui API"),
        (answer("Not Found", 404), errors.UnexpectedAnswer, "no dwtui API"),
        (answer([], 200), errors.UnexpectedAnswer, "no dwtui API"),
        (answer({"data": None}), errors.UnexpectedAnswer, "without data"),
        (answer({"data": {"viewer": {}}}), errors.UnexpectedAnswer, "its version is another"),
        (answer("", 302, location="https://elsewhere"), errors.UnexpectedAnswer, "https://elsewhere"),
        (answer("no", 401), errors.Unauthenticated, "dwtui login"),
        (answer("no", 413), errors.LimitExceeded, "larger"),
        (answer("no", 429), errors.LimitExceeded, "too many"),
        (answer("oops", 500), errors.ServerFailed, "HTTP 500"),
    ],
)
async def test_what_is_no_answer_of_the_api_is_explained(reply: Step, kind: type, words: str) -> None:
    async with scripted_http(reply) as server, api(server.url) as client:
        with pytest.raises(kind, match=words):
            await client.tokens()


async def test_what_nobody_can_encode_is_refused() -> None:
    async with api("http://127.0.0.1:1") as client:
        with pytest.raises(errors.BadInput, match="Unicode"):
            await client.studies("OR_00000001", search="\udcff")


async def test_a_query_can_be_cancelled() -> None:
    forever = asyncio.Event()
    async with (
        scripted_http(waiting_for(forever.wait()), answer(TOKENS)) as server,
        api(server.url) as client,
    ):
        asking = asyncio.create_task(client.tokens())
        while not server.requests:
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        forever.set()
        await client.tokens()


async def test_where_starting_is_up_to_us_it_is_started(tmp_path: Path) -> None:
    path = tmp_path / "api.sock"
    server = scripted_http(
        answer({"data": {"revokeToken": REVOKED | {"expiresAt": None, "lastUsedAt": None}}}), socket=path
    )

    async def start() -> None:
        await server.__aenter__()

    async with api(f"unix://{path}", revive=start) as client:
        assert (await client.revoke_token("TK_00000001")).name == "x"
    await server.__aexit__(None, None, None)


def step(**parts: Any) -> dict[str, Any]:
    return {
        "data": {
            "verifyStorageBackend": {
                "planned": None,
                "probe": None,
                "waitingSeconds": None,
                "verification": None,
            }
            | parts
        }
    }


async def test_a_subscription_yields_its_events_and_ends() -> None:
    stream = (
        event(step(waitingSeconds=3)) + b":\r\n\r\n" + event(step(waitingSeconds=2)) + event(None, "complete")
    )
    thirds = [stream[:7], stream[7:80], stream[80:]]
    async with scripted_http(events(*thirds)) as server, api(server.url) as client:
        seen = [it.waiting_seconds async for it in client.watch_verification("SB_00000001")]
    assert seen == [3, 2]
    assert server.requests[0].headers["accept"] == "text/event-stream"


@pytest.mark.parametrize("end", [events, broken_events])
async def test_a_stream_that_ends_too_early_is_lost(end: Any) -> None:
    async with scripted_http(end(event(step(waitingSeconds=3)))) as server, api(server.url) as client:
        steps = client.watch_verification("SB_00000001")
        assert (await anext(steps)).waiting_seconds == 3
        with pytest.raises(errors.ConnectionLost, match=r"mid-stream|broke"):
            await anext(steps)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        answer(failing("FORBIDDEN"), 400, content_type="application/json"),
        events(event(failing("FORBIDDEN")), event(None, "complete")),
    ],
)
async def test_a_refused_subscription_tells_why(reply: Step) -> None:
    async with scripted_http(reply) as server, api(server.url) as client:
        with pytest.raises(errors.Forbidden):
            await anext(client.watch_verification("SB_00000001"))


async def test_closing_a_subscription_hangs_up() -> None:
    gone = asyncio.Event()

    async def send(writer: asyncio.StreamWriter) -> None:
        await broken_events(event(step(waitingSeconds=3)))(writer)
        try:
            while True:
                writer.write(b"5\r\n:\r\n\r\n\r\n")
                await writer.drain()
                await asyncio.sleep(0)
        except ConnectionError:
            gone.set()
            raise

    async with scripted_http(send) as server, api(server.url) as client:
        async with aclosing(client.watch_verification("SB_00000001")) as steps:
            async for _ in steps:
                break
        async with asyncio.timeout(5):
            await gone.wait()


def test_no_secret_is_in_a_repr() -> None:
    client = Api("http://127.0.0.1:1", TOKEN)
    keys = CreateStorageBackendInput(
        name="n", bucket="b", organization="o", access_key="AKIAXXXX", secret_key="s3cr3t"
    )
    shown = repr(client) + repr(vars(client)) + repr(keys) + str(keys)
    assert TOKEN not in shown
    assert "s3cr3t" not in shown
    assert "AKIAXXXX" not in shown


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ümlaut"])
def test_a_token_that_can_be_none_is_refused(token: str) -> None:
    with pytest.raises(errors.Unauthenticated, match="characters"):
        Api("http://127.0.0.1:1", token)
