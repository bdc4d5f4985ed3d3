"""The verification of storages at a service that enforces its policies."""

import json

import pytest

from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.results import Actor, Probe, ProbeStatus, StorageUse, Verdict
from tests.server.s3.fault_proxy import Answer, Proxy
from tests.server.s3.lab import Lab
from tests.server.s3.verifying import BOTH, DATA, DOCUMENTS, least, result, verified

WRITING = {Probe.PUT, Probe.MULTIPART, Probe.DELETE}


@pytest.mark.parametrize("uses", [BOTH, DOCUMENTS, DATA], ids=["both", "documents", "data"])
@pytest.mark.parametrize("prefix", ["", "lab", "lab/a b/ünï"])
async def test_suggested_policy_is_enough_and_leaves_nothing(
    lab: Lab, proxy: Proxy, uses: frozenset[StorageUse], prefix: str
) -> None:
    bucket = lab.bucket()
    location = Location(bucket, prefix, endpoint_url=proxy.url)
    lab.client("s3").put_object(Bucket=bucket, Key=location.key("source/reads.cram"), Body=b"CRAM")
    statements = least(location, uses)
    user, keys = lab.user(*statements)
    if condition := statements[0].get("Condition"):
        proxy.only_prefixes(*condition["StringLike"]["s3:prefix"])

    report = await verified(location, keys, uses)

    bad = [r for r in report.probes if r.status in (ProbeStatus.FAIL, ProbeStatus.INCONCLUSIVE)]
    assert bad == []
    assert report.verdict is Verdict.HEALTHY
    assert result(report, Probe.EXCESS_POWER).status is ProbeStatus.PASS
    assert result(report, Probe.GET).status is ProbeStatus.PASS
    assert (report.account_id, report.user, report.bucket_owner) == (lab.account, user, lab.account)
    assert report.arn == f"arn:aws:iam::{lab.account}:user/{user}"
    assert lab.keys_in(bucket) == [location.key("source/reads.cram")]
    assert lab.uploads_in(bucket) == []


async def test_data_use_never_writes(lab: Lab, proxy: Proxy) -> None:
    location = Location(lab.bucket(), "lab", endpoint_url=proxy.url)
    report = await verified(location, lab.root, DATA)

    assert report.verdict is Verdict.HEALTHY
    assert not WRITING & {r.probe for r in report.probes}
    assert {asked.method for asked in proxy.asked} <= {"GET", "HEAD", "POST"}
    assert {asked.operation for asked in proxy.asked if asked.method == "POST"} == {
        "GetCallerIdentity",
        "GetUser",
        "ListAccessKeys",
        "GetAccessKeyLastUsed",
        "ListAccountAliases",
        "ListUsers",
    }


async def test_documents_touch_only_their_folder(lab: Lab, proxy: Proxy) -> None:
    location = Location(lab.bucket(), "lab", endpoint_url=proxy.url)
    await verified(location, lab.root, DOCUMENTS)

    written = [asked for asked in proxy.asked if asked.method in ("PUT", "DELETE")]
    assert {asked.operation for asked in written} == {
        "PutObject",
        "UploadPart",
        "AbortMultipartUpload",
        "DeleteObject",
    }
    assert all(asked.path.startswith(f"/{location.bucket}/lab/dewrangle/") for asked in written)
    put = proxy.seen("PutObject")[0]
    assert put.headers["if-none-match"] == "*"
    assert "x-amz-checksum-sha256" in put.headers
    assert "x-amz-acl" not in put.headers
    assert put.headers["x-amz-expected-bucket-owner"] == lab.account


async def test_quiet_run_leaves_no_version(lab: Lab, proxy: Proxy) -> None:
    location = Location(lab.bucket(), "lab", endpoint_url=proxy.url)
    lab.client("s3").put_bucket_versioning(
        Bucket=location.bucket, VersioningConfiguration={"Status": "Enabled"}
    )
    report = await verified(location, lab.root, BOTH, quiet=True)

    assert report.verdict is Verdict.HEALTHY
    assert result(report, Probe.MULTIPART).status is ProbeStatus.PASS
    assert result(report, Probe.PUT).status is ProbeStatus.SKIP
    assert result(report, Probe.DELETE).status is ProbeStatus.SKIP
    assert proxy.seen("PutObject") == proxy.seen("DeleteObject") == []
    versions = lab.client("s3").list_object_versions(Bucket=location.bucket)
    assert versions.get("Versions", []) == versions.get("DeleteMarkers", []) == []


@pytest.mark.parametrize(
    ("missing", "probe", "status", "verdict"),
    [
        ("s3:ListBucket", Probe.LIST, ProbeStatus.FAIL, Verdict.UNHEALTHY),
        ("s3:PutObject", Probe.PUT, ProbeStatus.FAIL, Verdict.UNHEALTHY),
        ("s3:PutObject", Probe.MULTIPART, ProbeStatus.FAIL, Verdict.UNHEALTHY),
        ("s3:GetObject", Probe.GET, ProbeStatus.FAIL, Verdict.UNHEALTHY),
        ("s3:DeleteObject", Probe.DELETE, ProbeStatus.WARN, Verdict.HEALTHY),
        ("s3:AbortMultipartUpload", Probe.MULTIPART, ProbeStatus.WARN, Verdict.HEALTHY),
    ],
)
async def test_each_missing_permission_is_named_with_the_statement_that_grants_it(
    lab: Lab, missing: str, probe: Probe, status: ProbeStatus, verdict: Verdict
) -> None:
    location = Location(lab.bucket(), "lab", endpoint_url=lab.url)
    statements = least(location, DOCUMENTS)
    for statement in statements:
        statement["Action"] = [action for action in statement["Action"] if action != missing]
    user, keys = lab.user(*[statement for statement in statements if statement["Action"]])

    report = await verified(location, keys, DOCUMENTS)

    found = result(report, probe)
    assert (found.status, report.verdict) == (status, verdict)
    assert (found.error_code, found.who_must_act) == ("AccessDenied", Actor.IAM_USER_OWNER)
    granting = json.loads(found.statement)
    assert missing in granting["Action"]

    lab.allow(user, *[statement for statement in statements if statement["Action"]], granting)
    mended = await verified(location, keys, DOCUMENTS)
    assert result(mended, probe).status is ProbeStatus.PASS


async def test_denied_read_of_data_is_told_even_where_documents_can_be_read(lab: Lab) -> None:
    location = Location(lab.bucket(), "lab", endpoint_url=lab.url)
    lab.client("s3").put_object(Bucket=location.bucket, Key="lab/source/a.cram", Body=b"CRAM")
    _, keys = lab.user(*[s for s in least(location) if s["Sid"] != "ReadData"])
    report = await verified(location, keys)

    assert result(report, Probe.GET).status is ProbeStatus.FAIL
    assert json.loads(result(report, Probe.GET).statement)["Resource"] == [
        f"arn:aws:s3:::{location.bucket}/lab/*"
    ]


async def test_wrong_secret_skips_all_that_depends_on_it(lab: Lab) -> None:
    location = Location(lab.bucket(), endpoint_url=lab.url)
    _, keys = lab.user(*least(location))
    wrong = KeyPair(keys.access_key, "n0t-the-secret-of-that-user")
    report = await verified(location, wrong)

    identity = result(report, Probe.IDENTITY)
    assert (identity.status, identity.error_code) == (ProbeStatus.FAIL, "SignatureDoesNotMatch")
    assert "secret access key" in identity.message
    assert report.verdict is Verdict.UNHEALTHY
    skipped = result(report, Probe.LIST)
    assert (skipped.status, skipped.message) == (
        ProbeStatus.SKIP,
        "Not asked, since this failed: Whose keys they are.",
    )
    assert wrong.reveal() not in repr(report)


async def test_answers_may_come_in_chunks(lab: Lab, proxy: Proxy) -> None:
    """As AWS sends its listings."""
    entries = "".join(
        f"<Contents><Key>lab/source/{n}.cram</Key><Size>{n % 3}</Size></Contents>" for n in range(200)
    )
    body = f"<ListBucketResult><KeyCount>200</KeyCount>{entries}</ListBucketResult>".encode()
    proxy.rules["ListObjectsV2"] = lambda asked: Answer(200, body, chunked=True)
    proxy.rules["GetObject"] = lambda asked: Answer(206, b"C", chunked=True)
    report = await verified(Location(lab.bucket(), "lab", endpoint_url=proxy.url), lab.root, DATA)
    assert result(report, Probe.LIST).message == "Objects below lab/ can be listed."
    assert result(report, Probe.GET).status is ProbeStatus.PASS
    assert proxy.seen("GetObject")[0].path.endswith("/lab/source/1.cram")


async def test_deleted_bucket(lab: Lab) -> None:
    location = Location("bucket-that-is-gone", endpoint_url=lab.url)
    report = await verified(location, lab.root)
    found = result(report, Probe.BUCKET)
    assert (found.status, found.error_code) == (ProbeStatus.FAIL, "NoSuchBucket")
    assert report.verdict is Verdict.UNHEALTHY


async def test_temporary_keys_are_refused_without_asking(proxy: Proxy, lab: Lab) -> None:
    location = Location(lab.bucket(), endpoint_url=proxy.url)
    report = await verified(location, KeyPair("ASIATEMPORARY1234567", "some-secret-key"))
    assert result(report, Probe.IDENTITY).status is ProbeStatus.FAIL
    assert "GetCallerIdentity" not in proxy.operations()


async def test_reports_keep_the_order_of_the_enumeration(lab: Lab) -> None:
    report = await verified(Location(lab.bucket(), endpoint_url=lab.url), lab.root)
    order = list(Probe)
    assert [r.probe for r in report.probes] == order
    assert report.started_at <= report.finished_at
    assert report.uses == (StorageUse.DOCUMENTS, StorageUse.DATA)
