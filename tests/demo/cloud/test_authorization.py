"""The local AWS refuses what AWS refuses, as boto3 sees it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from botocore.exceptions import ClientError

from dwtui.demo.cloud import accounts, buckets
from dwtui.demo.cloud.keys import KeyPair, new_key_pair
from dwtui.demo.cloud.objects import StoredObject

ACCOUNT = "111122223333"
OTHER_ACCOUNT = "444455556666"


def allow(*actions: str, on: str, **conditions: dict) -> dict:
    statement: dict = {"Effect": "Allow", "Action": list(actions), "Resource": on}
    return statement | ({"Condition": conditions} if conditions else {})


def code_of(refusal: pytest.ExceptionInfo[ClientError]) -> str:
    return refusal.value.response["Error"]["Code"]


@pytest.fixture
def bucket(cloud) -> str:
    name = f"bucket-{uuid4()}"
    cloud.call(buckets.create_bucket, ACCOUNT, name, "eu-west-1")
    now = datetime(2024, 5, 1, tzinfo=UTC)
    cloud.call(
        buckets.put_objects,
        name,
        [StoredObject(f"{it}/file.txt", b"body", "text/plain", now) for it in ("in", "out")],
    )
    return name


@pytest.fixture
def name() -> str:
    return f"user-{uuid4().hex[:8]}"


def test_listing_is_bound_to_the_prefix_of_the_policy(cloud, client, user, bucket, name) -> None:
    pair = user(
        ACCOUNT, name, allow("s3:ListBucket", on=f"arn:aws:s3:::{bucket}", StringLike={"s3:prefix": ["in/*"]})
    )
    s3 = client("s3", pair)
    assert [it["Key"] for it in s3.list_objects_v2(Bucket=bucket, Prefix="in/")["Contents"]] == [
        "in/file.txt"
    ]
    for refused in ({"Prefix": "out/"}, {}):
        with pytest.raises(ClientError) as refusal:
            s3.list_objects_v2(Bucket=bucket, **refused)
        assert code_of(refusal) == "AccessDenied"


def test_a_refusal_names_who_what_and_which_kind_of_policy(cloud, client, user, bucket, name) -> None:
    pair = user(ACCOUNT, name, allow("s3:GetObject", on=f"arn:aws:s3:::{bucket}/*"))
    with pytest.raises(ClientError) as refusal:
        client("s3", pair).put_object(Bucket=bucket, Key="in/new.txt", Body=b"x")
    message = refusal.value.response["Error"]["Message"]
    assert f"arn:aws:iam::{ACCOUNT}:user/{name}" in message
    assert "s3:PutObject" in message
    assert f"arn:aws:s3:::{bucket}/in/new.txt" in message
    assert "no identity-based policy allows" in message


def test_an_explicit_deny_wins(cloud, client, user, bucket, name) -> None:
    everything = allow("s3:*", on="*")
    deny = {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": f"arn:aws:s3:::{bucket}/in/*"}
    s3 = client("s3", user(ACCOUNT, name, everything, deny))
    s3.delete_object(Bucket=bucket, Key="out/file.txt")
    with pytest.raises(ClientError, match="explicit deny in an identity-based policy"):
        s3.delete_object(Bucket=bucket, Key="in/file.txt")


def test_deactivated_unknown_and_wrong_keys_are_told_apart(cloud, client, user, bucket, name) -> None:
    pair = user(ACCOUNT, name, allow("s3:*", on="*"))
    wrong = KeyPair(pair.access_key, "x" * 40)
    for service, ask, unknown_key in (
        ("sts", "get_caller_identity", "InvalidClientTokenId"),
        ("s3", "list_buckets", "InvalidAccessKeyId"),
    ):
        getattr(client(service, pair), ask)()
        with pytest.raises(ClientError) as refusal:
            getattr(client(service, wrong), ask)()
        assert code_of(refusal) == "SignatureDoesNotMatch"
        with pytest.raises(ClientError) as refusal:
            getattr(client(service, new_key_pair()), ask)()
        assert code_of(refusal) == unknown_key
    cloud.call(accounts.deactivate_key, ACCOUNT, name)
    with pytest.raises(ClientError) as refusal:
        client("sts", pair).get_caller_identity()
    assert code_of(refusal) == "InvalidClientTokenId"
    with pytest.raises(ClientError) as refusal:
        client("s3", pair).list_objects_v2(Bucket=bucket)
    assert code_of(refusal) == "InvalidAccessKeyId"


def test_a_replaced_secret_no_longer_signs(cloud, client, user, name) -> None:
    pair = user(ACCOUNT, name)
    cloud.call(accounts.replace_secret, ACCOUNT, name)
    with pytest.raises(ClientError) as refusal:
        client("sts", pair).get_caller_identity()
    assert code_of(refusal) == "SignatureDoesNotMatch"


def test_settings_of_a_bucket_are_no_listing(cloud, client, user, bucket, name) -> None:
    s3 = client("s3", user(ACCOUNT, name, allow("s3:ListBucket", on=f"arn:aws:s3:::{bucket}")))
    s3.list_objects_v2(Bucket=bucket)
    for ask in (
        s3.get_bucket_encryption,
        s3.get_bucket_versioning,
        s3.get_bucket_lifecycle_configuration,
        s3.get_bucket_ownership_controls,
        s3.get_public_access_block,
        s3.get_bucket_policy_status,
        s3.get_object_lock_configuration,
        s3.get_bucket_request_payment,
    ):
        with pytest.raises(ClientError) as refusal:
            ask(Bucket=bucket)
        assert code_of(refusal) == "AccessDenied", ask


def test_settings_can_be_read_by_those_who_may(cloud, client, user, bucket, name) -> None:
    cloud.call(buckets.expire_after, bucket, "in/", 90)
    s3 = client("s3", user(ACCOUNT, name, allow("s3:Get*", on=f"arn:aws:s3:::{bucket}")))
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert [(it["Filter"]["Prefix"], it["Expiration"]["Days"]) for it in rules] == [("in/", 90)]
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerEnforced"}
    ]
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]["BlockPublicPolicy"]
    cloud.call(buckets.open_to_the_public, bucket)
    assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"]


def test_a_head_tells_the_region_even_when_it_is_refused(cloud, client, user, bucket, name) -> None:
    with pytest.raises(ClientError) as refusal:
        client("s3", user(ACCOUNT, name)).head_bucket(Bucket=bucket)
    assert code_of(refusal) == "403"
    assert refusal.value.response["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == "eu-west-1"


def test_a_bucket_that_is_gone_is_told_to_everybody(cloud, client, user, bucket, name) -> None:
    pair = user(ACCOUNT, name)
    cloud.call(buckets.remove_bucket, bucket)
    with pytest.raises(ClientError) as refusal:
        client("s3", pair).list_objects_v2(Bucket=bucket)
    assert code_of(refusal) == "NoSuchBucket"


def test_another_owner_than_expected_is_refused(cloud, client, user, bucket, name) -> None:
    s3 = client("s3", user(ACCOUNT, name, allow("s3:ListBucket", on=f"arn:aws:s3:::{bucket}")))
    s3.list_objects_v2(Bucket=bucket, ExpectedBucketOwner=ACCOUNT)
    with pytest.raises(ClientError) as refusal:
        s3.list_objects_v2(Bucket=bucket, ExpectedBucketOwner=OTHER_ACCOUNT)
    assert code_of(refusal) == "AccessDenied"


def test_a_foreign_bucket_needs_the_consent_of_both_accounts(cloud, client, user, bucket, name) -> None:
    identity = allow("s3:ListBucket", on=f"arn:aws:s3:::{bucket}")
    s3 = client("s3", user(OTHER_ACCOUNT, name, identity))
    with pytest.raises(ClientError) as refusal:
        s3.list_objects_v2(Bucket=bucket)
    assert refusal.value.response["Error"]["Message"] == "Access Denied"
    cloud.call(
        buckets.attach_policy,
        bucket,
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:root"},
            "Action": "s3:ListBucket",
            "Resource": f"arn:aws:s3:::{bucket}",
        },
    )
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 2


def test_a_user_sees_the_age_of_its_own_key_and_no_other_user(cloud, client, user, name) -> None:
    own = f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}"
    pair = user(
        ACCOUNT, name, allow("iam:GetUser", "iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", on=own), age=400
    )
    other = user(ACCOUNT, f"{name}-other")
    iam = client("iam", pair)
    assert iam.get_user()["User"]["UserName"] == name
    (key,) = iam.list_access_keys()["AccessKeyMetadata"]
    assert key["AccessKeyId"] == pair.access_key
    assert datetime.now(UTC) - key["CreateDate"] > timedelta(days=399)
    assert iam.get_access_key_last_used(AccessKeyId=pair.access_key)["UserName"] == name
    for refused in (
        lambda: iam.list_users(),
        lambda: iam.list_access_keys(UserName=f"{name}-other"),
        lambda: iam.get_access_key_last_used(AccessKeyId=other.access_key),
    ):
        with pytest.raises(ClientError) as refusal:
            refused()
        assert code_of(refusal) == "AccessDenied"


@pytest.mark.parametrize("path", ["/", "/moto-api/data.json", "/moto-api/reset", "/moto-api/reset-auth"])
def test_nobody_gets_in_without_a_signature(cloud, path: str) -> None:
    assert httpx.get(f"{cloud.endpoint}{path}", trust_env=False).status_code == 403
    assert httpx.post(f"{cloud.endpoint}{path}", trust_env=False, content=b"0").status_code == 403


def test_the_administration_of_moto_is_shut_even_for_the_signed(cloud) -> None:
    pretended = {"Authorization": "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/s3/aws4_request"}
    answer = httpx.post(f"{cloud.endpoint}/moto-api/reset", headers=pretended, trust_env=False)
    assert answer.status_code == 403
