"""Where storages lie to one another: overlaps within an organization are warned of, between two they are refused."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.operating.places import allow_blank_keys, forbid_blank_keys
from dwtui.server.storage_backends import editing
from dwtui.server.storage_backends.places import OverlapRelation, location_key, relation_of
from tests.support.cloud import Cloud, Keys, Place
from tests.support.world import OUTSIDER, World

CHECK = """
query ($input: CheckStorageBackendInput!) {
  checkStorageBackend(input: $input) {
    problems { field message } overlaps { relation refused message storageBackend { name } } blankKeysAllowed s3Uri
  }
}
"""
ATTACH = (
    "mutation ($input: CreateStorageBackendInput!) { createStorageBackend(input: $input) { id identity } }"
)

prefixes = st.lists(st.sampled_from(["a", "b", "ab", "a b", "é"]), max_size=4).map("/".join)
INVERSE = {
    OverlapRelation.EQUAL: OverlapRelation.EQUAL,
    OverlapRelation.PARENT: OverlapRelation.CHILD,
    OverlapRelation.CHILD: OverlapRelation.PARENT,
    None: None,
}


@given(prefixes, prefixes, st.sampled_from(["x", "a/x", "é/ /x"]))
def test_places_overlap_exactly_when_they_can_hold_the_same_key(other: str, own: str, name: str) -> None:
    def holds(prefix: str, key: str) -> bool:
        return key.startswith(f"{prefix}/") if prefix else True

    relation = relation_of(other, own)

    keys = [f"{prefix}/{name}" if prefix else name for prefix in (other, own)]
    share_a_key = any(holds(other, key) and holds(own, key) for key in keys)
    assert (relation is not None) == share_a_key
    assert relation_of(own, other) == INVERSE[relation]
    assert (relation is OverlapRelation.EQUAL) == (other == own)
    if relation is OverlapRelation.PARENT:
        assert len(other) < len(own)


@given(prefixes, prefixes, prefixes)
def test_what_lies_within_a_part_lies_within_the_whole(whole: str, part: str, inner: str) -> None:
    within = (OverlapRelation.PARENT, OverlapRelation.EQUAL)
    if relation_of(whole, part) in within and relation_of(part, inner) in within:
        assert relation_of(whole, inner) in within


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, "https://s3.amazonaws.com"),
        (None, "https://s3.eu-central-1.amazonaws.com"),
        (None, "https://S3.US-EAST-1.AMAZONAWS.COM:443"),
        (None, "https://s3.dualstack.us-east-1.amazonaws.com."),
        (None, "https://s3-us-west-2.amazonaws.com"),
        (None, "https://s3-fips.dualstack.us-gov-west-1.amazonaws.com"),
        (None, "https://s3-accelerate.amazonaws.com"),
        (None, "https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com"),
        (None, "https://s3.cn-north-1.amazonaws.com.cn"),
        ("https://s3.example.org", "http://S3.example.org:80"),
        ("https://s3.example.org", "https://s3.example.org./"),
    ],
)
def test_spellings_of_an_endpoint_are_one_place(one: str | None, other: str) -> None:
    assert location_key(one, "bucket") == location_key(other, "bucket")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, "https://s3.example.org"),
        (None, "https://amazonaws.com.example.org"),
        (None, "https://s3-like-1234.us-east-1.elb.amazonaws.com"),
        (None, "https://ec2-203-0-113-5.compute-1.amazonaws.com"),
        (None, "https://abc123.execute-api.us-east-1.amazonaws.com"),
        (None, "http://mine.s3-website-us-east-1.amazonaws.com"),
        (None, "https://mine-111122223333.s3-object-lambda.us-east-1.amazonaws.com"),
        (None, "https://vpce-1a2b.vpce-svc-3c4d.us-east-1.vpce.amazonaws.com"),
        ("https://s3.example.org:9000", "https://s3.example.org:9001"),
    ],
)
def test_other_endpoints_are_other_places(one: str | None, other: str) -> None:
    assert location_key(one, "bucket") != location_key(other, "bucket")


@pytest.fixture(scope="module")
def taken(shared_world: World, cloud: Cloud) -> Place:
    """A bucket in which the world has a storage for documents at `source/tumours`."""
    place = cloud.place()
    assert shared_world.create_storage(place, name="Tumours", prefix="source/tumours").code == "OK"
    return place


@pytest.mark.parametrize(
    ("prefix", "relation"),
    [("source/tumours", "EQUAL"), ("source/tumours/wgs", "CHILD"), ("source", "PARENT"), ("", "PARENT")],
)
def test_another_organizations_place_is_refused(
    shared_world: World, taken: Place, prefix: str, relation: str
) -> None:
    world = shared_world

    answer = world.create_storage(taken, by=OUTSIDER, organization=world.other_organization, prefix=prefix)

    assert (answer.code, answer.field) == ("CONFLICT", "prefix")
    assert "Tumours" not in answer.message
    assert world.organization not in str(answer.body)
    verify = (
        "mutation ($input: VerifyStorageBackendInput!) { verifyStorageBackend(input: $input) { verdict } }"
    )
    unsaved = {"organization": world.other_organization, "prefix": prefix, **taken.input()}
    assert world.post(verify, {"input": unsaved}, OUTSIDER).code == "CONFLICT"


@pytest.mark.parametrize("prefix", ["source/tumours2", "source/tumour", "source/blood"])
def test_a_place_beside_it_is_free(shared_world: World, taken: Place, prefix: str) -> None:
    answer = shared_world.create_storage(
        taken, by=OUTSIDER, organization=shared_world.other_organization, prefix=prefix, uses=["DATA"]
    )

    assert answer.code == "OK"


@pytest.mark.parametrize(
    ("prefix", "uses", "relation", "meaning"),
    [
        ("source/tumours", ["DOCUMENTS"], "EQUAL", "side by side"),
        ("source/tumours/wgs", ["DATA"], "PARENT", "would show up among the data files here"),
        ("source", ["DATA"], "CHILD", "would show up among the data files here"),
    ],
)
def test_an_overlap_within_the_organization_is_warned_of_and_allowed(
    shared_world: World, taken: Place, prefix: str, uses: list[str], relation: str, meaning: str
) -> None:
    settings = {
        "organization": shared_world.organization,
        "bucket": taken.bucket,
        "prefix": prefix,
        "uses": uses,
    }

    check = shared_world.post(CHECK, {"input": settings}).value

    overlap = next(it for it in check["overlaps"] if (it["storageBackend"] or {}).get("name") == "Tumours")
    assert (overlap["relation"], overlap["refused"]) == (relation, False)
    assert meaning in overlap["message"]
    assert [problem["field"] for problem in check["problems"]] in ([], ["prefix"])


def test_an_overlap_within_the_organization_can_be_attached(world: World, place: Place) -> None:
    assert world.create_storage(place, prefix="source").code == "OK"
    assert world.create_storage(place, prefix="source").code == "OK"


def test_another_organizations_overlap_is_told_once_and_without_its_name(
    shared_world: World, taken: Place
) -> None:
    settings = {"organization": shared_world.other_organization, "bucket": taken.bucket}

    check = shared_world.post(CHECK, {"input": settings}, OUTSIDER).value

    foreign = [overlap for overlap in check["overlaps"] if overlap["refused"]]
    assert len(foreign) == 1
    assert foreign[0]["storageBackend"] is None
    assert [problem["field"] for problem in check["problems"]] == ["prefix"]


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": "TUMOURS"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"bucket": "Upper"}, "bucket"),
        ({"bucket": "some-bucket", "prefix": "a/../b"}, "prefix"),
        ({"bucket": "some-bucket", "endpointUrl": "https://s3.example.org/x"}, "endpointUrl"),
    ],
)
def test_problems_are_told_while_somebody_types(
    shared_world: World, taken: Place, settings: dict[str, Any], field: str
) -> None:
    check = shared_world.post(CHECK, {"input": {"organization": shared_world.organization, **settings}}).value

    assert [problem["field"] for problem in check["problems"]] == [field]


def test_what_is_not_typed_yet_is_not_judged(shared_world: World) -> None:
    check = shared_world.post(CHECK, {"input": {"organization": shared_world.organization}}).value

    assert check == {"problems": [], "overlaps": [], "blankKeysAllowed": False, "s3Uri": None}


def test_a_check_asks_s3_nothing(shared_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    settings = {"organization": shared_world.organization, "bucket": "no-such-bucket", "prefix": "/a/"}

    check = shared_world.post(CHECK, {"input": settings}).value

    assert check["s3Uri"] == "s3://no-such-bucket/a/"


def allow(world: World, bucket: str, prefix: str) -> None:
    asyncio.run(
        allow_blank_keys(world.settings, organization_id=world.organization, bucket=bucket, prefix=prefix)
    )


def forbid(world: World, bucket: str, prefix: str) -> None:
    asyncio.run(
        forbid_blank_keys(world.settings, organization_id=world.organization, bucket=bucket, prefix=prefix)
    )


def attach_blank(world: World, bucket: str, prefix: str, **fields: Any) -> Any:
    input = {
        "name": f"Blank {prefix} {sorted(fields)}",
        "organization": world.organization,
        "bucket": bucket,
        "prefix": prefix,
        "uses": ["DATA"],
        **fields,
    }
    return world.post(ATTACH, {"input": input})


def test_blank_keys_work_where_the_operator_allows_them_and_nowhere_else(world: World, cloud: Cloud) -> None:
    bucket = cloud.application_bucket
    allow(world, bucket, f"shared/{world.organization}")

    inside = attach_blank(world, bucket, f"shared/{world.organization}/tumours")

    assert inside.value["identity"] == "BLANK"
    for prefix in (f"shared/{world.organization}2", "shared", "", "organizations", "elsewhere"):
        outside = attach_blank(world, bucket, prefix)
        assert (outside.code, outside.field) == ("FORBIDDEN", "accessKey"), prefix
    other = attach_blank(world, cloud.bucket(), f"shared/{world.organization}")
    assert other.code == "FORBIDDEN"
    assert world.activity(action="storage_backend.")[0]["outcome"] == "REFUSED"


def test_what_one_organization_may_another_may_not(world: World, cloud: Cloud) -> None:
    allow(world, cloud.application_bucket, "only-mine")
    input = {
        "name": "Not mine",
        "organization": world.other_organization,
        "bucket": cloud.application_bucket,
        "prefix": "only-mine",
        "uses": ["DATA"],
    }

    assert world.post(ATTACH, {"input": input}, OUTSIDER).code == "FORBIDDEN"
    unsaved = {name: value for name, value in input.items() if name != "name"}
    verify = (
        "mutation ($input: VerifyStorageBackendInput!) { verifyStorageBackend(input: $input) { verdict } }"
    )
    assert world.post(verify, {"input": unsaved}, OUTSIDER).code == "FORBIDDEN"
    assert (
        world.post(
            CHECK, {"input": {"organization": world.other_organization, "bucket": "only-mine"}}, OUTSIDER
        ).value["blankKeysAllowed"]
        is False
    )


def test_the_applications_identity_is_shown_to_no_other_endpoint(world: World, cloud: Cloud) -> None:
    allow(world, cloud.application_bucket, "at-aws")

    answer = attach_blank(world, cloud.application_bucket, "at-aws", endpointUrl="http://127.0.0.1:9")

    assert (answer.code, answer.field) == ("FORBIDDEN", "accessKey")


def test_a_place_that_was_taken_back_is_refused_at_the_next_verification(world: World, cloud: Cloud) -> None:
    allow(world, cloud.application_bucket, "for-a-while")
    storage = attach_blank(world, cloud.application_bucket, "for-a-while").value["id"]
    forbid(world, cloud.application_bucket, "for-a-while")
    verify = "mutation ($id: ID!) { verifyStorageBackend(id: $id) { verdict } }"

    assert world.post(verify, {"id": storage}).code == "FORBIDDEN"
    assert world.update_storage(storage, uses=["DOCUMENTS", "DATA"]).code == "FORBIDDEN"
    assert world.update_storage(storage, name="Renamed").code == "OK"


def test_a_place_that_is_taken_back_while_keys_become_blank(
    world: World, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = cloud.application_bucket
    allow(world, bucket, "until-just-now")
    place = Place(bucket, cloud.user(bucket), cloud.place().account)
    storage = world.create_storage(place, prefix="until-just-now", uses=["DATA"]).value["id"]
    verified = editing.verified

    async def verified_slowly(*arguments: Any, **named: Any) -> Any:
        report = await verified(*arguments, **named)
        await asyncio.to_thread(forbid, world, bucket, "until-just-now")
        return report

    monkeypatch.setattr(editing, "verified", verified_slowly)

    assert world.update_storage(storage, accessKey=None, secretKey=None).code == "FORBIDDEN"
    kept = "SELECT blank_keys FROM storage_backends WHERE id = :id"
    assert [bool(blank) for (blank,) in world.sql(kept, id=storage)] == [False]


def test_the_default_storage_is_verified_with_the_applications_identity(world: World) -> None:
    verify = (
        "mutation ($id: ID!) { verifyStorageBackend(id: $id) { verdict probes { probe status message } } }"
    )
    default = world.storages()["Default Storage"]["id"]

    assert world.post(verify, {"id": default}).value["verdict"] == "HEALTHY"
    assert world.storages()["Default Storage"]["healthy"] is True


def test_keys_for_an_endpoint_of_ones_own(world: World, cloud: Cloud, place: Place) -> None:
    answer = world.create_storage(
        Place(place.bucket, Keys(place.keys.access_key, place.keys.secret_key), place.account),
        endpointUrl=f"{cloud.endpoint}/",
        uses=["DATA"],
    )

    assert answer.code == "OK"
    query = "query ($id: ID!) { storageBackend(id: $id) { endpointUrl pathStyle } }"
    assert world.post(query, {"id": answer.value["id"]}).value == {
        "endpointUrl": cloud.endpoint,
        "pathStyle": True,
    }
