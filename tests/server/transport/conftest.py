"""The endpoint behind a real uvicorn on a Unix socket, and clients that speak to it."""

import io
import json
import logging
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from dwtui.server.http_protocol import HttpProtocol
from dwtui.server.logs import configure_logging
from dwtui.server.transport.endpoint import GraphQLEndpoint
from dwtui.server.transport.health import health_route
from dwtui.server.transport.limits import Limits
from tests.server.transport.schema import Seen, make_open_context, make_schema
from tests.support.waiting import until

RESPONSE = "application/graphql-response+json"
HEADERS = {"Authorization": "Bearer valid-token", "Accept": RESPONSE}


@dataclass
class Api:
    path: str
    seen: Seen = field(repr=False)
    log: io.StringIO = field(repr=False)

    def client(self, **headers: str) -> httpx.Client:
        transport = httpx.HTTPTransport(uds=self.path, verify=False)
        return httpx.Client(
            transport=transport, base_url="http://api", headers={**HEADERS, **headers}, timeout=20
        )

    def ask(self, query: str, variables: Any = None, **headers: str) -> httpx.Response:
        with self.client(**{name.replace("_", "-"): value for name, value in headers.items()}) as client:
            return client.post("/graphql", json={"query": query, "variables": variables})

    def events(self, query: str, variables: Any = None, **headers: str) -> list[tuple[str, Any]]:
        """All events of a stream: their name and their data."""
        headers = {"Accept": "text/event-stream", **headers}
        with (
            self.client(**headers) as client,
            client.stream("POST", "/graphql", json={"query": query, "variables": variables}) as response,
        ):
            assert response.status_code == 200, response.read()
            assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
            return parse_events(response.read().decode())

    def raw(self, request: bytes) -> bytes:
        """The whole answer to a POST of raw bytes, up to where the server closes the connection."""
        head = b"POST /graphql HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(20)
            connection.connect(self.path)
            with suppress(BrokenPipeError):  # the server need not read to the end
                connection.sendall(head + request)
            answer = b""
            with suppress(ConnectionResetError):
                while chunk := connection.recv(65536):
                    answer += chunk
            return answer

    def lines(self, request_id: str) -> list[dict[str, Any]]:
        """The log lines of one request, once its last one is there."""

        def found() -> list[dict[str, Any]]:
            lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
            mine = [line for line in lines if line.get("request") == request_id]
            return mine if any(line["logger"] == "dwtui.server.requests" for line in mine) else []

        return until(found)


def parse_events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(
            line.split(": ", 1) if ": " in line else (line.rstrip(":"), "") for line in block.splitlines()
        )
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"]) if fields["data"] else None))
    return found


@contextmanager
def running(log: io.StringIO, **options: Any) -> Iterator[Api]:
    seen = Seen()
    endpoint = GraphQLEndpoint(make_schema(), make_open_context(seen), **options)

    async def well() -> None:
        if not (Path(directory) / "well").exists():
            raise RuntimeError("the database is away; password=hunter2hunter2")

    app = Starlette(routes=[Route("/graphql", endpoint), health_route(well)])
    with tempfile.TemporaryDirectory(prefix="dwtui-") as directory:
        (Path(directory) / "well").touch()
        path = f"{directory}/api.sock"
        config = uvicorn.Config(
            app, uds=path, http=HttpProtocol, lifespan="off", log_config=None, server_header=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until(lambda: server.started)
        yield Api(path, seen, log)
        server.should_exit = server.force_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def log() -> Iterator[io.StringIO]:
    """All that is logged, at the most talkative level."""
    stream = io.StringIO()
    before = logging.getLogger().handlers[:]
    configure_logging("debug", stream)
    yield stream
    logging.getLogger().handlers[:] = before


@pytest.fixture(scope="package")
def api(log: io.StringIO) -> Iterator[Api]:
    with running(log) as it:
        yield it


@pytest.fixture(scope="package")
def strict_api(log: io.StringIO) -> Iterator[Api]:
    """With small limits, no introspection, short times and frequent keep-alives."""
    limits = Limits(
        body_bytes=4096, depth=5, aliases=3, fragments=4, root_fields=4, cost=1000, tokens=300,
        request_seconds=0.5, stream_seconds=0.6, idle_seconds=0.3, drained_bytes=200_000, drained_seconds=5,
    )  # fmt: skip
    with running(log, limits=limits, introspection=False, keep_alive_seconds=0.1) as it:
        yield it
