"""The threads in which botocore waits for S3, apart from those that the rest of the API uses."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakValueDictionary

from dwtui.server.s3.identity import Identity
from dwtui.server.s3.transfer.buffers import Buffers

BUFFER_BYTES = 40 * 1024 * 1024
"""What all uploads of a process may hold. Eight large ones at once keep the API below 200 MB."""
_THREADS = 64
_THREADS_OF_ONE = 32
"""How many of them one bucket may take up: a storage that does not answer must not hold up those that do."""
_LAST_WAIT = 15.0

T = TypeVar("T")


class Transfers:
    """What all transfers of a process share: threads, and a budget of memory. Made once; for one event loop."""

    def __init__(self, buffer_bytes: int = BUFFER_BYTES) -> None:
        self.buffers = Buffers(buffer_bytes)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="transfer")
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def ask(self, identity: Identity, work: Callable[[], T]) -> T:
        """As `do`, for what waits for the bucket of an identity, which is cut off when this is cancelled."""
        at = f"{identity.location.endpoint_url or ''} {identity.location.bucket}"
        turn = self._turns.setdefault(at, asyncio.Semaphore(_THREADS_OF_ONE))
        async with turn:
            return await self.do(work, cut=identity.cut)

    async def do(self, work: Callable[[], T], cut: Callable[[], object] | None = None) -> T:
        """Do it in a thread. When cancelled, `cut` is called and the thread's end is awaited: it may hold buffers."""
        doing = asyncio.get_running_loop().run_in_executor(self._pool, work)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            if cut is not None:
                cut()
            await asyncio.wait((doing,), timeout=_LAST_WAIT)
            if doing.done() and not doing.cancelled():
                doing.exception()  # nobody is left to be told
            raise

    def close(self) -> None:
        """End the threads as they become idle."""
        self._pool.shutdown(wait=False, cancel_futures=True)
