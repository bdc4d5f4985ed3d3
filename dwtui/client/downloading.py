"""Downloads bytes into a file: resumed where they broke off, checked before they get their name."""

import asyncio
import errno
import hashlib
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from io import FileIO
from pathlib import Path

import httpx

from dwtui.client.address import Address
from dwtui.client.answers import BUSY, data_of
from dwtui.client.errors import ApiError, BadInput, Damaged, UnexpectedAnswer
from dwtui.client.losses import connection_lost
from dwtui.client.outgoing import Progress

BLOCK_BYTES = 1024 * 1024
BATCH_BYTES = 2 * 1024 * 1024
"""What is gathered of the small pieces that arrive before it is handed to a thread to be written."""
SILENCE_SECONDS = 120.0
"""How long the API may send nothing: it waits for S3 itself."""
_NAME_BYTES = 255
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(frozen=True)
class Downloaded:
    """A file that lies there complete: its size in bytes, and its SHA-256."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True)
class Incoming:
    """Bytes that the API has begun to send: from `start` on, of `size` in all."""

    start: int
    size: int
    etag: str | None
    response: httpx.Response

    async def blocks(self) -> AsyncIterator[bytes]:
        """The bytes, as they arrive."""
        async for block in self.response.aiter_raw():
            yield block


class Downloads:
    """Downloads over one HTTP client. `patience`: seconds before each further try without progress."""

    def __init__(self, http: httpx.AsyncClient, address: Address, patience: Sequence[float]) -> None:
        self._http = http
        self._address = address
        self._patience = tuple(patience)

    @asynccontextmanager
    async def opened(
        self, path: str, *, start: int = 0, end: int | None = None, etag: str | None = None
    ) -> AsyncIterator[Incoming]:
        """Open `path` at the API, from byte `start` up to but without `end`. Raises ApiError, httpx.TransportError.

        With an `etag` the bytes come from their beginning if they are others by now.
        """
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if start or end is not None:
            headers["Range"] = f"bytes={start}-{end - 1 if end is not None else ''}"
            if etag is not None:
                headers["If-Range"] = f'"{etag}"'
        timeout = httpx.Timeout(SILENCE_SECONDS, connect=10)
        request = self._http.build_request("GET", path, headers=headers, timeout=timeout)
        response = await self._http.send(request, stream=True)
        try:
            if response.status_code not in (200, 206):
                await response.aread()
                raise self._refusal(response)
            yield self._incoming(response)
        finally:
            await response.aclose()

    async def to_file(
        self,
        path: str,
        target: Path,
        *,
        sha256: str | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Downloaded:
        """Download `path` at the API into a file. What is there after a failure is resumed, where `sha256` is known.

        The file gets its name when it is complete and its SHA-256 is that of the ETag, and the one given. Raises
        ApiError; Damaged when the bytes are not the ones that were uploaded.
        """
        if not overwrite:
            _require_free(target)
        part = _part_of(target, sha256)
        try:
            with _Part(part, sha256) as gathered:
                await asyncio.to_thread(gathered.resume)
                await self._gather(path, gathered, progress)
                gathered.check()
            await asyncio.to_thread(part.replace if overwrite else partial(_name_freely, part), target)
        except OSError as error:
            raise BadInput(f"{target} can not be written: {error.strerror or error}.") from error
        return Downloaded(target, gathered.length, gathered.digest)

    async def _gather(self, path: str, part: "_Part", progress: Progress | None) -> None:
        waits = iter(self._patience)
        while not part.complete:
            before = part.length
            try:
                async with self.opened(path, start=part.length, etag=part.etag) as incoming:
                    part.expect(incoming)
                    await _write(part, incoming, progress)
                    continue
            except httpx.TransportError as error:
                failure: ApiError = connection_lost(self._address, error, changing=False)
            except ApiError as error:
                if not error.passing:
                    raise
                failure = error
            if part.length > before:
                waits = iter(self._patience)
            wait = next(waits, None)
            if wait is None:
                raise failure
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311  # spreads clients, guards nothing

    def _refusal(self, response: httpx.Response) -> ApiError:
        try:
            data_of(self._address, response)
        except ApiError as error:
            told = error.extensions.get("passing")
            error.passing = response.status_code in BUSY and told is not False
            return error
        return UnexpectedAnswer(f"{self._address.url} does not give these bytes.")

    def _incoming(self, response: httpx.Response) -> Incoming:
        etag = response.headers.get("etag", "").strip('"') or None
        length = response.headers.get("content-length", "")
        if not length.isdecimal():
            raise UnexpectedAnswer(f"{self._address.url} does not say how many bytes come.")
        start, size = 0, int(length)
        if response.status_code == 206:
            told = _RANGE.fullmatch(response.headers.get("content-range", ""))
            if told is None or int(told[2]) - int(told[1]) + 1 != size:
                raise UnexpectedAnswer(f"{self._address.url} does not say which bytes come.")
            start, size = int(told[1]), int(told[3])
        return Incoming(start, size, etag, response)


async def _write(part: "_Part", incoming: Incoming, progress: Progress | None) -> None:
    """Write what comes, one block behind what is received. What has come is kept whatever happens."""
    gathered: list[bytes] = []
    size = 0
    writing: asyncio.Task[None] | None = None
    try:
        async for block in incoming.blocks():
            gathered.append(block)
            size += len(block)
            if size < BATCH_BYTES:
                continue
            if writing is not None:
                await asyncio.shield(writing)
                if progress is not None:
                    progress(part.length, part.size)
            full, gathered, size = gathered, [], 0
            writing = asyncio.create_task(asyncio.to_thread(part.add, full))
    finally:
        if writing is not None:
            await asyncio.wait((writing,))
        if writing is None or writing.exception() is None:
            part.add(gathered)
    if writing is not None:
        writing.result()
    if progress is not None:
        progress(part.length, part.size)


class _Part:
    """The file beside the target in which bytes are gathered, with the hash of those it holds."""

    def __init__(self, path: Path, sha256: str | None) -> None:
        self._path = path
        self._wanted = sha256
        self._hash = hashlib.sha256()
        self._file: FileIO | None = None
        self.length = 0
        self.size: int | None = None
        self.etag = sha256

    def __enter__(self) -> "_Part":
        self._file = self._path.open("r+b" if self._wanted and self._path.exists() else "w+b", buffering=0)
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close it. After a failure it stays only if there is something to go on from."""
        if self._file is not None:
            self._file.close()
        if error is not None and (isinstance(error, Damaged) or not self._path.stat().st_size):
            self._path.unlink(missing_ok=True)

    @property
    def complete(self) -> bool:
        return self.size is not None and self.length >= self.size

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def resume(self) -> None:
        """Hash what lies there of an earlier try."""
        assert self._file is not None
        while block := self._file.read(BLOCK_BYTES):
            self._hash.update(block)
            self.length += len(block)
        if self.length and self.digest == self._wanted:
            self.size = self.length

    def expect(self, incoming: Incoming) -> None:
        """Take up what comes: where we stand, or from the beginning."""
        assert self._file is not None
        if incoming.start != self.length:
            if incoming.start != 0:
                raise UnexpectedAnswer("The API sent other bytes than those that were asked for.")
            self._file.seek(0)
            self._file.truncate()
            self.length, self._hash = 0, hashlib.sha256()
        self.size, self.etag = incoming.size, incoming.etag

    def add(self, blocks: Sequence[bytes]) -> None:
        """Write blocks."""
        assert self._file is not None
        for block in blocks:
            written = self._file.write(block)
            if written != len(block):
                raise OSError(errno.ENOSPC, "the disk took only a part of it")
            self._hash.update(block)
            self.length += len(block)

    def check(self) -> None:
        """Raises Damaged when these are not the bytes that were uploaded."""
        assert self._file is not None
        told = self.etag if self.etag and _SHA256.fullmatch(self.etag) else None
        if (
            any(wanted not in (None, self.digest) for wanted in (self._wanted, told))
            or self.length != self.size
        ):
            raise Damaged(
                "What was downloaded is not what was uploaded (its SHA-256 differs), so it was thrown away. Try again; "
                "if it stays so, tell the organization's administrators."
            )


def _require_free(target: Path) -> None:
    if target.exists():
        raise BadInput(f"{target} exists already.")


def _name_freely(part: Path, target: Path) -> None:
    """Give a part its name, unless something has come to be called so meanwhile."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise BadInput(
            f"{target} has come to be there meanwhile and stays as it is. What was downloaded waits in {part.name}."
        ) from None
    except OSError:  # a file system without hard links
        _require_free(target)
        part.replace(target)
    else:
        part.unlink()


def _part_of(target: Path, sha256: str | None) -> Path:
    """Where bytes are gathered: beside the target, and for one content only."""
    ending = f".{sha256[:12]}.part" if sha256 else ".part"
    name = target.name.encode()[: _NAME_BYTES - len(ending)].decode("utf-8", "ignore")
    return target.with_name(name + ending)
