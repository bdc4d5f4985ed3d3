"""A request's body that is read while the operation is executed, and what becomes of the part nobody read."""

import asyncio
from collections.abc import Callable

from starlette.types import Message, Receive, Send

from dwtui.server.errors import LimitExceededError


class RequestBody:
    """The body of one request, chunk by chunk. Only one task may read at a time."""

    def __init__(self, receive: Receive, idle_seconds: float) -> None:
        """`idle_seconds`: how long the client may send nothing while it is waited for."""
        self._receive = receive
        self._idle_seconds = idle_seconds
        self._gone = asyncio.Event()
        self._ended = asyncio.Event()
        self.on_progress: Callable[[], None] | None = None
        """Called for each chunk that has arrived."""

    @property
    def ended(self) -> bool:
        """Whether all of it has been read, or its client is gone."""
        return self._ended.is_set()

    async def read(self) -> bytes:
        """The next chunk; empty at the end. Raises LimitExceededError when none comes in time.

        When the client is gone it does not return: whoever executes the operation cancels it.
        """
        while not self.ended:
            try:
                async with asyncio.timeout(self._idle_seconds):
                    message = await self._receive()
            except TimeoutError:
                raise LimitExceededError(
                    f"Nothing has arrived for {self._idle_seconds:g} seconds, so the upload was given up. "
                    "Send it again."
                ) from None
            chunk = self._taken(message)
            if self._gone.is_set():
                await asyncio.Event().wait()
            if self.on_progress is not None:
                self.on_progress()
            if chunk:
                return chunk
        return b""

    async def client_gone(self) -> None:
        """Wait until the client has closed the connection. It is noticed while reading, or after the end."""
        await self._ended.wait()
        while not self._gone.is_set():
            self._taken(await self._receive())

    async def drain(self, *, most_bytes: int, seconds: float) -> None:
        """Read on for a while, keeping nothing: a client cut off while it sends may never see its answer."""
        size = 0
        try:
            async with asyncio.timeout(seconds):
                while not self.ended and size <= most_bytes:
                    async with asyncio.timeout(self._idle_seconds):
                        size += len(self._taken(await self._receive()))
        except TimeoutError:
            return  # the server closes the connection

    def answering(self, send: Send, *, most_bytes: int, seconds: float) -> Send:
        """A `send` that gives the whole answer at once, but ends it, and the connection, after the body was drained."""

        async def lingering(message: Message) -> None:
            if self.ended or message.get("more_body"):
                await send(message)
                return
            if message["type"] == "http.response.start":
                await send({**message, "headers": [*message["headers"], (b"connection", b"close")]})
                return
            await send({**message, "more_body": True})
            await self.drain(most_bytes=most_bytes, seconds=seconds)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        return lingering

    def _taken(self, message: Message) -> bytes:
        if message["type"] == "http.disconnect":
            self._gone.set()
            self._ended.set()
            return b""
        if not message.get("more_body"):
            self._ended.set()
        chunk: bytes = message.get("body", b"")
        return chunk
