"""`/healthz`: whether this process can answer requests."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import dwtui
from dwtui.server.transport.answers import HARDENED

HEALTH_PATH = "/healthz"

_log = logging.getLogger(__name__)


def health_route(check: Callable[[], Awaitable[None]], *, seconds: float = 5.0) -> Route:
    """Answers 200 while `check` returns within so many seconds, and 503 when it raises or takes longer."""

    async def health(_: Request) -> Response:
        try:
            async with asyncio.timeout(seconds):
                await check()
        except Exception:  # noqa: BLE001 - whatever is wrong, the answer is that we are not well
            _log.warning("health check failed", exc_info=True)
            return JSONResponse({"status": "unavailable"}, 503, HARDENED)
        return JSONResponse({"status": "ok", "version": dwtui.__version__}, 200, HARDENED)

    return Route(HEALTH_PATH, health, methods=["GET"])
