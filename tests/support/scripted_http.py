"""An HTTP server that answers by a script: what a good server never does can be had from it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Step = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    """What a client sent."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class ScriptedHttp:
    """The script, a step a request, and what has been asked so far."""

    script: list[Step]
    url: str = ""
    requests: list[Request] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {
                name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.requests.append(Request(head[0], headers, body))
            await self.script.pop(0)(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, which is part of the game
        finally:
            writer.close()


@asynccontextmanager
async def scripted_http(*script: Step, socket: Path | None = None) -> AsyncIterator[ScriptedHttp]:
    """A server on a free port of this machine, or on a Unix socket. Each connection has one request."""
    it = ScriptedHttp(list(script))
    if socket is None:
        server = await asyncio.start_server(it.serve, "127.0.0.1", 0)
        it.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    else:
        server = await asyncio.start_unix_server(it.serve, socket)
        it.url = f"unix://{socket}"
    try:
        yield it
    finally:
        server.close()


def answer(body: Any, status: int = 200, **headers: str) -> Step:
    """A whole answer: JSON, or text as it is."""
    text = body if isinstance(body, str) else json.dumps(body)
    return raw(_head(status, headers, len(text.encode())) + text.encode())


def cut_off(body: Any, missing: int = 5) -> Step:
    """An answer that ends before it is complete."""
    text = json.dumps(body).encode()
    return raw(_head(200, {}, len(text)) + text[:-missing])


def hang_up() -> Step:
    """No answer at all."""
    return raw(b"")


def events(*chunks: bytes, then: Awaitable[Any] | None = None) -> Step:
    """A stream of events in these very chunks; it ends when `then` is done."""

    async def send(writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        for chunk in chunks:
            writer.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            await writer.drain()
            await asyncio.sleep(0)
        if then is not None:
            await then
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    return send


def broken_events(*chunks: bytes) -> Step:
    """A stream of events that breaks off."""

    async def send(writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        for chunk in chunks:
            writer.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        await writer.drain()

    return send


def waiting_for(signal: Awaitable[Any]) -> Step:
    """No answer until a signal comes."""

    async def send(writer: asyncio.StreamWriter) -> None:
        await signal

    return send


def raw(content: bytes) -> Step:
    """These bytes, then the end."""

    async def send(writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()

    return send


def event(data: Any, name: str = "next") -> bytes:
    """One event as the API sends it."""
    return f"event: {name}\r\ndata: {json.dumps(data) if data is not None else ''}\r\n\r\n".encode()


def failing(code: str | None, message: str = "No.", **extensions: Any) -> dict[str, Any]:
    """An answer with one error."""
    error: dict[str, Any] = {"message": message, "extensions": extensions}
    if code:
        error["extensions"]["code"] = code
    return {"data": None, "errors": [error]}


def _head(status: int, headers: dict[str, str], length: int) -> bytes:
    lines: Sequence[str] = [
        f"HTTP/1.1 {status} Whatever",
        f"content-length: {length}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
