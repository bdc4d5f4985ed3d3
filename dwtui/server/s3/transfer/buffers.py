"""How many bytes all uploads of a process may hold in memory at once."""

import asyncio
from collections import deque
from contextlib import suppress

_SPARE = 6
"""How many whole buffers are kept for the next: memory that is new to a process costs more than filling it."""


class Lease:
    """A number of bytes that somebody may hold, until they are given back; giving them back twice is no error."""

    def __init__(self, buffers: "Buffers", size: int) -> None:
        self._buffers = buffers
        self._size = size

    def give_back(self) -> None:
        """Nothing is held any more."""
        size, self._size = self._size, 0
        self._buffers.put_back(size)


class Buffers:
    """A budget of bytes. Who wants more than is left waits, first come, first served. For one event loop."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._left = size
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._filling: dict[Lease, None] = {}
        self._spare: list[bytearray] = []

    def whole(self, size: int) -> bytearray:
        """A buffer of so many bytes, with anything in it. For what a lease was taken for already."""
        if self._spare and len(self._spare[-1]) == size:
            return self._spare.pop()
        return bytearray(size)

    def keep(self, buffer: bytearray) -> None:
        """Take back a buffer that nobody uses any more."""
        if len(self._spare) < _SPARE:
            self._spare.append(buffer)

    def filling(self, lease: Lease) -> None:
        """What this lease was taken for is being filled by a client, at its pace."""
        self._filling[lease] = None

    def filled(self, lease: Lease) -> None:
        """It is full, or nobody fills it any more."""
        self._filling.pop(lease, None)

    def holds_up(self, lease: Lease) -> bool:
        """Whether somebody waits, and this is the one that has been filled for the longest time."""
        return bool(self._waiting) and next(iter(self._filling), None) is lease

    @property
    def free(self) -> int:
        """How many bytes nobody holds."""
        return self._left

    async def take(self, size: int) -> Lease:
        """Wait until so many bytes are free, and take them. More than the whole budget counts as all of it."""
        size = min(size, self.size)
        if not self._waiting and size <= self._left:
            self._left -= size
            return Lease(self, size)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((size, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came just when nobody wanted it any more
                self.put_back(size)
            else:
                with suppress(ValueError):  # it was passed over already
                    self._waiting.remove((size, turn))
                self._serve()
            raise
        return Lease(self, size)

    def put_back(self, size: int) -> None:
        """So many bytes are free again."""
        self._left += size
        self._serve()

    def _serve(self) -> None:
        while self._waiting and self._waiting[0][0] <= self._left:
            size, turn = self._waiting.popleft()
            if turn.cancelled():
                continue
            self._left -= size
            turn.set_result(None)
