"""Keeps the journal of uploads true: those under way say that they are alive, what others left behind is removed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dwtui.server.documents.signing import forget_expired
from dwtui.server.documents.storage_access import identity_for
from dwtui.server.documents.sweeping import (
    SIGN_OF_LIFE,
    StrayObject,
    forget_object,
    remove_unclaimed,
    stray_objects,
)
from dwtui.server.documents.uploading import keep_alive
from dwtui.server.errors import ApplicationError
from dwtui.server.parts import Parts
from dwtui.server.s3.transfer.removing import Remains, remove

_log = logging.getLogger(__name__)

_ROUND_SECONDS = 60.0
_AT_ONCE = 4


@asynccontextmanager
async def keeping_order(parts: Parts) -> AsyncIterator[None]:
    """Sweep at once and then every minute, and give signs of life, until the block ends."""
    tasks = [asyncio.create_task(_living(parts)), asyncio.create_task(_sweeping(parts))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def sweep(parts: Parts) -> None:
    """One round: what was left behind is removed, as far as the buckets let us."""
    await forget_expired(parts.database)
    await remove_unclaimed(parts.database)
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(stray: StrayObject) -> None:
        async with turns:
            await _remove(parts, stray)

    await asyncio.gather(*(one(stray) for stray in await stray_objects(parts.database, parts.cipher)))


async def _remove(parts: Parts, stray: StrayObject) -> None:
    with identity_for(stray, parts) as identity:
        remains = Remains(stray.key, stray.upload_id, whole=True, unheard=stray.upload_id is None)
        if await remove(parts.transfers, identity, remains, stray.bucket_owner):
            await forget_object(parts.database, stray.version_id)
        else:
            _log.warning("an object that nobody needs stays in “%s” for now", stray.storage_name)


async def _living(parts: Parts) -> None:
    while True:
        await asyncio.sleep(SIGN_OF_LIFE.total_seconds())
        try:
            await keep_alive(parts.database, parts.uploads.ids())
        except ApplicationError as error:
            _log.warning("uploads could not say that they are alive: %s", error.message)


async def _sweeping(parts: Parts) -> None:
    while True:
        try:
            await sweep(parts)
        except ApplicationError as error:
            _log.warning("what uploads left behind was not looked after: %s", error.message)
        except Exception:  # noqa: BLE001 - the next round may do better; an end of it would never be noticed
            _log.exception("what uploads left behind was not looked after")
        await asyncio.sleep(_ROUND_SECONDS)
