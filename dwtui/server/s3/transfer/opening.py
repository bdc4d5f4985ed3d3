"""Opens an object and gives its bytes block by block, no faster than they are taken."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from botocore.exceptions import ReadTimeoutError
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.exceptions import ReadTimeoutError as PoolReadTimeoutError

from dwtui.server.s3.faults import Kind
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.transfer.failures import (
    CHANGED,
    REFUSALS,
    RESTORE,
    ObjectChangedError,
    TransferError,
    failure_of,
)
from dwtui.server.s3.transfer.threads import Transfers

BLOCK_BYTES = 256 * 1024
SLOWEST_BLOCK = 60.0
"""Seconds in which S3 must give the next block; slower, it counts as stalled."""


class Span(NamedTuple):
    """A part of an object: its first byte, counted from 0, and how many follow with it."""

    start: int
    length: int


class OpenedObject:
    """An object that S3 has begun to give. Take `blocks`, then close it, whatever happened."""

    def __init__(
        self, transfers: Transfers, identity: Identity, answer: Any, length: int, sha256: str | None
    ) -> None:
        self._transfers = transfers
        self._identity = identity
        self._body = answer["Body"]
        self._taken = 0
        self._wanted = sha256
        self._hash = hashlib.sha256()
        self.length = length
        """How many bytes come."""
        self.etag: str | None = answer.get("ETag", "").strip('"') or None
        self.version_id: str | None = answer.get("VersionId")

    async def blocks(self) -> AsyncIterator[bytes]:
        """The bytes; exactly `length` of them, or TransferError. The next block is fetched while one is used.

        The last block is given only when the SHA-256 of all is the one that was wanted.
        """
        next_block = asyncio.create_task(self._block())
        try:
            while block := await next_block:
                self._taken += len(block)
                if self._taken >= self.length:
                    self._check()
                else:
                    next_block = asyncio.create_task(self._block())
                yield block
                if self._taken >= self.length:
                    return
            raise _broken_off()
        finally:
            if not next_block.done():
                next_block.cancel()
                await asyncio.wait((next_block,))
            if not next_block.cancelled():
                next_block.exception()

    async def aclose(self) -> None:
        """Give the connection back; where S3 still sends, the identity is cut off."""
        if self._taken < self.length:
            self._identity.cut()
        self._body.close()

    async def _block(self) -> bytes:
        try:
            async with asyncio.timeout(SLOWEST_BLOCK):
                size = min(BLOCK_BYTES, self.length - self._taken)
                return await self._transfers.ask(self._identity, lambda: self._read(size))
        except TimeoutError:
            raise _stalled() from None
        except (ReadTimeoutError, PoolReadTimeoutError) as error:
            raise _stalled() from error
        except (*REFUSALS, HTTPError, ProtocolError, OSError) as error:
            raise _broken_off() from error

    def _read(self, size: int) -> bytes:
        block: bytes = self._body.read(size)
        if self._wanted is not None:
            self._hash.update(block)
        return block

    def _check(self) -> None:
        if self._wanted not in (None, self._hash.hexdigest()):
            raise ObjectChangedError(CHANGED, remedy=RESTORE)


async def open_object(
    transfers: Transfers,
    identity: Identity,
    key: str,
    *,
    size: int,
    span: Span | None = None,
    etag: str | None = None,
    owner: str | None = None,
    version_id: str | None = None,
    sha256: str | None = None,
) -> OpenedObject:
    """Open an object of a known size, or a span of it. The identity must be its own.

    `sha256` is that of the whole object, so it goes with no span; `etag` and `version_id` are what S3 gave when it was
    stored. Raises TransferError; ObjectChangedError when the object is not that one any more.
    """
    wanted = span or Span(0, size)
    given = {
        "Range": f"bytes={span.start}-{span.start + span.length - 1}" if span else None,
        "IfMatch": f'"{etag}"' if etag else None,
        "ExpectedBucketOwner": owner,
        "VersionId": version_id,
    }

    def ask() -> Any:
        return identity.s3.get_object(
            Bucket=identity.location.bucket,
            Key=key,
            **{name: value for name, value in given.items() if value is not None},  # type: ignore[arg-type]
        )

    try:
        answer = await transfers.ask(identity, ask)
    except REFUSALS as error:
        raise failure_of(error, identity, "s3:GetObject") from error
    opened = OpenedObject(transfers, identity, answer, wanted.length, sha256)
    if not _fits(answer, wanted, size):
        await opened.aclose()
        raise ObjectChangedError(
            "The object in the bucket does not have the size that was uploaded: it was overwritten.",
            remedy=RESTORE,
        )
    return opened


def _fits(answer: Any, wanted: Span, size: int) -> bool:
    """Whether S3 gives the bytes that were asked for, of an object of that size."""
    if answer["ContentLength"] != wanted.length:
        return False
    if answer["ResponseMetadata"]["HTTPStatusCode"] != 206:
        return wanted == (0, size)
    last = wanted.start + wanted.length - 1
    return bool(answer.get("ContentRange") == f"bytes {wanted.start}-{last}/{size}")


def _stalled() -> TransferError:
    return TransferError(
        "S3 stopped sending in the middle of the object.", kind=Kind.BUSY, remedy="Try again later."
    )


def _broken_off() -> TransferError:
    return TransferError(
        "S3 broke the object off before its end.", kind=Kind.GARBLED, remedy="Try again later."
    )
