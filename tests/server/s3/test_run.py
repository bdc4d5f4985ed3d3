"""How a verification runs: events, waiting for new keys, deadlines, cancelling, cleaning up."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing

import pytest

from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.results import (
    Actor,
    Event,
    Finished,
    Planned,
    Probe,
    ProbeFinished,
    ProbeStatus,
    Verdict,
    Waiting,
)
from dwtui.server.s3.verification import verify
from tests.server.s3.fault_proxy import Answer, Asked, Proxy, Rule, refusal
from tests.server.s3.lab import Lab
from tests.server.s3.verifying import BOTH, DATA, DOCUMENTS, result, verified


async def all_events(location: Location, keys: KeyPair | None, uses=BOTH, **options) -> list[Event]:
    return [event async for event in verify(location, keys, uses, private_endpoints=True, **options)]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


async def test_events_are_the_plan_then_each_probe_then_the_report(lab: Lab) -> None:
    events = await all_events(Location(lab.bucket(), endpoint_url=lab.url), lab.root)

    planned, *middle, last = events
    assert isinstance(planned, Planned)
    assert isinstance(last, Finished)
    finished = [event.result for event in middle if isinstance(event, ProbeFinished)]
    assert len(finished) == len(middle)
    assert sorted(r.probe for r in finished) == sorted(p.probe for p in planned.probes)
    assert {r.probe: r for r in finished} == {r.probe: r for r in last.report.probes}
    assert [(r.title, r.required) for r in last.report.probes] == [
        (p.title, p.required) for p in planned.probes
    ]


async def test_slow_probes_do_not_hold_up_the_others(lab: Lab, proxy: Proxy) -> None:
    """GetUser has no answer until all that does not depend on it has finished."""
    proxy.rules["GetUser"] = proxy.hang
    events = verify(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, BOTH, private_endpoints=True)
    seen = set()
    async with aclosing(events):
        async for event in events:
            if isinstance(event, ProbeFinished):
                seen.add(event.result.probe)
            if seen == set(Probe) - {Probe.IAM_USER}:
                proxy.released.set()
    assert seen == set(Probe)


async def test_new_keys_are_waited_for_with_a_countdown(lab: Lab, proxy: Proxy) -> None:
    asked = []

    def known_at_the_second_try(request: Asked) -> Answer | None:
        asked.append(request)
        return refusal("InvalidClientTokenId")(request) if len(asked) == 1 else None

    proxy.rules["GetCallerIdentity"] = known_at_the_second_try
    events = await all_events(
        Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA, wait_for_keys=60
    )
    waits = [event.seconds for event in events if isinstance(event, Waiting)]
    assert waits[0] == 60
    assert waits == sorted(set(waits), reverse=True)
    assert isinstance(events[-1], Finished)
    assert events[-1].report.verdict is Verdict.HEALTHY


async def test_s3_may_learn_of_new_keys_later_than_sts(lab: Lab, proxy: Proxy) -> None:
    asked = []

    def known_at_the_second_try(request: Asked) -> Answer | None:
        asked.append(request)
        return refusal("InvalidAccessKeyId")(request) if len(asked) == 1 else None

    proxy.rules["ListObjectsV2"] = known_at_the_second_try
    location = Location(lab.bucket(), endpoint_url=proxy.url)
    report = await verified(location, lab.root, DATA, wait_for_keys=60)
    assert result(report, Probe.LIST).status is ProbeStatus.PASS


async def test_waiting_ends(lab: Lab, proxy: Proxy) -> None:
    location = Location(lab.bucket(), endpoint_url=proxy.url)
    report = await verified(location, KeyPair("AKIAUNKNOWN123456789", "unknown-secret"), wait_for_keys=0.3)
    assert result(report, Probe.IDENTITY).error_code == "InvalidClientTokenId"
    assert len(proxy.seen("GetCallerIdentity")) == 2
    assert report.verdict is Verdict.UNHEALTHY


async def test_keys_are_asked_for_once_without_waiting(lab: Lab, proxy: Proxy) -> None:
    location = Location(lab.bucket(), endpoint_url=proxy.url)
    await verified(location, KeyPair("AKIAUNKNOWN123456789", "unknown-secret"))
    assert len(proxy.seen("GetCallerIdentity")) == 1


@pytest.mark.parametrize(("code", "status"), [("SlowDown", 503), ("", 502)])
async def test_service_trouble_is_inconclusive(lab: Lab, proxy: Proxy, code: str, status: int) -> None:
    for operation in ("ListObjectsV2", "PutObject", "CreateMultipartUpload", "GetObject"):
        proxy.rules[operation] = refusal(code, "Please reduce your request rate.", status)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root)
    assert result(report, Probe.LIST).status is ProbeStatus.INCONCLUSIVE
    assert result(report, Probe.PUT).status is ProbeStatus.INCONCLUSIVE
    assert not [r for r in report.probes if r.required and r.status is ProbeStatus.FAIL]
    assert report.verdict is Verdict.INCONCLUSIVE


async def test_one_slow_down_is_tried_again(lab: Lab, proxy: Proxy) -> None:
    proxy.rules["ListObjectsV2"] = lambda asked: (
        refusal("SlowDown", status=503)(asked) if len(proxy.seen("ListObjectsV2")) == 1 else None
    )
    location = Location(lab.bucket(), endpoint_url=proxy.url)
    report = await verified(location, lab.root, DATA, patience=Patience())
    assert result(report, Probe.LIST).status is ProbeStatus.PASS


@pytest.mark.parametrize("operation", ["GetCallerIdentity", "ListObjectsV2", "GetObject"])
async def test_half_answers_are_inconclusive(lab: Lab, proxy: Proxy, operation: str) -> None:
    whole = b"<ListBucketResult><Name>lab</Name><KeyCount>0</KeyCount></ListBucketResult>" * 3
    proxy.rules[operation] = lambda asked: Answer(200, whole, cut=40)
    bucket = lab.bucket()
    report = await verified(Location(bucket, endpoint_url=proxy.url), lab.root)
    assert not [r for r in report.probes if r.status is ProbeStatus.FAIL]
    if operation != "GetCallerIdentity":
        assert report.verdict is Verdict.INCONCLUSIVE
    assert lab.keys_in(bucket) == []


async def test_connection_refused_names_who_must_act(brisk: Patience) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        keys = KeyPair("AKIAEXAMPLE123456789", "some-secret-key")
        report = await verified(Location("lab-bucket", endpoint_url=url), keys, patience=brisk)
    bucket = result(report, Probe.BUCKET)
    assert (bucket.status, bucket.who_must_act) == (ProbeStatus.INCONCLUSIVE, Actor.BUCKET_OWNER)
    assert "host name and port" in bucket.remedy
    listing = result(report, Probe.LIST)
    assert (listing.status, listing.message) == (
        ProbeStatus.INCONCLUSIVE,
        "Not asked, since this had no answer: The bucket exists.",
    )
    assert report.verdict is Verdict.INCONCLUSIVE


async def test_unknown_host(brisk: Patience) -> None:
    keys = KeyPair("AKIAEXAMPLE123456789", "some-secret-key")
    location = Location("lab-bucket", endpoint_url="http://nowhere.invalid:9")
    report = await verified(location, keys, patience=brisk)
    assert result(report, Probe.BUCKET).status is ProbeStatus.INCONCLUSIVE
    assert "can not be reached" in result(report, Probe.BUCKET).message


async def test_black_hole_ends_in_bounded_time(lab: Lab, proxy: Proxy) -> None:
    """Connections are taken and nothing is ever answered; the deadline passes before any timeout does."""
    for operation in ("GetCallerIdentity", "HeadBucket"):
        proxy.rules[operation] = proxy.hang
    began = time.monotonic()
    patience = Patience(connect=30, read=30, attempts=1, overall=0.4, farewell=2)
    report = await verified(Location("lab-bucket", endpoint_url=proxy.url), lab.root, patience=patience)
    assert report.verdict is Verdict.INCONCLUSIVE
    assert {r.status for r in report.probes} == {ProbeStatus.INCONCLUSIVE}
    assert time.monotonic() - began < 10
    await until(lambda: not _threads())


async def test_answers_longer_than_any_of_s3_are_not_read(lab: Lab, proxy: Proxy) -> None:
    """They would fill the memory."""
    body = b"<ListBucketResult><Name>" + b"x" * 9_000_000 + b"</Name></ListBucketResult>"
    proxy.rules["ListObjectsV2"] = lambda asked: Answer(200, body)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    assert result(report, Probe.LIST).status is ProbeStatus.INCONCLUSIVE


DEEP = b"<a>" * 200_000 + b"</a>" * 200_000
WIDE = b"<ListBucketResult>" + b"<a/>" * 200_000 + b"</ListBucketResult>"
LAUGHS = b"".join(
    [
        b"<!DOCTYPE l [<!ENTITY a 'ha ha ha ha ha ha ha ha ha ha '>",
        *(b"<!ENTITY %c '%s'>" % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefgh"),
        b"]><Error><Code>AccessDenied</Code><Message>&h;</Message></Error>",
    ]
)


@pytest.mark.parametrize("body", [DEEP, WIDE, LAUGHS], ids=["deep", "wide", "laughs"])
@pytest.mark.parametrize("status", [200, 403])
async def test_xml_that_is_made_to_hurt_is_not_parsed(
    lab: Lab, proxy: Proxy, body: bytes, status: int
) -> None:
    """Some of it takes half a minute of CPU, or ends in an error that no probe expects."""
    proxy.rules["ListObjectsV2"] = lambda asked: Answer(status, body)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    found = result(report, Probe.LIST)
    if status == 403:
        assert (found.status, "was refused" in found.message) == (ProbeStatus.FAIL, True)
    else:
        assert (found.status, found.message) == (
            ProbeStatus.INCONCLUSIVE,
            "The answer to s3:ListBucket broke off or made no sense.",
        )
    assert "ha ha" not in found.message


async def test_a_page_that_is_full_is_parsed(lab: Lab, proxy: Proxy) -> None:
    entry = b"<Contents><Key>a</Key><Size>1</Size><Owner><ID>x</ID></Owner><ETag>e</ETag></Contents>"
    body = b"<ListBucketResult><Name>b</Name>" + entry * 1000 + b"</ListBucketResult>"
    proxy.rules["ListObjectsV2"] = lambda asked: Answer(200, body, {"Content-Type": "application/xml"})
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    assert result(report, Probe.LIST).status is ProbeStatus.PASS


async def test_headers_without_measure_are_not_kept(lab: Lab, proxy: Proxy) -> None:
    headers = {f"X-{number}": "x" * 60_000 for number in range(20)}
    proxy.rules["ListObjectsV2"] = lambda asked: Answer(403, b"", headers)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    assert result(report, Probe.LIST).status is ProbeStatus.INCONCLUSIVE


async def test_answers_that_drip_are_given_up(lab: Lab, proxy: Proxy) -> None:
    """Each byte comes in time, but the answer never ends."""
    proxy.rules["ListObjectsV2"] = lambda asked: Answer(200, b"<ListBucketResult>" * 1000, drip=0.02)
    patience = Patience(connect=1, read=0.2, attempts=1, overall=30, farewell=2)
    location = Location(lab.bucket(), endpoint_url=proxy.url)
    listing = result(await verified(location, lab.root, DATA, patience=patience), Probe.LIST)
    assert (listing.status, listing.message) == (
        ProbeStatus.INCONCLUSIVE,
        "The answer to s3:ListBucket broke off or made no sense.",
    )


@pytest.mark.parametrize("operation", ["GetObject", "UploadPart", "DeleteObject"])
async def test_closing_removes_what_was_written(lab: Lab, proxy: Proxy, operation: str) -> None:
    """Closed while a request is under way, with an object and an upload in the bucket."""
    bucket = lab.bucket()
    hanging = threading.Event()

    def hang_once(asked: Asked) -> Answer | None:
        if hanging.is_set():
            return None
        hanging.set()
        return proxy.hang(asked)

    proxy.rules[operation] = hang_once
    patience = Patience(connect=1, read=1, attempts=1, farewell=4)
    events = verify(
        Location(bucket, endpoint_url=proxy.url),
        lab.root,
        DOCUMENTS,
        private_endpoints=True,
        patience=patience,
    )

    async def consume() -> None:
        async with aclosing(events):
            async for _ in events:
                pass

    consumer = asyncio.create_task(consume())
    await until(lambda: hanging.is_set() and bool(lab.keys_in(bucket) + lab.uploads_in(bucket)))
    consumer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await consumer
    assert lab.keys_in(bucket) == lab.uploads_in(bucket) == []
    await until(lambda: not _threads())


async def test_closing_before_the_first_probe(lab: Lab) -> None:
    events = verify(Location("lab-bucket", endpoint_url=lab.url), lab.root, BOTH, private_endpoints=True)
    assert isinstance(await anext(events), Planned)
    await events.aclose()


def written_without_an_answer(lab: Lab, bucket: str) -> Rule:
    """The object was written, but the answer was lost: nobody knows."""

    def lost(asked: Asked) -> Answer:
        lab.client("s3").put_object(Bucket=bucket, Key=asked.path.split("/", 2)[2], Body=asked.body)
        return Answer(200, b"x" * 100, cut=10)

    return lost


async def test_write_without_an_answer_is_removed(lab: Lab, proxy: Proxy) -> None:
    bucket = lab.bucket()
    proxy.rules["PutObject"] = written_without_an_answer(lab, bucket)
    await verified(Location(bucket, endpoint_url=proxy.url), lab.root, DOCUMENTS)
    assert lab.keys_in(bucket) == []


async def test_a_bucket_that_is_slow_to_be_tidied_up_holds_up_nobody_else(lab: Lab, proxy: Proxy) -> None:
    """Neither other verifications nor the threads that the process has for odd jobs."""
    bucket = lab.bucket()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    proxy.rules["PutObject"] = written_without_an_answer(lab, bucket)
    proxy.rules["DeleteObject"] = proxy.hang
    patience = Patience(connect=5, read=5, attempts=1, farewell=60)
    slow = asyncio.create_task(
        verified(Location(bucket, endpoint_url=proxy.url), lab.root, DOCUMENTS, patience=patience)
    )
    await until(lambda: bool(proxy.seen("DeleteObject")))
    assert await asyncio.to_thread(lambda: "done") == "done"
    other = await verified(Location(lab.bucket(), endpoint_url=lab.url), lab.root, DATA)
    assert other.verdict is Verdict.HEALTHY
    assert not slow.done()
    proxy.released.set()
    await slow


async def test_what_the_service_says_is_bounded_and_holds_no_keys(lab: Lab, proxy: Proxy) -> None:
    keys = lab.root
    nasty = f"key {keys.access_key} secret {keys.reveal()} \x1b[31m\u202e AKIAOTHERKEY12345678 " + "x" * 5000
    escaped = nasty.replace("\x1b", "").replace("&", "&amp;").replace("<", "&lt;")
    proxy.rules["ListObjectsV2"] = refusal("AccessDenied", escaped)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), keys)
    text = repr(report)
    for secret in (keys.access_key, keys.reveal(), "AKIAOTHERKEY", "\u202e", "\x1b"):
        assert secret not in text
    assert f"…{keys.access_key[-4:]}" in result(report, Probe.LIST).message
    assert max(len(r.message) for r in report.probes) <= 600


def _threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("verification")]
