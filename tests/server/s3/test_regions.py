"""Finding the region a bucket lies in."""

import pytest

from dwtui.server.s3.location import Location
from dwtui.server.s3.results import Actor, Probe, ProbeStatus, Verdict
from tests.server.s3.fault_proxy import Answer, Proxy, refusal
from tests.server.s3.lab import Lab
from tests.server.s3.verifying import DATA, result, verified


def signed_for(asked) -> str:
    """The region in a request's signature."""
    return asked.headers["authorization"].split("Credential=")[1].split("/")[2]


@pytest.mark.parametrize("status", [301, 400, 403])
async def test_region_in_the_head_answers_header(lab: Lab, proxy: Proxy, status: int) -> None:
    def head(asked):
        if status != 403 and signed_for(asked) == "eu-central-1":
            return Answer(200, headers={"x-amz-bucket-region": "eu-central-1"})
        return Answer(status, headers={"x-amz-bucket-region": "eu-central-1"})

    proxy.rules["HeadBucket"] = head
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)

    assert result(report, Probe.BUCKET).status is ProbeStatus.PASS
    assert report.region == "eu-central-1"
    assert report.verdict is Verdict.HEALTHY
    assert {signed_for(asked) for asked in proxy.seen("ListObjectsV2")} == {"eu-central-1"}


async def test_region_in_the_listings_error(lab: Lab, proxy: Proxy) -> None:
    """A HEAD has no body; some servers name the region only in a body."""

    def listing(asked):
        if signed_for(asked) == "garage":
            return None
        return refusal("AuthorizationHeaderMalformed", "wrong", 400, "<Region>garage</Region>")(asked)

    proxy.rules["HeadBucket"] = lambda asked: Answer(200 if signed_for(asked) == "garage" else 400)
    proxy.rules["ListObjectsV2"] = listing
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    assert report.region == "garage"
    assert result(report, Probe.LIST).status is ProbeStatus.PASS


async def test_region_that_nobody_names(lab: Lab, proxy: Proxy) -> None:
    proxy.rules["HeadBucket"] = lambda asked: Answer(400)
    proxy.rules["ListObjectsV2"] = refusal("AuthorizationHeaderMalformed", "wrong", 400)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    bucket = result(report, Probe.BUCKET)
    assert (bucket.status, bucket.who_must_act) == (ProbeStatus.FAIL, Actor.BUCKET_OWNER)
    assert "region" in bucket.remedy
    assert result(report, Probe.LIST).status is ProbeStatus.SKIP


async def test_region_that_is_given_is_signed_for(lab: Lab, proxy: Proxy) -> None:
    proxy.rules["HeadBucket"] = lambda asked: Answer(200)
    location = Location(lab.bucket(), endpoint_url=proxy.url, region="eu-west-3")
    report = await verified(location, lab.root, DATA)
    assert report.region == "eu-west-3"
    assert {signed_for(asked) for asked in proxy.seen("HeadBucket")} == {"eu-west-3"}


@pytest.mark.parametrize("region", ["evil.example/#", "a" * 80])
async def test_nonsense_is_no_region(lab: Lab, proxy: Proxy, region: str) -> None:
    proxy.rules["HeadBucket"] = lambda asked: Answer(403, headers={"x-amz-bucket-region": region})
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    assert report.region is None
    assert report.verdict is Verdict.HEALTHY
