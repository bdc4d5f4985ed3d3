"""What denials and broken answers are said to mean, and who is told to act."""

import json

import pytest

from dwtui.server.s3.location import Location
from dwtui.server.s3.results import Actor, Probe, ProbeStatus, Verdict
from tests.server.s3.fault_proxy import Answer, Proxy, Rule, found, refusal
from tests.server.s3.lab import Lab
from tests.server.s3.verifying import BOTH, DATA, DOCUMENTS, result, verified

KEY = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4444-8888-aabbccddeeff"
DENIED = 'User: arn:aws:iam::1:user/u is not authorized to perform: {action} on resource: "{arn}" {why}'


@pytest.fixture
def location(lab: Lab, proxy: Proxy) -> Location:
    bucket = lab.bucket()
    lab.client("s3").put_object(Bucket=bucket, Key="lab/source/a.cram", Body=b"CRAM")
    return Location(bucket, "lab", endpoint_url=proxy.url)


def denied(action: str, why: str, arn: str = "arn:aws:s3:::b/k") -> Rule:
    return refusal("AccessDenied", DENIED.format(action=action, arn=arn, why=why))


async def test_denial_is_explained_with_what_grants_it(location: Location, proxy: Proxy, lab: Lab) -> None:
    proxy.rules["PutObject"] = denied("s3:PutObject", "because no identity-based policy allows it")
    report = await verified(location, lab.root, DOCUMENTS)
    put = result(report, Probe.PUT)
    assert (put.status, put.who_must_act) == (ProbeStatus.FAIL, Actor.IAM_USER_OWNER)
    assert (put.error_code, put.request_id) == ("AccessDenied", "R3QU35T")
    assert report.verdict is Verdict.UNHEALTHY
    assert "s3:PutObject" in json.loads(put.statement)["Action"]


@pytest.mark.parametrize(
    ("operation", "action", "probe"),
    [
        ("PutObject", "kms:GenerateDataKey", Probe.PUT),
        ("GetObject", "kms:Decrypt", Probe.GET),
        ("UploadPart", "kms:Decrypt", Probe.MULTIPART),
    ],
)
async def test_refused_kms_key(
    location: Location, proxy: Proxy, lab: Lab, operation: str, action: str, probe: Probe
) -> None:
    proxy.rules[operation] = denied(action, "because no resource-based policy allows it", KEY)
    refused = result(await verified(location, lab.root, DOCUMENTS), probe)
    assert (refused.status, refused.who_must_act) == (ProbeStatus.FAIL, Actor.KMS_KEY_OWNER)
    assert action in refused.remedy
    assert json.loads(refused.statement)["Resource"] == [KEY]


async def test_unusable_kms_key(location: Location, proxy: Proxy, lab: Lab) -> None:
    proxy.rules["PutObject"] = refusal("KMS.DisabledException", "it is disabled", 400)
    put = result(await verified(location, lab.root, DOCUMENTS), Probe.PUT)
    assert (put.status, put.who_must_act) == (ProbeStatus.FAIL, Actor.KMS_KEY_OWNER)
    assert put.error_code == "KMS.DisabledException"


@pytest.mark.parametrize(
    ("code", "status", "who", "found_status"),
    [
        ("InvalidClientTokenId", 403, Actor.IAM_USER_OWNER, ProbeStatus.FAIL),
        ("SignatureDoesNotMatch", 403, Actor.IAM_USER_OWNER, ProbeStatus.FAIL),
        ("RequestTimeTooSkewed", 403, Actor.OPERATOR, ProbeStatus.INCONCLUSIVE),
    ],
)
async def test_keys_that_sts_refuses(
    location: Location,
    proxy: Proxy,
    lab: Lab,
    code: str,
    status: int,
    who: Actor,
    found_status: ProbeStatus,
) -> None:
    proxy.rules["GetCallerIdentity"] = refusal(code, "no", status)
    identity = result(await verified(location, lab.root), Probe.IDENTITY)
    assert (identity.status, identity.error_code, identity.who_must_act) == (found_status, code, who)


async def test_root_keys_are_refused(location: Location, proxy: Proxy, lab: Lab) -> None:
    proxy.rules["GetCallerIdentity"] = found(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:root</Arn>"
        "<UserId>111122223333</UserId><Account>111122223333</Account></GetCallerIdentityResult>"
        "</GetCallerIdentityResponse>"
    )
    report = await verified(location, lab.root)
    assert result(report, Probe.IDENTITY).status is ProbeStatus.FAIL
    assert "root" in result(report, Probe.IDENTITY).message
    assert report.verdict is Verdict.UNHEALTHY
    assert "PutObject" not in proxy.operations()


async def test_service_without_sts_and_iam(location: Location, proxy: Proxy, lab: Lab) -> None:
    for operation in ("GetCallerIdentity", "GetUser", "ListAccessKeys", "ListAccountAliases", "ListUsers"):
        proxy.rules[operation] = lambda asked: Answer(
            405, b"<Error><Code>MethodNotAllowed</Code></Error>", {"Content-Type": "application/xml"}
        )
    report = await verified(location, lab.root)

    skipped = {r.probe for r in report.probes if r.status is ProbeStatus.SKIP}
    assert {Probe.IDENTITY, Probe.OWNER, Probe.IAM_USER, Probe.KEY_AGE, Probe.ACCOUNT_ALIAS} <= skipped
    assert report.verdict is Verdict.HEALTHY
    assert report.account_id is None


@pytest.mark.parametrize(
    ("status", "body"),
    [(404, b"<html>It works!</html>"), (400, b""), (403, b"<Error><Code>AccessDenied</Code></Error>")],
)
async def test_what_knows_s3_but_not_sts_is_no_failure(
    location: Location, proxy: Proxy, lab: Lab, body: bytes, status: int
) -> None:
    proxy.rules["GetCallerIdentity"] = lambda asked: Answer(status, body)
    report = await verified(location, lab.root, DATA)
    assert result(report, Probe.IDENTITY).status is ProbeStatus.SKIP
    assert report.verdict is Verdict.HEALTHY


async def test_wrong_secret_shows_in_the_listing_where_there_is_no_sts(
    location: Location, proxy: Proxy, lab: Lab
) -> None:
    proxy.rules["GetCallerIdentity"] = lambda asked: Answer(405)
    proxy.rules["ListObjectsV2"] = refusal("SignatureDoesNotMatch", "no")
    report = await verified(location, lab.root)
    listing = result(report, Probe.LIST)
    assert (listing.status, listing.who_must_act) == (ProbeStatus.FAIL, Actor.IAM_USER_OWNER)
    assert "secret access key" in listing.message


async def test_requester_pays(location: Location, proxy: Proxy, lab: Lab) -> None:
    def list_for_payers(asked):
        return (
            None
            if asked.headers.get("x-amz-request-payer") == "requester"
            else refusal("AccessDenied")(asked)
        )

    proxy.rules["ListObjectsV2"] = list_for_payers
    report = await verified(location, lab.root)
    pays = result(report, Probe.REQUESTER_PAYS)
    assert (pays.status, pays.who_must_act) == (ProbeStatus.FAIL, Actor.BUCKET_OWNER)
    assert report.verdict is Verdict.UNHEALTHY


async def test_foreign_bucket_is_warned_of(location: Location, proxy: Proxy, lab: Lab) -> None:
    def owned_by_another(asked):
        return refusal("AccessDenied")(asked) if "x-amz-expected-bucket-owner" in asked.headers else None

    proxy.rules["ListObjectsV2"] = owned_by_another
    report = await verified(location, lab.root, BOTH)
    assert result(report, Probe.OWNER).status is ProbeStatus.WARN
    assert report.bucket_owner is None
    assert report.verdict is Verdict.HEALTHY
    assert all("x-amz-expected-bucket-owner" not in asked.headers for asked in proxy.seen("PutObject"))


async def test_bucket_that_changed_hands_is_not_written_to(
    location: Location, proxy: Proxy, lab: Lab
) -> None:
    def owned_by_another(asked):
        return refusal("AccessDenied")(asked) if "x-amz-expected-bucket-owner" in asked.headers else None

    proxy.rules["ListObjectsV2"] = owned_by_another
    report = await verified(location, lab.root, BOTH, expected_account="999900001111")
    assert result(report, Probe.OWNER).status is ProbeStatus.FAIL
    assert report.verdict is Verdict.UNHEALTHY
    assert {"PutObject", "CreateMultipartUpload", "GetObject"}.isdisjoint(proxy.operations())


async def test_wrong_bytes(location: Location, proxy: Proxy, lab: Lab) -> None:
    proxy.rules["GetObject"] = lambda asked: Answer(200, b"something else")
    report = await verified(location, lab.root, DOCUMENTS)
    assert result(report, Probe.GET).status is ProbeStatus.FAIL
    assert "not the one that was written" in result(report, Probe.GET).message


async def test_archived_data_are_passed_over(location: Location, proxy: Proxy, lab: Lab) -> None:
    for name in ("b.cram", "c.cram"):
        lab.client("s3").put_object(Bucket=location.bucket, Key=f"lab/source/{name}", Body=b"CRAM")
    archived = refusal("InvalidObjectState", "The operation is not valid for the object's storage class")
    proxy.rules["GetObject"] = lambda asked: None if asked.path.endswith("c.cram") else archived(asked)
    assert result(await verified(location, lab.root, DATA), Probe.GET).status is ProbeStatus.PASS

    proxy.rules["GetObject"] = archived
    report = await verified(location, lab.root, DATA)
    assert result(report, Probe.GET).status is ProbeStatus.SKIP
    assert report.verdict is Verdict.HEALTHY


async def test_only_one_byte_of_data_is_read(location: Location, proxy: Proxy, lab: Lab) -> None:
    await verified(location, lab.root, DATA)
    assert [asked.headers["range"] for asked in proxy.seen("GetObject")] == ["bytes=0-0"]


async def test_server_without_conditional_writes(location: Location, proxy: Proxy, lab: Lab) -> None:
    def swift(asked):
        return refusal("NotImplemented", "no", 501)(asked) if "if-none-match" in asked.headers else None

    proxy.rules["PutObject"] = swift
    report = await verified(location, lab.root)
    assert result(report, Probe.PUT).status is ProbeStatus.PASS
    assert report.verdict is Verdict.HEALTHY
    assert lab.keys_in(location.bucket) == ["lab/source/a.cram"]
