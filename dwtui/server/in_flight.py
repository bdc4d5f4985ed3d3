"""Knows which requests are open, so that the process can end when idle and cut the last ones off."""

import asyncio
import json
import logging
import time
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

_SHUTTING_DOWN = json.dumps(
    {
        "errors": [
            {
                "message": "The API is shutting down. Try again in a moment.",
                "extensions": {"code": "INTERNAL"},
            }
        ]
    }
).encode()


class InFlight:
    """Wraps the whole application. Not thread-safe: all of it happens on the event loop."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_ended = time.monotonic()
        self._cutting = False
        self.startup_error: BaseException | None = None
        """Why the application did not start."""

    def idle_seconds(self) -> float:
        """How long no request and no stream has been open; 0 while there is one."""
        return 0.0 if self._tasks else time.monotonic() - self._last_ended

    def cut_off(self) -> None:
        """End what is still open. Each such request is answered with 503, each stream ends."""
        self._cutting = True
        for task in self._tasks:
            task.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to the application."""
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        assert task is not None
        started = False

        async def noticing(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        self._tasks.add(task)
        try:
            await self._application(scope, receive, noticing)
        except asyncio.CancelledError:
            if not self._cutting:
                raise
            _log.warning("a request was cut off by the shutdown")
            await _farewell(send, started)
        finally:
            self._tasks.discard(task)
            self._last_ended = time.monotonic()

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def without_traceback(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "lifespan.startup.complete"
            await send({"type": message["type"]})

        try:
            await self._application(scope, receive, without_traceback)
        except Exception as error:
            if started:
                _log.exception("the application did not end as it should")
            else:
                self.startup_error = error
            raise


async def _farewell(send: Send, started: bool) -> None:
    with suppress(OSError):
        if not started:
            headers = [(b"content-type", b"application/json; charset=utf-8"), (b"connection", b"close")]
            await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if started else _SHUTTING_DOWN})
