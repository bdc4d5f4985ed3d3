"""Sending: what arrives in S3 is what was given, and whatever goes wrong, nothing stays there."""

import asyncio
import hashlib
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dwtui.server.s3.faults import Kind
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.location import Location
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.transfer.failures import NothingCameError, TooLargeError, TooSlowError, TransferError
from dwtui.server.s3.transfer.sending import PART_BYTES, Destination, Sending, Stored
from dwtui.server.s3.transfer.threads import Transfers
from tests.server.s3.fault_proxy import Answer, Asked, Proxy, refusal
from tests.server.s3.lab import Lab

KEY = "p/dewrangle/a.bin"
PATIENT = Patience(connect=5, read=20, attempts=2)
BRISK = Patience(connect=1, read=1, attempts=2)
LIMIT = 100_000_000


@pytest.fixture
def transfers() -> Iterator[Transfers]:
    them = Transfers()
    yield them
    them.close()


@pytest.fixture
def bucket(lab: Lab) -> str:
    return lab.bucket()


def identity(lab: Lab, url: str, bucket: str, patience: Patience = PATIENT) -> Identity:
    location = Location(bucket, "p", endpoint_url=url)
    return Identity(location, lab.root, patience=patience, private_endpoints=True)


async def pieces(content: bytes, size: int = 200_000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def content_of(size: int) -> bytes:
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


def a_sending(transfers: Transfers, who: Identity, **options: Any) -> Sending:
    destination = Destination(KEY, "text/csv", options.pop("owner", None))
    return Sending(transfers, who, destination, **{"limit": LIMIT, **options})


async def sent(transfers: Transfers, who: Identity, content: bytes, **options: Any) -> Stored:
    return await a_sending(transfers, who, **options).run(pieces(content))


@pytest.mark.parametrize(
    "size", [1, 1000, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, 13_000_000]
)
async def test_what_lies_there_is_what_was_sent(
    lab: Lab, transfers: Transfers, bucket: str, size: int
) -> None:
    content, announced = content_of(size), []

    async def announce(upload_id: str) -> None:
        announced.append(upload_id)

    stored = await sent(transfers, identity(lab, lab.url, bucket), content, announce=announce)
    found = lab.client("s3").get_object(Bucket=bucket, Key=KEY)
    assert found["Body"].read() == content
    assert found["ContentType"] == "text/csv"
    assert (stored.size, stored.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert f'"{stored.etag}"' == found["ETag"]
    assert len(announced) == (1 if size > PART_BYTES else 0)
    assert lab.uploads_in(bucket) == []


async def test_a_small_file_is_one_request(proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str) -> None:
    await sent(transfers, identity(lab, proxy.url, bucket), b"x" * 20_000)
    assert proxy.operations() == ["PutObject"]


async def test_the_owner_of_the_bucket_is_insisted_on(lab: Lab, transfers: Transfers, bucket: str) -> None:
    who = identity(lab, lab.url, bucket)
    await sent(transfers, who, b"1", owner=lab.account)
    with pytest.raises(TransferError) as refused:
        await sent(transfers, who, content_of(PART_BYTES + 1), owner="999999999999")
    assert refused.value.kind is Kind.DENIED


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 70_000), max_size=12))
async def test_blocks_of_any_size_are_put_together(
    lab: Lab, transfers: Transfers, bucket: str, sizes: list[int]
) -> None:
    blocks = [bytes([number]) * size for number, size in enumerate(sizes)]

    async def given_blocks() -> AsyncIterator[bytes]:
        for block in blocks:
            yield block

    sending = a_sending(transfers, identity(lab, lab.url, bucket))
    if not any(blocks):
        with pytest.raises(NothingCameError):
            await sending.run(given_blocks())
        return
    stored = await sending.run(given_blocks())
    assert stored.sha256 == hashlib.sha256(b"".join(blocks)).hexdigest()


async def test_nothing_is_asked_of_s3_for_a_file_without_bytes(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str
) -> None:
    with pytest.raises(NothingCameError):
        await sent(transfers, identity(lab, proxy.url, bucket), b"")
    assert proxy.operations() == []


@pytest.mark.parametrize(("limit", "size"), [(1000, 1001), (12_000_000, 12_000_001)])
async def test_too_much_is_given_up_as_soon_as_it_is_too_much(
    lab: Lab, transfers: Transfers, bucket: str, limit: int, size: int
) -> None:
    sending = a_sending(transfers, identity(lab, lab.url, bucket), limit=limit)
    with pytest.raises(TooLargeError):
        await sending.run(pieces(content_of(size)))
    assert (lab.keys_in(bucket), lab.uploads_in(bucket), sending.remains) == ([], [], None)
    assert (
        await sent(transfers, identity(lab, lab.url, bucket), content_of(limit), limit=limit)
    ).size == limit


class Cut(Exception):
    """The client's connection broke."""


@pytest.mark.parametrize("after", [0, 1, 4_000_000, PART_BYTES + 1_000_000, 11_000_000])
@pytest.mark.parametrize("how", ["breaks", "cancelled"])
async def test_an_upload_that_is_cut_off_leaves_nothing(
    lab: Lab, transfers: Transfers, bucket: str, after: int, how: str
) -> None:
    given_all = asyncio.Event()

    async def broken() -> AsyncIterator[bytes]:
        async for block in pieces(content_of(after)):
            yield block
        given_all.set()
        if how == "breaks":
            raise Cut
        await asyncio.Event().wait()

    sending = a_sending(transfers, identity(lab, lab.url, bucket))
    running = asyncio.create_task(sending.run(broken()))
    await given_all.wait()
    if how == "cancelled":
        running.cancel()
    with pytest.raises(Cut if how == "breaks" else asyncio.CancelledError):
        await running
    assert (lab.keys_in(bucket), lab.uploads_in(bucket), sending.remains) == ([], [], None)
    assert transfers.buffers.free == transfers.buffers.size


def nth(number: int, answer: Any) -> Any:
    """A rule: the answer for the n-th such request, and for those that try it again."""
    parts: list[str] = []

    def rule(asked: Asked) -> Answer | None:
        part = asked.query.get("partNumber", ["1"])[0]
        parts.append(part)
        return answer(asked) if part == str(number) else None

    return rule


@pytest.mark.parametrize("part", [1, 2, 3])
@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("SlowDown", 503, Kind.BUSY),
        ("InvalidAccessKeyId", 403, Kind.KEYS_UNKNOWN),
        ("AccessDenied", 403, Kind.DENIED),
    ],
)
async def test_a_part_that_s3_refuses_ends_the_upload_and_leaves_nothing(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str, part: int, code: str, status: int, kind: Kind
) -> None:
    proxy.rules["UploadPart"] = nth(part, refusal(code, status))
    sending = a_sending(transfers, identity(lab, proxy.url, bucket))
    with pytest.raises(TransferError) as failed:
        await sending.run(pieces(content_of(13_000_000)))
    assert (failed.value.kind, failed.value.code) == (kind, code)
    assert failed.value.passing == (kind is Kind.BUSY)
    assert failed.value.remedy
    assert (lab.keys_in(bucket), lab.uploads_in(bucket), sending.remains) == ([], [], None)
    assert transfers.buffers.free == transfers.buffers.size


async def test_s3_may_ask_to_slow_down_once(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str
) -> None:
    asked_before: set[str] = set()

    def first_time(asked: Asked) -> Answer | None:
        part = asked.query["partNumber"][0]
        if part in asked_before:
            return None
        asked_before.add(part)
        return refusal("SlowDown", 503)(asked)

    proxy.rules["UploadPart"] = first_time
    content = content_of(11_000_000)
    stored = await sent(transfers, identity(lab, proxy.url, bucket), content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert lab.client("s3").get_object(Bucket=bucket, Key=KEY)["Body"].read() == content


@pytest.mark.parametrize(
    "operation", ["PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"]
)
async def test_an_s3_that_stalls_is_not_waited_for_without_end(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str, operation: str
) -> None:
    proxy.rules[operation] = proxy.hang
    sending = a_sending(transfers, identity(lab, proxy.url, bucket, BRISK))
    size = 100 if operation == "PutObject" else PART_BYTES + 1
    with pytest.raises(TransferError) as failed:
        await sending.run(pieces(content_of(size)))
    assert failed.value.kind is Kind.BUSY
    assert (lab.keys_in(bucket), lab.uploads_in(bucket)) == ([], [])


async def test_what_can_not_be_removed_is_told(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str
) -> None:
    proxy.rules["UploadPart"] = refusal("AccessDenied", 403)
    proxy.rules["AbortMultipartUpload"] = refusal("AccessDenied", 403)
    sending = a_sending(transfers, identity(lab, proxy.url, bucket))
    with pytest.raises(TransferError):
        await sending.run(pieces(content_of(PART_BYTES + 1)))
    assert sending.remains is not None
    assert (sending.remains.key, sending.remains.upload_id) == (KEY, sending.upload_id)


async def test_a_journal_that_can_not_be_written_ends_the_upload(
    lab: Lab, transfers: Transfers, bucket: str
) -> None:
    async def announce(_: str) -> None:
        raise Cut

    with pytest.raises(Cut):
        await sent(transfers, identity(lab, lab.url, bucket), content_of(PART_BYTES + 1), announce=announce)
    assert lab.uploads_in(bucket) == []


async def test_no_bucket(lab: Lab, transfers: Transfers) -> None:
    with pytest.raises(TransferError) as failed:
        await sent(transfers, identity(lab, lab.url, "not-there-at-all"), b"1")
    assert failed.value.kind is Kind.NO_BUCKET


async def test_uploads_wait_for_their_share_of_the_memory(lab: Lab, bucket: str) -> None:
    """Ten at once with room for two: none holds more than its share, and all of them arrive."""
    transfers = Transfers(2 * PART_BYTES)
    lowest = transfers.buffers.size

    async def watched(content: bytes) -> AsyncIterator[bytes]:
        nonlocal lowest
        async for block in pieces(content):
            lowest = min(lowest, transfers.buffers.free)
            assert transfers.buffers.free >= 0
            yield block
            await asyncio.sleep(0)

    async def one(number: int) -> Stored:
        content = bytes([number]) * (PART_BYTES + 1000)
        sending = Sending(
            transfers, identity(lab, lab.url, bucket), Destination(f"p/{number}", "text/csv"), limit=LIMIT
        )
        return await sending.run(watched(content))

    stored = await asyncio.gather(*(one(number) for number in range(10)))
    assert [it.size for it in stored] == [PART_BYTES + 1000] * 10
    assert lowest == 0
    assert transfers.buffers.free == transfers.buffers.size
    transfers.close()


async def test_slow_ones_make_way_when_others_wait(
    transfers: Transfers, lab: Lab, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dwtui.server.s3.transfer.sending.SLOWEST_PART", 0.2)
    first_came = asyncio.Event()

    async def dripping() -> AsyncIterator[bytes]:
        yield b"1"
        first_came.set()
        await asyncio.Event().wait()

    few = Transfers(PART_BYTES)
    with identity(lab, lab.url, bucket) as slow, identity(lab, lab.url, bucket) as quick:
        dripped = asyncio.create_task(a_sending(few, slow).run(dripping()))
        await first_came.wait()
        stored = await asyncio.wait_for(sent(few, quick, content_of(PART_BYTES + 1)), 20)
        assert stored.size == PART_BYTES + 1
        with pytest.raises(TooSlowError):
            await dripped
    assert few.buffers.free == PART_BYTES
    few.close()


async def test_what_failed_holds_no_bytes(transfers: Transfers, lab: Lab, bucket: str) -> None:
    async def breaking_off() -> AsyncIterator[bytes]:
        yield b"1"
        raise RuntimeError("broken off")

    failures = []
    tracemalloc.start()
    with identity(lab, lab.url, bucket) as who:
        for _ in range(8):
            with pytest.raises(RuntimeError) as caught:
                await a_sending(transfers, who).run(breaking_off())
            failures.append(caught.value)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < PART_BYTES
