"""A storage is deleted while documents lie in it: they say where, and come back when the place is attached again."""

from typing import Any

import pytest

from tests.support.cloud import Cloud, Place
from tests.support.documents import add_documents
from tests.support.world import STUDY_MEMBER, World

IMPACT = "query ($id: ID!) { storageBackendDeletionImpact(id: $id) { strandedDocuments { documents versions bytes } } }"
DELETE = "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }"
UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
VERSION = (
    "query ($id: ID!) { document(id: $id) { latest { place obstacle storageName storage { id } s3Uri } } }"
)


@pytest.fixture
def storage(world: World, place: Place) -> str:
    """The document storage of the own study."""
    storage: str = world.create_storage(place, name="KF Bucket", prefix="kf").value["id"]
    assert world.post(UPDATE, {"id": world.own_study, "input": {"documentBucket": storage}}).code == "OK"
    return storage


@pytest.fixture
def document(world: World, storage: str) -> str:
    return add_documents(world, world.own_study, ["a.csv"], storage=storage, versions=2, size=50)[0]


def latest(world: World, document: str, by: str = "administrator") -> dict[str, Any]:
    found: dict[str, Any] = world.post(VERSION, {"id": document}, by).value["latest"]
    return found


def test_the_impact_counts_the_documents_in_it(world: World, storage: str, document: str) -> None:
    add_documents(world, world.other_study, ["stranded.csv"], storage=storage, size=1)

    impact = world.post(IMPACT, {"id": storage}).value["strandedDocuments"]

    assert impact == {"documents": 2, "versions": 3, "bytes": 101}
    world.post(DELETE, {"id": storage})
    summary = world.activity(action="storage_backend.delete")[0]["summary"]
    assert "documents left in it: 2 documents (3 versions, 101 bytes)" in summary


def test_documents_are_detached_and_come_back(
    world: World, place: Place, storage: str, document: str
) -> None:
    assert latest(world, document)["place"] == "AT_HAND"

    world.post(DELETE, {"id": storage})

    detached = latest(world, document)
    assert (detached["place"], detached["storage"], detached["storageName"]) == (
        "DETACHED",
        None,
        "KF Bucket",
    )
    assert f"(s3://{place.bucket}/kf/)" in detached["obstacle"]
    assert "was deleted on" in detached["obstacle"]
    assert detached["s3Uri"].startswith(f"s3://{place.bucket}/kf/dewrangle/studies/")
    member = latest(world, document, STUDY_MEMBER)
    assert member["s3Uri"] is None
    assert place.bucket not in member["obstacle"]

    world.create_storage(place, name="Elsewhere", prefix="kf2")
    assert latest(world, document)["place"] == "DETACHED"
    again = world.create_storage(place, name="Again", prefix="kf").value["id"]

    attached = latest(world, document)
    assert (attached["place"], attached["storage"]) == ("STRANDED", {"id": again})
    summary = world.activity(action="storage_backend.create")[0]["summary"]
    assert "documents found in it again: 1 document (2 versions, 100 bytes)" in summary
    assert world.sql("SELECT count(*) FROM departed_storages WHERE id = :id", id=storage) == [(0,)]
    world.post(UPDATE, {"id": world.own_study, "input": {"documentBucket": again}})
    assert latest(world, document)["place"] == "AT_HAND"


def test_a_storage_at_the_same_place_takes_over(
    world: World, place: Place, storage: str, document: str
) -> None:
    twin = world.create_storage(place, name="Twin", prefix="kf").value["id"]

    world.post(DELETE, {"id": storage})

    assert latest(world, document)["storage"] == {"id": twin}
    assert world.sql("SELECT count(*) FROM departed_storages WHERE id = :id", id=storage) == [(0,)]


def test_an_empty_storage_leaves_nothing(world: World, storage: str) -> None:
    world.post(DELETE, {"id": storage})

    assert world.sql("SELECT count(*) FROM departed_storages WHERE id = :id", id=storage) == [(0,)]


def test_another_organization_at_that_place_gets_no_documents(
    world: World, cloud: Cloud, place: Place, storage: str, document: str
) -> None:
    world.post(DELETE, {"id": storage})

    theirs = world.create_storage(place, prefix="kf", by="outsider", organization=world.other_organization)

    assert theirs.code == "OK"
    assert latest(world, document)["place"] == "DETACHED"
