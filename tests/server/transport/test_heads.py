"""Heads of requests: what is too long, or has no end, is refused before it fills the memory."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from dwtui.server.http_protocol import HEAD_BYTES
from tests.server.transport.conftest import Api

PIECE = 4096
REFUSED = b"HTTP/1.1 400 "


def endless(beginning: bytes, piece: bytes) -> Iterator[bytes]:
    yield beginning
    for _ in range(20 * HEAD_BYTES // len(piece)):
        yield piece


def answer_to(api: Api, pieces: Iterator[bytes]) -> bytes:
    """What comes back, to the end of the connection; nothing where that is reset, as while more is being sent."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(api.path)
        answer = b""
        with suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                connection.sendall(piece)
        # The answer may have been given before all was sent, and the connection closed behind it.
        with suppress(ConnectionResetError):
            while more := connection.recv(PIECE):
                answer += more
        return answer


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"GET /", b"x" * PIECE),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"x" * PIECE),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", b"X: " + b"x" * PIECE + b"\r\n"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", b"a: b\r\n" * 700),
    ],
    ids=["url", "one header", "many headers", "many short headers"],
)
def test_a_head_without_an_end_is_refused(strict_api: Api, beginning: bytes, piece: bytes) -> None:
    answer = answer_to(strict_api, endless(beginning, piece))
    assert not answer or answer.startswith(REFUSED)


def test_whoever_stops_is_told(strict_api: Api) -> None:
    assert answer_to(strict_api, iter([b"GET /" + b"x" * 2 * HEAD_BYTES])).startswith(REFUSED)


def test_a_long_head_and_a_longer_body_are_taken(strict_api: Api) -> None:
    body = b"x" * (4 * HEAD_BYTES)
    head = b"POST /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: " + b"x" * (HEAD_BYTES // 2)
    said = head + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert answer_to(strict_api, iter([said, body])).startswith(b"HTTP/1.1 404 ")
