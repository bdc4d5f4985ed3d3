"""Identities that wait for their next transfer with their connections open, for a moment."""

import asyncio
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dwtui.server.s3.identity import Identity
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.transfer.sending import PATIENCE

IDLE_SECONDS = 10.0
"""How long an identity waits. Connections that S3 itself is about to close are of no use."""
_MOST_IDLE = 16


@dataclass(frozen=True)
class _Idle:
    purpose: Hashable
    identity: Identity
    since: float


class Identities:
    """Lends identities to transfers, each to one at a time, so that one can be cut off without harm to others. For one
    event loop.

    To open a client, and a connection, costs more than to send a small file. Who borrows gives the keys, which must be
    the very same: after a rotation the old ones are of no use to anybody, and are closed when they have waited.
    """

    def __init__(self) -> None:
        self._idle: list[_Idle] = []
        self._closing: asyncio.TimerHandle | None = None

    @contextmanager
    def lent(
        self, location: Location, keys: KeyPair | None, *, private_endpoints: bool
    ) -> Iterator[Identity]:
        """An identity for one transfer. After a failure, or when it was cut, it is not lent again."""
        purpose = (location, keys, private_endpoints)
        self.close_idle(IDLE_SECONDS)
        identity = self._waiting_for(purpose) or Identity(
            location, keys, patience=PATIENCE, private_endpoints=private_endpoints
        )
        try:
            yield identity
        except BaseException:
            identity.close()
            raise
        if identity.is_cut or len(self._idle) >= _MOST_IDLE:
            identity.close()
        else:
            self._idle.append(_Idle(purpose, identity, time.monotonic()))
            self._close_later()

    def close_idle(self, seconds: float = 0.0) -> None:
        """Close those that have waited for so long."""
        until = time.monotonic() - seconds
        waiting, self._idle = self._idle, []
        for one in waiting:
            if one.since > until:
                self._idle.append(one)
            else:
                one.identity.close()

    def _close_later(self) -> None:
        """See to it that none waits for much longer than it may: it holds keys."""
        if self._closing is None and self._idle:
            self._closing = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._look_after)

    def _look_after(self) -> None:
        self._closing = None
        self.close_idle(IDLE_SECONDS)
        self._close_later()

    def _waiting_for(self, purpose: Hashable) -> Identity | None:
        for place in reversed(range(len(self._idle))):
            if self._idle[place].purpose == purpose:
                return self._idle.pop(place).identity
        return None
