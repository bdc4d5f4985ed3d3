"""uvicorn, told in our ways when to stop: by a signal, by its lifeline, or when it is idle."""

import asyncio
import json
import logging
import math
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TextIO

import uvicorn

from dwtui.server.http_protocol import HttpProtocol
from dwtui.server.in_flight import InFlight
from dwtui.server.listening import Listener

_HARD_EXIT = 1
_SPARE_SECONDS = 3.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ending:
    """When to stop without being told by a signal, and how long open requests may go on then, in seconds."""

    lifeline_fd: int | None = None
    idle_exit: float | None = None
    grace_seconds: float = 10.0


class StoppableServer(uvicorn.Server):
    """Serves one application at one socket, and says when it is ready."""

    def __init__(self, application: InFlight, listener: Listener, ending: Ending, announce: TextIO) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                loop="asyncio",
                http=HttpProtocol,
                ws="none",
                lifespan="on",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=60,
                # the backstop for clients that do not even read that their request was cut off
                timeout_graceful_shutdown=math.ceil(ending.grace_seconds + _SPARE_SECONDS),
            )
        )
        self._application = application
        self._listener = listener
        self._ending = ending
        self._announce = announce
        self._main: asyncio.Task[object] | None = None

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """As uvicorn's, but being told to stop is no failure, and is heard while the application starts."""
        loop = asyncio.get_running_loop()
        self._main = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        if self._ending.lifeline_fd is not None:
            _watch_lifeline(self._ending, lambda: loop.call_soon_threadsafe(self._stop))
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def _stop(self) -> None:
        if self.should_exit:  # told so twice
            self.force_exit = True
            self._application.cut_off()
        self.should_exit = True
        if not self.started and self._main is not None:
            self._main.cancel()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so: `{"url": …, "pid": …}` on one line."""
        await super().startup(sockets)
        _log.info("listening", extra={"fields": {"url": self._listener.url}})
        try:
            self._announce.write(json.dumps({"url": self._listener.url, "pid": os.getpid()}) + "\n")
            self._announce.flush()
        except BrokenPipeError:
            _log.warning("nobody reads the line that says we are ready")

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop; asked ten times a second."""
        idle_exit = self._ending.idle_exit
        if idle_exit is not None and self._application.idle_seconds() >= idle_exit:
            _log.info("idle", extra={"fields": {"seconds": idle_exit}})
            return True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let open requests end by themselves for a while, then end them."""
        _log.info("stopping")
        loop = asyncio.get_running_loop()
        cutting = loop.call_later(self._ending.grace_seconds, self._application.cut_off)
        try:
            await super().shutdown(sockets)
        finally:
            cutting.cancel()


def _watch_lifeline(ending: Ending, stop: Callable[[], object]) -> None:
    """Call `stop` when the lifeline ends; where that does not help, end the process the hard way.

    In a thread of its own, so that an event loop that hangs is ended too.
    """
    lifeline_fd = ending.lifeline_fd
    assert lifeline_fd is not None

    def hold() -> None:
        with suppress(OSError):  # a lifeline that can not be read is none
            while os.read(lifeline_fd, 1024):
                pass
        _log.info("the lifeline has ended")
        with suppress(RuntimeError):  # the loop is closed: we are ending already
            stop()
        time.sleep(ending.grace_seconds + 2 * _SPARE_SECONDS)
        os._exit(_HARD_EXIT)

    threading.Thread(target=hold, name="lifeline", daemon=True).start()
