"""Receiving the bytes of versions through the API."""

import asyncio
import errno
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dwtui.files.entries import Entry

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.outgoing import Progress

PATIENCE = (0.2, 0.6, 1.5)
"""Seconds to wait before a piece is asked for again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a version, from `start` to before `end`."""

    entry: Entry
    start: int
    end: int


def piece_of(entry: Entry, start: int | None, end: int | None) -> Piece:
    """The piece that Python's slices would give."""
    begin, stop, _ = slice(start, end).indices(entry.size)
    return Piece(entry, begin, max(begin, stop))


async def read(api: "Api", piece: Piece) -> bytes:
    """The bytes of a piece. What breaks off is asked for again, from where it stood."""
    import httpx

    from dwtui.client.errors import ApiError
    from dwtui.client.losses import connection_lost

    gathered = bytearray()
    waits = iter(PATIENCE)
    while len(gathered) < piece.end - piece.start:
        failure: ApiError
        try:
            async for block in _blocks(api, piece, len(gathered)):
                gathered += block
            continue
        except httpx.TransportError as error:
            failure = connection_lost(api.address, error, changing=False)
        except ApiError as error:
            if not error.passing:
                raise
            failure = error
        wait = next(waits, None)
        if wait is None:
            raise failure
        await asyncio.sleep(wait)
    return bytes(gathered)


async def download(api: "Api", entry: Entry, target: Path, progress: "Progress | None") -> None:
    """Copy a version to a local file, which is there when it is whole. What broke off is resumed the next time."""
    await api.download(entry.download_path, target, sha256=entry.sha256, overwrite=True, progress=progress)


async def _blocks(api: "Api", piece: Piece, come: int) -> AsyncIterator[bytes]:
    """The bytes of a piece after those that have come already."""
    start = piece.start + come
    async with api.downloads().opened(piece.entry.download_path, start=start, end=piece.end) as incoming:
        if incoming.start != start or incoming.size != piece.entry.size:
            raise OSError(errno.EIO, "The API gave other bytes than those asked for", piece.entry.path)
        async for block in incoming.blocks():
            yield block
