"""Uploads and downloads: one after the other, wherever in the program one is meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic
from typing import Literal

from dwtui.client.errors import ApiError
from screens.shell.log import log_path

log = logging.getLogger("dwtui")

RATE_SECONDS = 5.0
"""The span over which the rate is taken."""
KEPT = 100
"""How many that have come to their end are remembered."""


CANCELLED = {
    "upload": "Cancelled. Nothing half is kept.",
    "download": "Cancelled. What has come waits beside it as a .part file, and is taken up the next time.",
}


class State(Enum):
    """How a transfer stands."""

    WAITING = "waiting"
    RUNNING = "under way"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


Work = Callable[["Transfer"], Awaitable[str]]
"""Does the work of a transfer, telling its progress; what became of it, in words."""


@dataclass(eq=False)
class Transfer:
    """A file on its way to the API, or from there."""

    kind: Literal["upload", "download"]
    name: str
    where: str
    """The study it goes to, or the path it is written to."""
    study_id: str
    size: int
    """Bytes in all."""
    work: Work
    done: int = 0
    """Bytes that have been sent or received."""
    state: State = State.WAITING
    outcome: str = ""
    """What became of it."""
    error: ApiError | None = None
    """What it failed of, where the API told."""
    rename: Callable[[str], None] | None = None
    """Gives it another name, where it failed of the one it has."""
    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    @property
    def ended(self) -> bool:
        """Whether it has come to its end, however it did."""
        return self.state not in (State.WAITING, State.RUNNING)

    def progress(self, done: int) -> None:
        """So many bytes are through by now."""
        now = monotonic()
        self.done = done
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > RATE_SECONDS:
            self._marks.popleft()

    def begin(self) -> None:
        """It begins, or begins anew."""
        self.state, self.outcome, self.error = State.RUNNING, "", None
        self._marks.clear()
        self.progress(0)

    @property
    def rate(self) -> float:
        """Bytes per second over the last seconds; 0 while that is not known."""
        if len(self._marks) < 2:
            return 0.0
        (began, before), (_, now) = self._marks[0], self._marks[-1]
        seconds = monotonic() - began
        return (now - before) / seconds if seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at this rate; None: that is not known."""
        rate = self.rate
        return (self.size - self.done) / rate if rate > 0 else None


class Transfers:
    """The queue. `changed` is called when one is added or begins, `ended` when one has come to its end."""

    def __init__(self, changed: Callable[[], None], ended: Callable[[Transfer], None]) -> None:
        self._changed = changed
        self._ended = ended
        self._all: list[Transfer] = []
        self._runner: asyncio.Task[None] | None = None
        self._task: asyncio.Future[str] | None = None
        self.current: Transfer | None = None
        """The one that is under way."""

    @property
    def all(self) -> list[Transfer]:
        """All that are remembered, in the order they were asked for."""
        return list(self._all)

    @property
    def active(self) -> list[Transfer]:
        """Those that are under way or wait."""
        return [transfer for transfer in self._all if not transfer.ended]

    def add(self, *transfers: Transfer) -> None:
        """Put them at the end of the queue."""
        self._all += transfers
        ended = [transfer for transfer in self._all if transfer.ended]
        for transfer in ended[: max(0, len(ended) - KEPT)]:
            self._all.remove(transfer)
        self._go()

    def retry(self, transfer: Transfer) -> None:
        """Put one that has ended into the queue again."""
        transfer.state, transfer.outcome, transfer.done = State.WAITING, "", 0
        self._all.remove(transfer)
        self.add(transfer)

    def cancel(self, transfer: Transfer) -> None:
        """Stop it, or take it out of the queue."""
        if transfer is self.current and self._task is not None:
            self._task.cancel()
        elif transfer.state is State.WAITING:
            self._end(transfer, State.CANCELLED, "Cancelled before it began.")

    async def close(self) -> None:
        """Stop all of them."""
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.wait({self._runner})

    def _go(self) -> None:
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())
        self._changed()

    async def _run(self) -> None:
        while waiting := [it for it in self._all if it.state is State.WAITING]:
            await self._carry_out(waiting[0])

    async def _carry_out(self, transfer: Transfer) -> None:
        self.current = transfer
        transfer.begin()
        self._changed()
        task = self._task = asyncio.ensure_future(transfer.work(transfer))
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})
            raise
        finally:
            self.current = self._task = None
            self._conclude(transfer, task)

    def _conclude(self, transfer: Transfer, task: asyncio.Future[str]) -> None:
        if task.cancelled():
            self._end(transfer, State.CANCELLED, CANCELLED[transfer.kind])
            return
        error = task.exception()
        if error is None:
            transfer.done = transfer.size
            self._end(transfer, State.DONE, task.result())
        elif isinstance(error, ApiError):
            transfer.error = error
            self._end(transfer, State.FAILED, error.message)
        elif isinstance(error, OSError):
            self._end(
                transfer, State.FAILED, f"{error.strerror or error}: {error.filename or transfer.where}"
            )
        else:
            log.error("A transfer broke", exc_info=error)
            words = f"dwtui made a mistake here ({type(error).__name__}). Details: {log_path()}"
            self._end(transfer, State.FAILED, words)

    def _end(self, transfer: Transfer, state: State, outcome: str) -> None:
        transfer.state, transfer.outcome = state, outcome
        self._ended(transfer)
