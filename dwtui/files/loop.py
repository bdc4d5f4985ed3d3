"""One event loop in a thread of its own, so that code without one can use the asynchronous client."""

import asyncio
import os
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Loop:
    """A running event loop. Its thread ends with the process."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="dwtui-files", daemon=True)
        self.thread.start()


_guard = threading.Lock()
_running: _Loop | None = None
_left_behind: list[_Loop | None] = []


def wait(doing: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in the loop's thread and wait for what it returns. Interrupting the wait cancels it."""
    running = _loop()
    if threading.current_thread() is running.thread:
        doing.close()
        raise RuntimeError("What hears of progress can not open documents itself: it would wait for itself.")
    future = asyncio.run_coroutine_threadsafe(doing, running.loop)
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


def soon(doing: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine in the loop's thread some time; nobody waits for it."""
    asyncio.run_coroutine_threadsafe(doing, _loop().loop)


def _loop() -> _Loop:
    global _running
    with _guard:
        if _running is None:
            _running = _Loop()
        return _running


def _begin_anew() -> None:
    """In a forked child: threads do not come along, and the parent's loop must not be touched.

    It is kept, for closing it would take the parent's sockets out of a kernel object that both share.
    """
    global _guard, _running
    _guard = threading.Lock()
    _left_behind.append(_running)
    _running = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
