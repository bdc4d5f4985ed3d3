"""Editing a storage and rotating its keys: what works stays until what is new has proven to work."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dwtui.server import clock
from tests.support.cloud import READ_ONLY, Cloud, Place
from tests.support.world import World

VERIFY = "mutation ($id: ID!) { verifyStorageBackend(id: $id) { verdict user } }"


@pytest.fixture
def storage(world: World, place: Place) -> str:
    """A storage with keys that work."""
    created: str = world.create_storage(place, name="Tumours").value["id"]
    return created


def is_healthy(world: World, storage: str) -> bool:
    verdict: str = world.post(VERIFY, {"id": storage}).value["verdict"]
    return verdict == "HEALTHY"


def test_new_keys_replace_the_old_ones(
    world: World, cloud: Cloud, place: Place, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    new = cloud.user(place.bucket)

    changed = world.update_storage(storage, **new.input()).value

    assert changed["revision"] == 2
    assert changed["accessKey"] == f"…{new.access_key[-4:]}"
    assert datetime.fromisoformat(changed["keysChangedAt"]) == later
    cloud.delete_keys(place.keys)
    assert is_healthy(world, storage)
    cloud.delete_keys(new)
    assert not is_healthy(world, storage)


def test_keys_that_do_not_work_leave_the_old_ones(world: World, place: Place, storage: str) -> None:
    before = world.storages()["Tumours"]

    answer = world.update_storage(
        storage, name="Renamed", accessKey=place.keys.access_key, secretKey="w" * 40
    )

    assert answer.code == "VERIFICATION_FAILED"
    assert answer.error["extensions"]["checks"][0]["status"] == "FAIL"
    assert world.storages()["Tumours"] == before
    assert is_healthy(world, storage)
    assert [line["outcome"] for line in world.activity(action="storage_backend.update")] == ["FAILED"]


def test_keys_that_are_left_out_stay(world: World, storage: str) -> None:
    changed = world.update_storage(storage, name="Renamed").value

    assert (changed["name"], changed["revision"], changed["identity"]) == ("Renamed", 2, "KEY_PAIR")
    assert is_healthy(world, storage)


def test_a_null_pair_means_blank_keys_and_those_have_to_be_allowed(world: World, storage: str) -> None:
    answer = world.update_storage(storage, accessKey=None, secretKey=None)

    assert (answer.code, answer.field) == ("FORBIDDEN", "accessKey")
    assert is_healthy(world, storage)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"accessKey": None}, "secretKey"),
        ({"secretKey": None}, "accessKey"),
        ({"accessKey": "AKIA" + "Q" * 16}, "secretKey"),
        ({"secretKey": "s" * 40}, "accessKey"),
        ({"accessKey": "AKIA" + "Q" * 16, "secretKey": None}, "secretKey"),
        ({"accessKey": None, "secretKey": "s" * 40}, "accessKey"),
        ({"accessKey": "", "secretKey": ""}, "accessKey"),
        ({"name": None}, "name"),
        ({"name": " "}, "name"),
        ({"uses": []}, "uses"),
    ],
)
def test_half_a_change_is_refused(
    shared_world: World, shared_storage: str, fields: dict[str, Any], named: str
) -> None:
    answer = shared_world.update_storage(shared_storage, **fields)

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", named)
    assert shared_world.storages()["Shared"]["revision"] == 1


@pytest.fixture(scope="module")
def shared_storage(shared_world: World, cloud: Cloud) -> str:
    created: str = shared_world.create_storage(cloud.place(), name="Shared").value["id"]
    return created


def test_what_was_known_of_the_old_keys_goes_with_them(world: World, cloud: Cloud) -> None:
    place = cloud.place()
    storage = world.create_storage(place, uses=["DATA"]).value["id"]
    iam = cloud.client("iam")
    new = cloud.user(place.bucket)
    user = iam.get_access_key_last_used(AccessKeyId=new.access_key)["UserName"]
    read = '{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}'
    iam.put_user_policy(
        UserName=user,
        PolicyName="storage",
        PolicyDocument=f'{{"Version": "2012-10-17", "Statement": [{read}]}}',
    )

    changed = world.update_storage(storage, **new.input()).value

    assert changed["user"] == user
    assert changed["keyCreatedAt"] is None  # the new keys may not ask


def test_a_use_is_added_only_if_it_is_proven(world: World, cloud: Cloud) -> None:
    place = cloud.place(actions=READ_ONLY)
    storage = world.create_storage(place, uses=["DATA"]).value["id"]

    refused = world.update_storage(storage, uses=["DATA", "DOCUMENTS"])
    granted = world.update_storage(storage, uses=["DOCUMENTS", "DATA"], **cloud.user(place.bucket).input())

    assert refused.code == "VERIFICATION_FAILED"
    assert granted.value["uses"] == ["DOCUMENTS", "DATA"]


def test_a_use_that_is_needed_is_not_taken_away(world: World, storage: str) -> None:
    use = (
        "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
    )
    assert world.post(use, {"id": world.own_study, "input": {"documentBucket": storage}}).code == "OK"

    answer = world.update_storage(storage, uses=["DATA"])

    assert (answer.code, answer.field) == ("CONFLICT", "uses")
    assert "Own study" in answer.message


def test_taking_a_use_away_turns_a_storage_healthy_that_lacked_the_right_for_it(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    iam = cloud.client("iam")
    user = iam.get_access_key_last_used(AccessKeyId=place.keys.access_key)["UserName"]
    read = '{"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}'
    iam.put_user_policy(
        UserName=user,
        PolicyName="storage",
        PolicyDocument=f'{{"Version": "2012-10-17", "Statement": [{read}]}}',
    )
    assert not is_healthy(world, storage)

    changed = world.update_storage(storage, uses=["DATA"]).value

    assert (changed["uses"], changed["healthy"]) == (["DATA"], True)


def test_the_name_of_another_storage_is_refused(world: World, cloud: Cloud, storage: str) -> None:
    world.create_storage(cloud.place(), name="Blood")

    answer = world.update_storage(storage, name="BLOOD")

    assert (answer.code, answer.field) == ("CONFLICT", "name")
    assert world.update_storage(storage, name="TUMOURS").value["name"] == "TUMOURS"


def test_the_later_of_two_administrators_is_told(world: World, storage: str) -> None:
    assert world.update_storage(storage, name="First", expectedRevision=1).value["revision"] == 2

    answer = world.update_storage(storage, name="Second", expectedRevision=1)

    assert answer.code == "CONFLICT"
    assert answer.error["extensions"]["revision"] == 2
    assert "First" in world.storages()
    assert world.activity(action="storage_backend.update")[0]["outcome"] == "REFUSED"


def test_changing_nothing_is_no_change(world: World, storage: str) -> None:
    assert world.update_storage(storage, name="Tumours", uses=["DATA", "DOCUMENTS"]).value["revision"] == 1
    assert world.activity(action="storage_backend.update")[0]["summary"] == "nothing changed"


def test_the_default_storage_cannot_be_edited(world: World) -> None:
    default = world.storages()["Default Storage"]["id"]

    assert world.update_storage(default, name="Mine").code == "FORBIDDEN"


def test_the_activity_tells_what_changed(world: World, cloud: Cloud, place: Place, storage: str) -> None:
    world.update_storage(storage, name="Blood", **cloud.user(place.bucket).input())

    line = world.activity(action="storage_backend.update")[0]

    assert line["summary"] == "renamed from “Tumours”; keys rotated"
    assert (line["subjectId"], line["outcome"]) == (storage, "SUCCEEDED")
