"""The way to the API: GraphQL over HTTP, on TCP or a Unix socket. The generated client stands on it."""

import asyncio
import json
import random
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpcore
import httpx

from dwtui import __version__
from dwtui.client.address import Address, parse_address
from dwtui.client.answers import BUSY, data_of, data_of_result
from dwtui.client.errors import BadInput, Unauthenticated, UnexpectedAnswer
from dwtui.client.events import Event, EventTooLarge, read_events
from dwtui.client.losses import connection_lost, stream_ended
from dwtui.client.outgoing import Form, OutgoingFile, Progress

if TYPE_CHECKING:
    from pydantic import BaseModel

    from dwtui.client.downloading import Downloaded, Downloads

    Model = TypeVar("Model", bound=BaseModel)

QUERY_SECONDS = 30.0
MUTATION_SECONDS = 180.0
"""A mutation may verify, and wait a minute for AWS to learn of new keys."""
SILENCE_SECONDS = 60.0
"""How long a stream may stay silent; the API sends a sign of life every 15 seconds."""
CONNECT_SECONDS = 10.0
PATIENCE = (0.2, 0.6, 1.5)
"""Seconds to wait before each further try of a query."""
_READ_BYTES = 1024 * 1024
_RESULT = "application/json"
_EVENTS = "text/event-stream"


class Connection:
    """One connection to an API, with or without a token. Close it with `aclose` or `async with`."""

    def __init__(
        self,
        url: str | Address,
        token: str | None = None,
        *,
        revive: Callable[[], Awaitable[None]] | None = None,
        prepare: Callable[[], Awaitable[None]] | None = None,
        patience: Sequence[float] = PATIENCE,
    ) -> None:
        """`prepare` is done once, before the first request; `revive` starts the API again when nothing listens.

        `patience`: seconds before each retry.
        """
        self.address = url if isinstance(url, Address) else parse_address(url)
        self._revive = revive
        self._prepare = prepare
        self._reviving = asyncio.Lock()
        self._patience = tuple(patience)
        self._http = _http_client(self.address, token)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} to {self.address.url}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close it. Requests under way end with an error."""
        await self._http.aclose()

    async def execute(
        self,
        query: str,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
    ) -> dict[str, Any]:
        """Run a query or a mutation; its data. Queries are tried again when the connection breaks.

        `seconds`: how long to wait for a sign of the API. With an OutgoingFile among the variables it is an upload.
        """
        for name, value in (variables or {}).items():
            if isinstance(value, OutgoingFile):
                return await self.upload(query, operation_name, variables, name, value, seconds=seconds)
        changing = _kind(query, operation_name) == "mutation"
        body = _body(query, operation_name, variables)
        wait = seconds or (MUTATION_SECONDS if changing else QUERY_SECONDS)
        response = await self._post_patiently(body, wait, changing=changing)
        return data_of(self.address, response)

    async def upload(
        self,
        query: str,
        operation_name: str | None,
        variables: Mapping[str, Any] | None,
        variable: str,
        file: OutgoingFile,
        *,
        seconds: float | None = None,
    ) -> dict[str, Any]:
        """Run a mutation with a file as the value of one variable, streamed; its data. It is not tried again.

        `seconds`: how long the API may take no bytes, and answer after the last one.
        """
        operations = _operations(query, operation_name, {**(variables or {}), variable: None})
        wait = seconds or MUTATION_SECONDS
        try:
            response = await self._read(lambda: Form(operations, variable, file), _RESULT, wait)
        except httpx.TransportError as error:
            raise connection_lost(self.address, error, changing=True) from error
        return data_of(self.address, response)

    async def download(
        self,
        path: str,
        target: Path,
        *,
        sha256: str | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> "Downloaded":
        """Download what lies at `path` of the API, such as a version's `downloadPath`, into a file.

        It is resumed where it breaks off, and what is left of a cancelled one the next time, where `sha256` is given.
        The file gets its name once its SHA-256 is right. Raises ApiError; Damaged when it is not.
        """
        return await self.downloads().to_file(
            path, target, sha256=sha256, overwrite=overwrite, progress=progress
        )

    def downloads(self) -> "Downloads":
        """The means to take bytes piece by piece: `downloads().opened(path, start=…, end=…)`."""
        from dwtui.client.downloading import Downloads

        return Downloads(self._http, self.address, self._patience)

    def get_data(self, response: dict[str, Any]) -> dict[str, Any]:
        """The data of what `execute` returned: the generated client asks for it."""
        return response

    def read(self, model: "type[Model]", data: dict[str, Any]) -> "Model":
        """The data as an instance of its model."""
        from pydantic import ValidationError

        try:
            return model.model_validate(data)
        except ValidationError as error:
            where = ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])
            raise UnexpectedAnswer(
                f"The API's answer is not understood ({where}): its version is another. Update the older."
            ) from error

    async def execute_ws(
        self, query: str, operation_name: str | None = None, variables: Mapping[str, Any] | None = None
    ) -> AsyncIterator[dict[str, Any]]:
        """Run a subscription; the data of its events. It is not tried again. Closing the iterator ends it.

        The name is the generator's: ours come as server-sent events, not by web socket.
        """
        response: httpx.Response | None = None
        try:
            message = _body(query, operation_name, variables)
            response = await self._send(lambda: message, _EVENTS, SILENCE_SECONDS)
            if not response.headers.get("content-type", "").startswith(_EVENTS):
                await response.aread()
                data_of(self.address, response)
                raise UnexpectedAnswer(
                    f"{self.address.url} does not send events. It may be of another version."
                )
            async with aclosing(read_events(response.aiter_bytes())) as events:
                async for event in events:
                    if event.name == "complete":
                        return
                    if event.name == "next" and event.data:
                        yield _data_of_event(event)
        except httpx.TransportError as error:
            raise connection_lost(self.address, error, changing=False) from error
        except EventTooLarge as error:
            raise UnexpectedAnswer(f"{self.address.url} sent an event without an end.") from error
        finally:
            if response is not None:
                await response.aclose()
        raise stream_ended(self.address)

    async def _post_patiently(self, body: bytes, seconds: float, *, changing: bool) -> httpx.Response:
        waits = iter(() if changing else self._patience)
        while True:
            try:
                response = await self._post(body, seconds)
            except httpx.TransportError as error:
                wait = None if isinstance(error, httpx.TimeoutException) else next(waits, None)
                if wait is None:
                    raise connection_lost(self.address, error, changing=changing) from error
            except httpx.DecodingError as error:
                raise UnexpectedAnswer(f"The answer of {self.address.url} can not be unpacked.") from error
            else:
                wait = next(waits, None) if response.status_code in BUSY else None
                if wait is None:
                    return response
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311  # spreads clients, guards nothing

    async def _post(self, body: bytes, seconds: float) -> httpx.Response:
        return await self._read(lambda: body, _RESULT, seconds)

    async def _read(self, body: Callable[[], bytes | Form], accept: str, seconds: float) -> httpx.Response:
        response = await self._send(body, accept, seconds)
        try:
            await response.aread()
        finally:
            await response.aclose()
        return response

    async def _send(self, body: Callable[[], bytes | Form], accept: str, seconds: float) -> httpx.Response:
        """Send a request; the answer is to be read and closed. Starts the API where that is up to us."""
        if self._prepare is not None:
            async with self._reviving:
                prepare, self._prepare = self._prepare, None
                if prepare is not None:
                    await prepare()
        try:
            return await self._send_once(body(), accept, seconds)
        except httpx.ConnectError:
            if self._revive is None:
                raise
        async with self._reviving:
            await self._revive()
        return await self._send_once(body(), accept, seconds)

    async def _send_once(self, body: bytes | Form, accept: str, seconds: float) -> httpx.Response:
        timeout = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        told = body.headers if isinstance(body, Form) else {"Content-Type": "application/json"}
        request = self._http.build_request(
            "POST",
            "/graphql",
            content=body.body() if isinstance(body, Form) else body,
            headers={"Accept": accept, **told},
            timeout=timeout,
        )
        return await self._http.send(request, stream=True)


def _http_client(address: Address, token: str | None) -> httpx.AsyncClient:
    # What arrives together is taken together: in pieces of 64 KiB it would be copied and looked at many times.
    httpcore.AsyncHTTP11Connection.READ_NUM_BYTES = _READ_BYTES
    headers = {"User-Agent": f"dwtui/{__version__}"}
    if token is not None:
        if not token.isascii() or not token.isprintable() or not token or " " in token:
            raise Unauthenticated(
                "The token holds characters that no token has. Sign in again: `dwtui login`."
            )
        headers["Authorization"] = f"Bearer {token}"
    if address.socket is not None:
        transport = httpx.AsyncHTTPTransport(uds=address.socket, verify=_trusting_nobody())
        return httpx.AsyncClient(base_url=address.base, headers=headers, transport=transport)
    # The certificates take 20 ms to load, so they are left out where nothing is encrypted.
    verify: ssl.SSLContext | bool = True if address.base.startswith("https://") else _trusting_nobody()
    return httpx.AsyncClient(
        base_url=address.base, headers=headers, verify=verify, trust_env=not address.local
    )


def _trusting_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _kind(query: str, operation_name: str | None) -> str:
    """`query`, `mutation` or `subscription`."""
    found = re.search(
        rf"^\s*(query|mutation|subscription)\s+{re.escape(operation_name or '')}\b", query, re.MULTILINE
    )
    # What can not be told apart is treated as what must not be repeated.
    return found.group(1) if found else "mutation"


def _operations(
    query: str, operation_name: str | None, variables: Mapping[str, Any] | None
) -> dict[str, Any]:
    from pydantic_core import to_jsonable_python

    from dwtui.client.generated.base_model import UNSET

    given = {
        name: value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if hasattr(value, "model_dump")
        else value
        for name, value in (variables or {}).items()
        if value is not UNSET
    }
    return {"query": query, "operationName": operation_name, "variables": to_jsonable_python(given)}


def _body(query: str, operation_name: str | None, variables: Mapping[str, Any] | None) -> bytes:
    try:
        return json.dumps(_operations(query, operation_name, variables), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise BadInput("A text given is no valid Unicode, so it can not be sent.") from error


def _data_of_event(event: Event) -> dict[str, Any]:
    try:
        result = json.loads(event.data)
    except ValueError as error:
        raise UnexpectedAnswer(
            "The API sent an event that can not be read. Its version may not fit."
        ) from error
    return data_of_result(result)
