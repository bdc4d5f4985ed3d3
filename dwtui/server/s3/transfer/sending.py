"""Streams bytes into an object while they arrive: one request for small ones, a multipart upload for others."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterable, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from dwtui.server.s3.identity import Identity
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.subject import Owner
from dwtui.server.s3.transfer.buffers import Lease
from dwtui.server.s3.transfer.failures import (
    REFUSALS,
    NothingCameError,
    TooLargeError,
    TooSlowError,
    failure_of,
)
from dwtui.server.s3.transfer.removing import Remains, remove
from dwtui.server.s3.transfer.threads import Transfers

PART_BYTES = 5 * 1024 * 1024
"""The smallest part that S3 takes, unless it is the last: small parts keep the memory flat."""
MOST_PARTS = 10_000
IN_FLIGHT = 4
SLOWEST_PART = 30.0
"""Seconds that a client may take to fill a part while others wait for memory; without them, as long as it likes."""
_LOOK_AGAIN = 1.0
PATIENCE = Patience(connect=5, read=30, attempts=4)
"""For the identity of a transfer: S3 asks to slow down now and then, and a part is worth another try."""

Announce = Callable[[str], Awaitable[None]]
"""Is told the id of a multipart upload as soon as it is open, before any part is sent."""


@dataclass(frozen=True)
class Destination:
    """Where bytes go: the whole key. `owner`: the account that must own the bucket, when it is known; 12 digits."""

    key: str
    content_type: str
    owner: str | None = None

    @property
    def expected_owner(self) -> Owner:
        """The parameter with which a request insists on the owner."""
        return {"ExpectedBucketOwner": self.owner} if self.owner else {}


@dataclass(frozen=True)
class Stored:
    """What lies there now: bytes, SHA-256 in hexadecimal digits, S3's ETag and version id where it gave any."""

    size: int
    sha256: str
    etag: str | None
    version_id: str | None


@dataclass
class _Part:
    """Bytes that are gathered, or on their way: the first `length` of the body. The lease is what they may take up."""

    lease: Lease
    body: bytearray
    length: int = 0
    since: float = field(default_factory=time.monotonic)

    def fill(self, rest: memoryview) -> memoryview:
        """Put in as much as there is room for; what is left."""
        taken = min(len(self.body) - self.length, len(rest))
        self.body[self.length : self.length + taken] = rest[:taken]
        self.length += taken
        return rest[taken:]

    def drop(self) -> None:
        """Let go of the bytes, whoever still knows of the part, such as the traceback of a failure."""
        self.body = bytearray()

    def cut(self) -> bytearray:
        """The body without the room that was not needed."""
        del self.body[self.length :]
        return self.body


class Sending:
    """One object on its way into S3. The identity must be its own: it is cut off when the sending fails."""

    def __init__(
        self,
        transfers: Transfers,
        identity: Identity,
        destination: Destination,
        *,
        limit: int,
        at_most: int | None = None,
        announce: Announce | None = None,
    ) -> None:
        """`limit`: bytes that are allowed. `at_most`: bytes that can come, where that is known before."""
        self._transfers = transfers
        self._identity = identity
        self._to = destination
        self._limit = limit
        self._announce = announce
        self._part_bytes = max(PART_BYTES, -(-limit // (MOST_PARTS - 1)))
        self._lease_bytes = min(self._part_bytes, limit, limit if at_most is None else max(at_most, 1))
        self._sha256 = hashlib.sha256()
        self._hashing = asyncio.Lock()
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._leases: set[Lease] = set()
        self._gathered: _Part | None = None
        self._parts: dict[int, dict[str, Any]] = {}
        self.upload_id: str | None = None
        """The multipart upload, once there is one."""
        self.remains: Remains | None = None
        """After a failure: what may still lie in the bucket."""
        self._begun = False
        self._whole_asked = False

    async def run(self, blocks: AsyncIterable[bytes]) -> Stored:
        """Send all blocks. When it fails or is cancelled, nothing stays in the bucket but what `remains` says.

        Raises TransferError, TooLargeError, TooSlowError, NothingCameError, and what the blocks raise.
        """
        try:
            return await self._in_turn(blocks)
        except BaseException:
            self._identity.cut()
            unheard = self._begun and self.upload_id is None
            if self.upload_id is not None or self._whole_asked or unheard:
                self.remains = Remains(self._to.key, self.upload_id, self._whole_asked, unheard)
                await asyncio.shield(self._tidy(self.remains))
            raise
        finally:
            if self._gathered is not None:
                self._gathered.drop()
            for lease in self._leases:
                self._transfers.buffers.filled(lease)
                lease.give_back()

    async def _in_turn(self, blocks: AsyncIterable[bytes]) -> Stored:
        """As `_sent`, but whoever is slow while others wait is not waited for: a few could stop all others."""
        try:
            async with asyncio.timeout(None) as patience:
                watching = asyncio.create_task(self._watch(patience))
                try:
                    return await self._sent(blocks)
                finally:
                    watching.cancel()
        except TimeoutError:
            if patience.expired():
                raise TooSlowError from None
            raise

    async def _watch(self, patience: asyncio.Timeout) -> None:
        while True:
            await asyncio.sleep(min(_LOOK_AGAIN, SLOWEST_PART))
            part = self._gathered
            slow = part is not None and time.monotonic() - part.since > SLOWEST_PART
            if slow and part is not None and self._transfers.buffers.holds_up(part.lease):
                patience.reschedule(asyncio.get_running_loop().time())
                return

    async def _sent(self, blocks: AsyncIterable[bytes]) -> Stored:
        size = 0
        try:
            async with asyncio.TaskGroup() as group:
                part = await self._empty_part()
                async for block in blocks:
                    size += len(block)
                    if size > self._limit:
                        raise TooLargeError(self._limit)
                    part = await self._add(part, block, group)
                self._transfers.buffers.filled(part.lease)
                if self.upload_id is not None:
                    await self._ship(part, group)
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None  # the others failed because of it
        if size == 0:
            raise NothingCameError
        answer = await (self._complete() if self.upload_id is not None else self._put(part.cut()))
        version = answer.get("VersionId")
        return Stored(
            size,
            self._sha256.hexdigest(),
            answer.get("ETag", "").strip('"') or None,
            version if version != "null" else None,
        )

    async def _add(self, part: _Part, block: bytes, group: asyncio.TaskGroup) -> _Part:
        """Put a block into the part. A part that is full is sent as soon as more comes; the part to go on with."""
        rest = part.fill(memoryview(block))
        while rest:
            if self.upload_id is None:
                await self._begin()
            await self._ship(part, group)
            part = await self._empty_part()
            rest = part.fill(rest)
        return part

    async def _empty_part(self) -> _Part:
        lease = await self._transfers.buffers.take(self._lease_bytes)
        self._leases.add(lease)
        self._transfers.buffers.filling(lease)
        self._gathered = _Part(lease, self._transfers.buffers.whole(self._lease_bytes))
        return self._gathered

    async def _ship(self, part: _Part, group: asyncio.TaskGroup) -> None:
        """Begin to send a part, in a task of its own."""
        self._transfers.buffers.filled(part.lease)
        await self._slots.acquire()
        body = part.cut()
        number = len(self._parts) + 1
        self._parts[number] = {"PartNumber": number}
        group.create_task(self._send_part(number, body, part.lease))

    async def _send_part(self, number: int, body: bytearray, lease: Lease) -> None:
        hashing = asyncio.create_task(self._hash(body))
        arrived = False
        try:
            answer = await self._ask(
                "upload_part",
                "s3:PutObject",
                UploadId=self.upload_id,
                PartNumber=number,
                Body=body,
                checked=True,
            )
            arrived = True
        finally:
            await hashing
            if not arrived:
                with suppress(BufferError):  # a thread that did not end in time still has hold of it
                    body.clear()
            lease.give_back()
            self._leases.discard(lease)
            self._slots.release()
        if len(body) == PART_BYTES:
            self._transfers.buffers.keep(body)
        self._parts[number] |= {name: answer[name] for name in ("ETag", "ChecksumCRC32") if name in answer}

    async def _hash(self, body: bytearray) -> None:
        async with self._hashing:  # first come, first served: in the order of the parts
            await self._transfers.do(lambda: self._sha256.update(body))

    async def _begin(self) -> None:
        self._begun = True
        answer = await self._ask(
            "create_multipart_upload", "s3:PutObject", ContentType=self._to.content_type, checked=True
        )
        self.upload_id = answer["UploadId"]
        if self._announce is not None:
            await self._announce(answer["UploadId"])

    async def _put(self, body: bytearray) -> Any:
        self._whole_asked = True
        await self._hash(body)
        return await self._ask(
            "put_object", "s3:PutObject", Body=body, ContentType=self._to.content_type, checked=True
        )

    async def _complete(self) -> Any:
        self._whole_asked = True
        parts = [self._parts[number] for number in sorted(self._parts)]
        return await self._ask(
            "complete_multipart_upload",
            "s3:PutObject",
            UploadId=self.upload_id,
            MultipartUpload={"Parts": parts},
        )

    async def _ask(self, operation: str, action: str, *, checked: bool = False, **parameters: Any) -> Any:
        """Ask S3 in a thread; `checked`: with a checksum where that is usual. Raises TransferError."""

        def ask() -> Any:
            if checked and _wants_checksums(self._identity):
                parameters["ChecksumAlgorithm"] = "CRC32"
            return getattr(self._identity.s3, operation)(
                Bucket=self._identity.location.bucket,
                Key=self._to.key,
                **parameters,
                **self._to.expected_owner,
            )

        try:
            return await self._transfers.ask(self._identity, ask)
        except REFUSALS as error:
            raise failure_of(error, self._identity, action) from error

    async def _tidy(self, remains: Remains) -> None:
        if await remove(self._transfers, self._identity, remains, self._to.owner):
            self.remains = None


def _wants_checksums(identity: Identity) -> bool:
    """Whether the client is to compute a checksum of each body, which AWS insists on in buckets with Object Lock.

    Other servers may stumble over it; without TLS the signature covers the body.
    """
    on_aws = identity.location.endpoint_url is None
    return on_aws and identity.s3.meta.endpoint_url.startswith("https:")
