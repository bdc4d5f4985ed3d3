"""What the optional probes make of a bucket's settings, and of the account's."""

import fnmatch
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dwtui.server.s3.location import Location
from dwtui.server.s3.probes.lifecycle import harm_of
from dwtui.server.s3.results import Actor, Probe, ProbeStatus, Verdict
from tests.server.s3.fault_proxy import Proxy, found, refusal
from tests.server.s3.lab import Lab
from tests.server.s3.verifying import DATA, DOCUMENTS, least, result, verified

OPTIONAL = {
    Probe.VERSIONING: "GetBucketVersioning",
    Probe.OBJECT_LOCK: "GetObjectLockConfiguration",
    Probe.ENCRYPTION: "GetBucketEncryption",
    Probe.OWNERSHIP: "GetBucketOwnershipControls",
    Probe.PUBLIC_ACCESS: "GetPublicAccessBlock",
    Probe.POLICY_STATUS: "GetBucketPolicyStatus",
    Probe.LIFECYCLE: "GetBucketLifecycleConfiguration",
    Probe.IAM_USER: "GetUser",
    Probe.KEY_AGE: "ListAccessKeys",
    Probe.ACCOUNT_ALIAS: "ListAccountAliases",
}


@pytest.mark.parametrize("code", ["AccessDenied", "MethodNotAllowed"])
async def test_who_may_not_ask_is_told_nothing_is_wrong(lab: Lab, proxy: Proxy, code: str) -> None:
    status = {"AccessDenied": 403, "MethodNotAllowed": 405}[code]
    for operation in OPTIONAL.values():
        proxy.rules[operation] = refusal(code, "no", status)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root)
    assert {r.status for r in report.probes if r.probe in OPTIONAL} == {ProbeStatus.SKIP}
    assert all(r.who_must_act is None for r in report.probes if r.probe in OPTIONAL)
    assert report.verdict is Verdict.HEALTHY
    assert report.user == result(report, Probe.IDENTITY).message.split()[5].rstrip(",")


async def test_broken_optional_questions_leave_the_storage_healthy(lab: Lab, proxy: Proxy) -> None:
    for operation in OPTIONAL.values():
        proxy.rules[operation] = refusal("InternalError", "oops", 500)
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root)
    assert {r.status for r in report.probes if r.probe in OPTIONAL} == {ProbeStatus.INCONCLUSIVE}
    assert report.verdict is Verdict.HEALTHY


async def test_settings_as_they_should_be(lab: Lab) -> None:
    bucket, s3 = lab.bucket(), lab.client("s3")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_public_access_block(
        Bucket=bucket,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": True,
        },
    )
    s3.put_bucket_ownership_controls(
        Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    )
    s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
    )
    report = await verified(Location(bucket, "lab", endpoint_url=lab.url), lab.root, DATA)
    assert {r.probe for r in report.probes if r.status is not ProbeStatus.PASS} == {
        Probe.GET,
        Probe.EXCESS_POWER,
    }
    assert "keeps versions" in result(report, Probe.VERSIONING).message
    assert "AES256" in result(report, Probe.ENCRYPTION).message


@pytest.mark.parametrize(
    ("probe", "body", "words"),
    [
        (
            Probe.POLICY_STATUS,
            "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>",
            "public",
        ),
        (
            Probe.PUBLIC_ACCESS,
            "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls>"
            "</PublicAccessBlockConfiguration>",
            "no public access",
        ),
        (
            Probe.LIFECYCLE,
            "<LifecycleConfiguration><Rule><ID>tidy</ID><Status>Enabled</Status><Filter><Prefix>la</Prefix>"
            "</Filter><Expiration><Days>30</Days></Expiration></Rule></LifecycleConfiguration>",
            "“tidy” expires objects after 30 days",
        ),
    ],
)
async def test_settings_to_warn_of(lab: Lab, proxy: Proxy, probe: Probe, body: str, words: str) -> None:
    proxy.rules[OPTIONAL[probe]] = found(body)
    report = await verified(Location(lab.bucket(), "lab", endpoint_url=proxy.url), lab.root, DATA)
    warning = result(report, probe)
    assert (warning.status, warning.who_must_act) == (ProbeStatus.WARN, Actor.BUCKET_OWNER)
    assert words in warning.message
    assert warning.remedy
    assert report.verdict is Verdict.HEALTHY


def rule(**changes: Any) -> dict[str, Any]:
    return {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, **changes}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (rule(Expiration={"Days": 1}), "“r” expires objects after 1 day"),
        (rule(Expiration={"Date": datetime(2027, 1, 1, tzinfo=UTC)}), "“r” expires objects at a set date"),
        (rule(Expiration={"Days": 9}, Filter={"Prefix": "lab/dewrangle/studies/"}), "expires"),
        (rule(Expiration={"Days": 9}, Filter={"And": {"Prefix": "lab/", "Tags": []}}), "expires"),
        (rule(Expiration={"Days": 9}, Filter={}, Prefix="lab"), "expires"),
        (rule(Expiration={"Days": 9}, Filter={"Prefix": "lab/source/"}), None),
        (rule(Expiration={"Days": 9}, Filter={}, Prefix="other"), None),
        (rule(Expiration={"Days": 9}, Status="Disabled"), None),
        (rule(Expiration={"ExpiredObjectDeleteMarker": True}), None),
        (rule(Transitions=[{"Days": 5, "StorageClass": "DEEP_ARCHIVE"}]), "archives them after 5 days"),
        (rule(Transitions=[{"Days": 5, "StorageClass": "STANDARD_IA"}]), None),
        (rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 3}), None),
        (rule(NoncurrentVersionExpiration={"NoncurrentDays": 3}), None),
    ],
)
def test_harm_of_lifecycle_rules(given: Any, words: str | None) -> None:
    harm = harm_of(given, "lab/dewrangle/")
    assert harm is None if words is None else words in harm


async def test_lifecycle_rules_that_do_no_harm_here(lab: Lab) -> None:
    bucket = lab.bucket()
    lab.client("s3").put_bucket_lifecycle_configuration(
        Bucket=bucket,
        LifecycleConfiguration={"Rules": [rule(Expiration={"Days": 1}, Filter={"Prefix": "lab/source/"})]},
    )
    report = await verified(Location(bucket, "lab", endpoint_url=lab.url), lab.root, DOCUMENTS)
    assert result(report, Probe.LIFECYCLE).status is ProbeStatus.PASS


async def test_default_lock_keeps_the_probe_from_writing(lab: Lab, proxy: Proxy) -> None:
    bucket = "lab-locked-by-default"
    lab.client("s3").create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    lab.client("s3").put_object_lock_configuration(
        Bucket=bucket,
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 365}},
        },
    )
    report = await verified(Location(bucket, endpoint_url=proxy.url), lab.root, DOCUMENTS)
    assert result(report, Probe.OBJECT_LOCK).status is ProbeStatus.WARN
    assert "365 days" in result(report, Probe.OBJECT_LOCK).message
    assert result(report, Probe.PUT).status is ProbeStatus.SKIP
    assert result(report, Probe.MULTIPART).status is ProbeStatus.PASS
    assert report.verdict is Verdict.HEALTHY
    assert "PutObject" not in proxy.operations()


async def test_versions_are_removed_where_that_is_allowed(lab: Lab) -> None:
    bucket = lab.bucket()
    lab.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    report = await verified(Location(bucket, endpoint_url=lab.url), lab.root, DOCUMENTS)
    left = lab.client("s3").list_object_versions(Bucket=bucket)
    assert result(report, Probe.DELETE).status is ProbeStatus.PASS
    assert left.get("Versions", []) == left.get("DeleteMarkers", []) == []


async def test_remaining_delete_marker_is_told(lab: Lab, proxy: Proxy) -> None:
    bucket = lab.bucket()
    lab.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    proxy.rules["DeleteObject"] = lambda asked: (
        refusal("AccessDenied")(asked) if "versionId" in asked.query else None
    )
    report = await verified(Location(bucket, endpoint_url=proxy.url), lab.root, DOCUMENTS)
    deleted = result(report, Probe.DELETE)
    assert deleted.status is ProbeStatus.PASS
    assert "delete marker stay" in deleted.message


async def test_object_lock_that_keeps_the_version_is_warned_of(lab: Lab, proxy: Proxy) -> None:
    bucket = "lab-with-object-lock"
    lab.client("s3").create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    proxy.rules["DeleteObject"] = lambda asked: (
        refusal("AccessDenied")(asked) if "versionId" in asked.query else None
    )
    report = await verified(Location(bucket, endpoint_url=proxy.url), lab.root, DOCUMENTS)
    assert result(report, Probe.DELETE).status is ProbeStatus.WARN
    assert "Object Lock" in result(report, Probe.DELETE).message
    assert report.verdict is Verdict.HEALTHY


@pytest.mark.parametrize(("days", "status"), [(90, ProbeStatus.PASS), (91, ProbeStatus.WARN)])
async def test_age_of_keys(lab: Lab, proxy: Proxy, days: int, status: ProbeStatus) -> None:
    made = (datetime.now(UTC) - timedelta(days=days, minutes=1)).replace(microsecond=0)
    proxy.rules["ListAccessKeys"] = found(
        "<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata><member>"
        f"<AccessKeyId>{lab.root.access_key}</AccessKeyId><Status>Active</Status>"
        f"<CreateDate>{made:%Y-%m-%dT%H:%M:%SZ}</CreateDate>"
        "</member></AccessKeyMetadata></ListAccessKeysResult></ListAccessKeysResponse>"
    )
    report = await verified(Location(lab.bucket(), endpoint_url=proxy.url), lab.root, DATA)
    age = result(report, Probe.KEY_AGE)
    assert age.status is status
    assert f"{days} day" in age.message
    assert report.key_created_at == made
    assert lab.root.access_key not in repr(report)


async def test_deactivated_key_that_still_works(lab: Lab) -> None:
    user, keys = lab.user({"Effect": "Allow", "Action": "*", "Resource": "*"})
    lab.client("iam").update_access_key(UserName=user, AccessKeyId=keys.access_key, Status="Inactive")
    report = await verified(Location(lab.bucket(), endpoint_url=lab.url), keys, DATA)
    assert result(report, Probe.KEY_AGE).status is ProbeStatus.FAIL
    assert "deactivated" in result(report, Probe.KEY_AGE).message


async def test_account_alias_and_user(lab: Lab) -> None:
    report = await verified(Location(lab.bucket(), endpoint_url=lab.url), lab.root, DATA)
    (alias,) = lab.client("iam").list_account_aliases()["AccountAliases"]
    assert report.account_alias == alias
    assert report.user.startswith("lab-user-")


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        ("s3:ListAllMyBuckets", "list all buckets"),
        ("iam:ListUsers", "list the users"),
    ],
)
async def test_excess_power_comes_with_the_narrower_policy(
    lab: Lab, proxy: Proxy, allowed: str, words: str
) -> None:
    location = Location(lab.bucket(), "lab", endpoint_url=proxy.url)
    proxy.only_prefixes("lab/*")
    _, keys = lab.user(*least(location), {"Effect": "Allow", "Action": allowed, "Resource": "*"})
    excess = result(await verified(location, keys), Probe.EXCESS_POWER)
    assert (excess.status, excess.who_must_act) == (ProbeStatus.WARN, Actor.IAM_USER_OWNER)
    assert excess.message == f"The identity can do more than the storage needs: {words} of the account."
    assert '"lab/*"' in excess.statement


@pytest.mark.parametrize(
    ("pattern", "words"), [("lab*", "list beside the prefix"), ("*", "the whole bucket")]
)
async def test_too_wide_a_prefix_condition_is_noticed(
    lab: Lab, proxy: Proxy, pattern: str, words: str
) -> None:
    location = Location(lab.bucket(), "lab", endpoint_url=proxy.url)

    def check(asked):
        return (
            None
            if fnmatch.fnmatchcase(asked.parameter("prefix"), pattern)
            else refusal("AccessDenied")(asked)
        )

    proxy.rules["ListObjectsV2"] = check
    _, keys = lab.user(*least(location))
    excess = result(await verified(location, keys), Probe.EXCESS_POWER)
    assert excess.status is ProbeStatus.WARN
    assert words in excess.message
