"""Receiving the bytes of versions through the API."""

import asyncio
import errno
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dwtui.files.checking import Check
from dwtui.files.entries import Entry
from dwtui.files.errors import as_file_errors

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.outgoing import Progress

READ_AHEAD = 4 * 1024 * 1024
"""Bytes asked for at once where a version is read from its beginning to its end."""
AT_ONCE = 8
"""Pieces asked for at the same time."""
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


async def read_all(api: "Api", pieces: Sequence[Piece]) -> list[bytes | OSError]:
    """The bytes of pieces, several at a time. What fails is in the list as its error."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(piece: Piece) -> bytes | OSError:
        try:
            async with turns:
                with as_file_errors(piece.entry.path):
                    return await read(api, piece)
        except OSError as error:
            return error

    return await asyncio.gather(*(one(piece) for piece in pieces))


async def download(api: "Api", entry: Entry, target: Path, progress: "Progress | None") -> None:
    """Copy a version to a local file, which is there when it is whole. What broke off is resumed the next time."""
    await api.download(entry.download_path, target, sha256=entry.sha256, overwrite=True, progress=progress)


async def fetch(api: "Api", entry: Entry, into: BinaryIO, progress: "Progress | None") -> None:
    """Write a version into an open file, some of it at a time."""
    check = Check(entry)
    for start in range(0, entry.size, READ_AHEAD):
        content = await read(api, piece_of(entry, start, start + READ_AHEAD))
        check.feed(start, content)
        await asyncio.to_thread(into.write, content)
        if progress is not None:
            progress(start + len(content), entry.size)


async def _blocks(api: "Api", piece: Piece, come: int) -> AsyncIterator[bytes]:
    """The bytes of a piece after those that have come already."""
    start = piece.start + come
    async with api.downloads().opened(piece.entry.download_path, start=start, end=piece.end) as incoming:
        if incoming.start != start or incoming.size != piece.entry.size:
            raise OSError(errno.EIO, "The API gave other bytes than those asked for", piece.entry.path)
        async for block in incoming.blocks():
            yield block
