"""Opening: exactly the bytes that were stored, or an error; never an end that only looks like one."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dwtui.server.s3.faults import Kind
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.location import Location
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.transfer.failures import ObjectChangedError, TransferError
from dwtui.server.s3.transfer.opening import BLOCK_BYTES, OpenedObject, Span, open_object
from dwtui.server.s3.transfer.threads import Transfers
from tests.server.s3 import fault_proxy
from tests.server.s3.fault_proxy import Answer, Asked, Proxy, refusal
from tests.server.s3.lab import Lab

KEY = "p/a.bin"
CONTENT = bytes(range(256)) * 8_000
PATIENT = Patience(connect=5, read=20, attempts=1)
BRISK = Patience(connect=1, read=1, attempts=1)


@pytest.fixture
def transfers() -> Iterator[Transfers]:
    them = Transfers()
    yield them
    them.close()


@pytest.fixture
def bucket(lab: Lab) -> str:
    bucket = lab.bucket()
    lab.client("s3").put_object(Bucket=bucket, Key=KEY, Body=CONTENT)
    return bucket


def identity(lab: Lab, url: str, bucket: str, patience: Patience = PATIENT) -> Identity:
    location = Location(bucket, "p", endpoint_url=url)
    return Identity(location, lab.root, patience=patience, private_endpoints=True)


async def opened(transfers: Transfers, who: Identity, **options: Any) -> OpenedObject:
    return await open_object(transfers, who, KEY, **{"size": len(CONTENT), **options})


async def taken(opened: OpenedObject) -> bytes:
    try:
        return b"".join([block async for block in opened.blocks()])
    finally:
        await opened.aclose()


async def test_all_of_it_comes(lab: Lab, transfers: Transfers, bucket: str) -> None:
    them = await opened(transfers, identity(lab, lab.url, bucket), owner=lab.account)
    assert them.length == len(CONTENT)
    assert them.etag == hashlib.md5(CONTENT).hexdigest()
    assert await taken(them) == CONTENT


@pytest.mark.parametrize(
    ("start", "length"), [(0, 1), (1, 2_000_000), (BLOCK_BYTES, BLOCK_BYTES), (2_047_999, 1)]
)
async def test_a_span_of_it_comes(
    lab: Lab, transfers: Transfers, bucket: str, start: int, length: int
) -> None:
    them = await opened(transfers, identity(lab, lab.url, bucket), span=Span(start, length))
    assert await taken(them) == CONTENT[start : start + length]


@pytest.mark.parametrize("size", [len(CONTENT) - 1, len(CONTENT) + 1])
async def test_an_object_of_another_size_is_not_the_one_that_was_stored(
    lab: Lab, transfers: Transfers, bucket: str, size: int
) -> None:
    with pytest.raises(ObjectChangedError):
        await opened(transfers, identity(lab, lab.url, bucket), size=size)
    with pytest.raises(ObjectChangedError):
        await opened(transfers, identity(lab, lab.url, bucket), size=size, span=Span(0, 10))


async def test_an_object_of_the_same_size_is_told_by_its_etag(
    lab: Lab, transfers: Transfers, bucket: str
) -> None:
    with pytest.raises(ObjectChangedError) as changed:
        await opened(transfers, identity(lab, lab.url, bucket), span=Span(0, 10), etag="0" * 32)
    assert "overwritten" in changed.value.in_words


@pytest.mark.parametrize("cut", [0, 1, BLOCK_BYTES, len(CONTENT) - 1])
async def test_an_object_that_breaks_off_never_looks_complete(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str, cut: int
) -> None:
    def cutting(asked: Asked) -> Answer:
        return replace(fault_proxy._forward(proxy, asked), cut=cut)

    proxy.rules["GetObject"] = cutting
    them = await opened(transfers, identity(lab, proxy.url, bucket))
    with pytest.raises(TransferError) as failed:
        await taken(them)
    assert failed.value.passing


async def test_an_s3_that_stops_in_the_middle_is_not_waited_for(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str
) -> None:
    proxy.rules["GetObject"] = lambda asked: replace(fault_proxy._forward(proxy, asked), drip=20)
    them = await opened(transfers, identity(lab, proxy.url, bucket, BRISK))
    with pytest.raises(TransferError) as failed:
        await taken(them)
    assert failed.value.kind is Kind.BUSY
    assert "stopped sending" in failed.value.message


@pytest.mark.parametrize(
    ("code", "status", "kind", "says"),
    [
        ("NoSuchKey", 404, Kind.MISSING, "no longer in the bucket"),
        ("NoSuchBucket", 404, Kind.NO_BUCKET, "There is no bucket"),
        ("AccessDenied", 403, Kind.DENIED, "s3:GetObject"),
        ("InvalidAccessKeyId", 403, Kind.KEYS_UNKNOWN, "does not know the access key"),
        ("InvalidObjectState", 403, Kind.ARCHIVED, "archived"),
        ("SlowDown", 503, Kind.BUSY, "failed to answer"),
    ],
)
async def test_refusals_are_told_in_words(
    proxy: Proxy, lab: Lab, transfers: Transfers, bucket: str, code: str, status: int, kind: Kind, says: str
) -> None:
    proxy.rules["GetObject"] = refusal(code, status)
    with pytest.raises(TransferError) as failed:
        await opened(transfers, identity(lab, proxy.url, bucket))
    assert (failed.value.kind, failed.value.code) == (kind, code)
    assert says in failed.value.in_words


async def test_who_stops_taking_ends_the_request(lab: Lab, transfers: Transfers, bucket: str) -> None:
    them = await opened(transfers, identity(lab, lab.url, bucket))
    blocks = them.blocks()
    assert await anext(blocks) == CONTENT[:BLOCK_BYTES]
    await blocks.aclose()  # type: ignore[attr-defined]
    await them.aclose()
