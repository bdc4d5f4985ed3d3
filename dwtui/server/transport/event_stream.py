"""Server-sent events, as in the "distinct connections mode" of the GraphQL over SSE protocol."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from starlette.types import Send

from dwtui.server.transport.answers import HARDENED
from dwtui.server.transport.disconnects import ClientGone
from dwtui.server.transport.media_types import EVENT_STREAM

_STALLED_BEATS = 10


class EventStream:
    """One answer that goes on: every result an event, and a comment every `keep_alive` seconds.

    A client that takes nothing in for ten times as long counts as gone.
    """

    def __init__(self, send: Send, request_id: str, keep_alive: float) -> None:
        self._send = send
        self._request_id = request_id
        self._keep_alive = keep_alive
        self._sending = asyncio.Lock()
        self._stalled = False

    async def run(self, results: AsyncIterator[bytes], *, seconds: float, too_long: bytes) -> None:
        """Send all results, then `complete`. After so many `seconds` the event `too_long` ends it.

        The caller closes the iterator. Raises ClientGone.
        """
        await self._start()
        limit = asyncio.timeout(seconds)
        beating = asyncio.create_task(self._beat(limit))
        try:
            async with limit:
                async for result in results:
                    await self._next(result)
        except TimeoutError:
            if self._stalled:
                raise ClientGone from None
            if not limit.expired():
                raise
            await self._next(too_long)
        finally:
            beating.cancel()
            await asyncio.wait((beating,))
        await self._write(b"event: complete\ndata:\n\n", last=True)

    async def _next(self, result: bytes) -> None:
        await self._write(b"event: next\ndata: " + result + b"\n\n")

    async def _start(self) -> None:
        headers = {
            **HARDENED,
            "Content-Type": f"{EVENT_STREAM}; charset=utf-8",
            "Vary": "Accept",
            "X-Accel-Buffering": "no",  # nginx would hold the events back
            "X-Request-Id": self._request_id,
        }
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await self._send({"type": "http.response.start", "status": 200, "headers": raw})
        await self._write(b":\n\n")

    async def _beat(self, limit: asyncio.Timeout) -> None:
        with suppress(ClientGone):
            while True:
                await asyncio.sleep(self._keep_alive)
                await self._write(b":\n\n")
        limit.reschedule(asyncio.get_running_loop().time())

    async def _write(self, data: bytes, *, last: bool = False) -> None:
        try:
            async with asyncio.timeout(self._keep_alive * _STALLED_BEATS), self._sending:
                await self._send({"type": "http.response.body", "body": data, "more_body": not last})
        except TimeoutError:
            self._stalled = True
            raise ClientGone from None
