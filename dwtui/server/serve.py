"""Runs the API: one process, one event loop, until it is told to stop, is idle, or its lifeline ends."""

import asyncio
import importlib
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from starlette.types import ASGIApp

from dwtui.server.errors import ApplicationError
from dwtui.server.in_flight import InFlight
from dwtui.server.listening import (
    AlreadyRunningError,
    Listener,
    ListenError,
    listening_tcp,
    listening_unix,
)
from dwtui.server.logs import configure_logging
from dwtui.server.memory import give_back_memory
from dwtui.server.settings import ServerSettings
from dwtui.server.stoppable_server import Ending, StoppableServer

STOPPED = 0
"""Exit code: stopped as it was asked to (signal, lifeline, idle)."""
FAILED = 1
"""Exit code: the application did not start, or broke down."""
NO_ADDRESS = 3
"""Exit code: there is no listening at that address."""
ALREADY_RUNNING = 4
"""Exit code: another process answers at that Unix socket."""

ApplicationFactory = Callable[[ServerSettings], ASGIApp]

_log = logging.getLogger(__name__)


def serve(
    application: ApplicationFactory | str,
    settings: ServerSettings,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    uds: Path | None = None,
    lifeline_fd: int | None = None,
    idle_exit: float | None = None,
    grace_seconds: float = 10.0,
    announce: TextIO | None = None,
) -> int:
    """Serve until stopped; gives the exit code. Blocks, and must run in the main thread.

    `application` makes the ASGI application from the settings; as text it is `module:function`. With `uds` a
    Unix socket takes the place of `host` and `port`. When ready, `{"url": …, "pid": …}` is written as one
    line to `announce` (default: stdout). `lifeline_fd` is the reading end of a pipe: when it ends, so do we.
    `idle_exit`: stop after so many seconds without a request. Requests still open then have `grace_seconds`.
    """
    configure_logging(settings.log_level)
    give_back_memory()
    ending = Ending(lifeline_fd, idle_exit, grace_seconds)
    try:
        _require_open(lifeline_fd)
        # The address comes first: where it is taken, nothing else is begun. Whoever connects meanwhile waits.
        with listening_tcp(host, port) if uds is None else listening_unix(uds) as listener:
            in_flight = InFlight(_made(application, settings))
            return _run(in_flight, listener, ending, announce or sys.stdout)
    except AlreadyRunningError as error:
        return _complain(str(error), ALREADY_RUNNING)
    except ListenError as error:
        return _complain(str(error), NO_ADDRESS)
    except ApplicationError as error:
        return _complain(error.message, FAILED)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the outermost boundary: into the log, not onto the screen
        return _broken(error)


def _run(in_flight: InFlight, listener: Listener, ending: Ending, announce: TextIO) -> int:
    server = StoppableServer(in_flight, listener, ending, announce)
    try:
        asyncio.run(server.serve(sockets=[listener.socket]))
    except SystemExit:  # uvicorn's way to say that the application did not start
        error = in_flight.startup_error
        if isinstance(error, ApplicationError):
            raise error from None
        return _broken(error)
    except asyncio.CancelledError:  # told to stop while it was starting
        _log.info("stopped before it had started")
    return STOPPED


def _made(application: ApplicationFactory | str, settings: ServerSettings) -> ASGIApp:
    if isinstance(application, str):
        module, _, name = application.partition(":")
        factory: ApplicationFactory = getattr(importlib.import_module(module), name)
        return factory(settings)
    return application(settings)


def _broken(error: BaseException | None) -> int:
    _log.critical("the API broke down", exc_info=error)
    return _complain("The API could not go on; the last line of its log says why.", FAILED)


def _require_open(lifeline_fd: int | None) -> None:
    if lifeline_fd is None:
        return
    try:
        os.set_blocking(lifeline_fd, True)
    except OSError:
        raise ListenError(f"The lifeline {lifeline_fd} is not an open file descriptor.") from None


def _complain(message: str, exit_code: int) -> int:
    sys.stderr.write(f"dwtui serve: {message}\n")
    return exit_code
