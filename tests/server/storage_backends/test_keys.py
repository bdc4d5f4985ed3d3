"""Key pairs in the database: sealed, bound to their row, opened again after the key was rotated."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from dwtui.server.operating.keys import drop_old_keys, rotate_local_key
from dwtui.server.s3.identity import _session
from dwtui.server.settings import ServerSettings
from tests.support.api import api_in_thread
from tests.support.cloud import Cloud, Place
from tests.support.databases import sqlite_database
from tests.support.world import World, build_world, make_people

VERIFY = "mutation ($id: ID!) { verifyStorageBackend(id: $id) { verdict } }"
SEALED = "SELECT sealed_keys FROM storage_backends WHERE id = :id"
SEAL = "UPDATE storage_backends SET sealed_keys = :sealed WHERE id = :id"


def sealed_keys(world: World, storage: str) -> bytes:
    """What is kept of a storage's key pair."""
    ((sealed,),) = world.sql(SEALED, id=storage)
    return bytes(sealed)


@pytest.fixture
def storage(world: World, place: Place) -> str:
    created: str = world.create_storage(place, name="Tumours", uses=["DATA"]).value["id"]
    return created


def test_keys_of_another_storage_do_not_open(world: World, cloud: Cloud, storage: str) -> None:
    other = world.create_storage(cloud.place(), uses=["DATA"]).value["id"]
    world.sql(SEAL, id=storage, sealed=sealed_keys(world, other))

    answer = world.post(VERIFY, {"id": storage})

    assert answer.code == "INTERNAL"
    assert "can not be decrypted" in answer.message
    assert world.post(VERIFY, {"id": other}).value["verdict"] == "HEALTHY"
    assert world.activity(action="storage_backend.verify")[1]["outcome"] == "FAILED"


@pytest.mark.parametrize("place_in_text", [0, 1, 5, 15, -17, -1])
def test_one_changed_bit_is_noticed(world: World, storage: str, place_in_text: int) -> None:
    sealed = bytearray(sealed_keys(world, storage))
    sealed[place_in_text] ^= 1
    world.sql(SEAL, id=storage, sealed=bytes(sealed))

    answer = world.post(VERIFY, {"id": storage})

    assert answer.code == "INTERNAL"
    assert "Stored keys" in answer.message
    assert "requestId" not in answer.error["extensions"]  # it is one of ours, told in words


def test_giving_new_keys_mends_what_does_not_open(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    world.sql(SEAL, id=storage, sealed=b"\x01broken")
    assert world.update_storage(storage, name="Renamed").code == "OK"
    assert world.post(VERIFY, {"id": storage}).code == "INTERNAL"

    assert world.update_storage(storage, **cloud.user(place.bucket).input()).code == "OK"

    assert world.post(VERIFY, {"id": storage}).value["verdict"] == "HEALTHY"


def test_a_storage_whose_keys_do_not_open_can_be_deleted(world: World, storage: str) -> None:
    world.sql(SEAL, id=storage, sealed=b"\x01broken")

    assert (
        world.post("mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }", {"id": storage}).code
        == "OK"
    )


def test_the_local_key_is_rotated_while_the_api_runs(world: World, cloud: Cloud, storage: str) -> None:
    before = sealed_keys(world, storage)
    others = "UPDATE storage_backends SET sealed_keys = NULL, blank_keys = true WHERE id <> :id"
    world.sql(others, id=storage)  # some of them were broken on purpose

    rotation = asyncio.run(rotate_local_key(world.settings))

    after = sealed_keys(world, storage)
    assert (rotation.resealed, rotation.unreadable) == (1, [])
    assert after != before
    assert world.post(VERIFY, {"id": storage}).value["verdict"] == "HEALTHY"
    later = world.create_storage(cloud.place(), uses=["DATA"]).value["id"]
    dropped = asyncio.run(drop_old_keys(world.settings))
    assert dropped
    for each in (storage, later):
        assert world.post(VERIFY, {"id": each}).value["verdict"] == "HEALTHY"


def test_keys_that_are_still_needed_are_not_dropped(world: World, storage: str) -> None:
    old = sealed_keys(world, storage)
    asyncio.run(rotate_local_key(world.settings))
    world.sql(SEAL, id=storage, sealed=old)  # as if the rotation had stopped before this row

    asyncio.run(drop_old_keys(world.settings))

    assert world.post(VERIFY, {"id": storage}).value["verdict"] == "HEALTHY"
    asyncio.run(rotate_local_key(world.settings))
    assert world.post(VERIFY, {"id": storage}).value["verdict"] == "HEALTHY"


def test_a_pair_that_does_not_open_does_not_stop_the_rotation(
    world: World, cloud: Cloud, storage: str
) -> None:
    broken = world.create_storage(cloud.place(), uses=["DATA"]).value["id"]
    world.sql(SEAL, id=broken, sealed=b"\x01broken")

    rotation = asyncio.run(rotate_local_key(world.settings))
    asyncio.run(drop_old_keys(world.settings))

    assert broken in rotation.unreadable
    assert sealed_keys(world, broken) == b"\x01broken"
    assert world.post(VERIFY, {"id": storage}).value["verdict"] == "HEALTHY"


@pytest.fixture
def kms_world(cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world whose API seals with AWS KMS."""
    for name, value in cloud.environment().items():
        monkeypatch.setenv(name, value)
    _session.cache_clear()
    key = cloud.client("kms", cloud.application_account).create_key()["KeyMetadata"]["Arn"]
    cloud.allow_application("kms:*")
    settings = ServerSettings(
        database_url=sqlite_database(tmp_path),
        kms_key=key,
        application_bucket=cloud.application_bucket,
        allow_private_endpoints=True,
    )
    with api_in_thread(settings) as client:
        yield build_world(settings, client, make_people(settings))
    _session.cache_clear()


def test_keys_are_sealed_with_kms_from_end_to_end(kms_world: World, cloud: Cloud) -> None:
    world = kms_world
    storage = world.create_storage(cloud.place(), uses=["DATA"]).value["id"]
    other = world.create_storage(cloud.place(), uses=["DATA"]).value["id"]

    assert world.post(VERIFY, {"id": storage}).value["verdict"] == "HEALTHY"

    world.sql(SEAL, id=storage, sealed=sealed_keys(world, other))
    moved = world.post(VERIFY, {"id": storage})
    assert (moved.code, "can not be decrypted" in moved.message) == ("INTERNAL", True)
    assert world.post(VERIFY, {"id": other}).value["verdict"] == "HEALTHY"
