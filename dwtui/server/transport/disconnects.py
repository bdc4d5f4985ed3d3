"""Stops working on a request as soon as the one who asked is gone."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import Receive

T = TypeVar("T")


class ClientGone(Exception):
    """The client closed the connection before it had its answer."""


async def until_gone(gone: Coroutine[Any, Any, None], work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives. It has been cancelled, and has ended, when ClientGone is raised because `gone` has ended."""
    working = asyncio.create_task(work)
    listening = asyncio.create_task(gone)
    try:
        await asyncio.wait((working, listening), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            await _cancelled(working)
            raise ClientGone
        if working.cancelled():
            raise RuntimeError("the work was cancelled from within")
        return working.result()
    finally:
        for task in (working, listening):
            if not task.done():
                await _cancelled(task)


async def disconnected(receive: Receive) -> None:
    """Wait until the client has closed the connection. The body must have been read before."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait((task,))
    if not task.cancelled():
        task.exception()  # whatever it met while it was being cleaned up has nobody left to be told
