"""Deleting a storage: what would happen is told first, studies and defaults fall back, the bucket is not asked."""

from typing import Any

import pytest

from tests.support.cloud import Cloud, Place
from tests.support.world import World

IMPACT = """
query ($id: ID!) {
  storageBackendDeletionImpact(id: $id) {
    storageBackend { name } documentStudies { name } dataStudies { name }
    isDefaultForDocuments isDefaultForData fallback { name isDefault }
  }
}
"""
DELETE = "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id name } }"
USE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
STUDY = "query ($id: ID!) { study(id: $id) { revision documentStorage { name } dataStorage { name } } }"
DEFAULTS = """
mutation ($id: ID!, $input: UpdateOrganizationInput!) {
  updateOrganization(id: $id, input: $input) { revision }
}
"""


@pytest.fixture
def storages(world: World, cloud: Cloud) -> dict[str, str]:
    """Two storages; the own study uses both, the other study one, and new studies begin with it."""
    names = ("Tumours", "Blood")
    made = {name: world.create_storage(cloud.place(), name=name).value["id"] for name in names}
    tumours, blood = made["Tumours"], made["Blood"]
    own = {"documentBucket": tumours, "dataBuckets": [tumours, blood]}
    assert world.post(USE, {"id": world.own_study, "input": own}).code == "OK"
    assert world.post(USE, {"id": world.other_study, "input": {"dataBuckets": [tumours]}}).code == "OK"
    defaults = {"defaultDocumentStorage": tumours, "defaultDataStorage": tumours}
    assert world.post(DEFAULTS, {"id": world.organization, "input": defaults}).code == "OK"
    return made


def test_the_impact_is_what_then_happens(world: World, storages: dict[str, str]) -> None:
    tumours = storages["Tumours"]

    impact = world.post(IMPACT, {"id": tumours}).value

    assert impact == {
        "storageBackend": {"name": "Tumours"},
        "documentStudies": [{"name": "Own study"}],
        "dataStudies": [{"name": "Other study"}, {"name": "Own study"}],
        "isDefaultForDocuments": True,
        "isDefaultForData": True,
        "fallback": {"name": "Default Storage", "isDefault": True},
    }
    assert world.post(DELETE, {"id": tumours}).value == {"id": tumours, "name": "Tumours"}
    default, blood = {"name": "Default Storage"}, {"name": "Blood"}
    assert world.post(STUDY, {"id": world.own_study}).value == {
        "revision": 3,
        "documentStorage": default,
        "dataStorage": [blood],
    }
    assert world.post(STUDY, {"id": world.other_study}).value == {
        "revision": 3,
        "documentStorage": default,
        "dataStorage": [default],
    }
    query = (
        "query ($id: ID!) { organization(id: $id) "
        "{ revision defaultDocumentStorage { name } defaultDataStorage { name } } }"
    )
    organization = world.post(query, {"id": world.organization}).value
    assert organization["defaultDocumentStorage"] == organization["defaultDataStorage"] == default
    assert organization["revision"] > 2
    created = world.create_study().value
    assert [created["documentStorage"]["id"]] == [it["id"] for it in created["dataStorage"]]
    line = world.activity(action="storage_backend.delete")[0]
    assert "studies that fell back to the default storage: 2" in line["summary"]


def test_nothing_of_a_deleted_storage_is_left(world: World, storages: dict[str, str]) -> None:
    tumours = storages["Tumours"]
    assert world.post(DELETE, {"id": tumours}).code == "OK"

    assert world.post(DELETE, {"id": tumours}).code == "NOT_FOUND"
    assert "Tumours" not in world.storages()
    assert world.sql("SELECT 1 FROM storage_backends WHERE id = :id", id=tumours) == []


def test_deleting_needs_no_bucket(world: World, cloud: Cloud, place: Place) -> None:
    storage = world.create_storage(place).value["id"]
    cloud.delete_keys(place.keys)
    cloud.client("s3").delete_bucket(Bucket=place.bucket)

    assert world.post(DELETE, {"id": storage}).code == "OK"


def test_objects_are_not_touched(world: World, cloud: Cloud, place: Place) -> None:
    cloud.client("s3").put_object(Bucket=place.bucket, Key="source/sample.cram", Body=b"reads")
    storage = world.create_storage(place).value["id"]

    assert world.post(DELETE, {"id": storage}).code == "OK"

    contents = cloud.client("s3").list_objects_v2(Bucket=place.bucket)["Contents"]
    assert [it["Key"] for it in contents] == ["source/sample.cram"]


def test_the_place_may_be_attached_again(world: World, place: Place) -> None:
    storage = world.create_storage(place, name="Tumours").value["id"]
    assert world.post(DELETE, {"id": storage}).code == "OK"

    assert world.create_storage(place, name="Tumours").code == "OK"


@pytest.mark.parametrize("document", [DELETE, IMPACT])
def test_the_default_storage_stays(world: World, document: str) -> None:
    default = world.storages()["Default Storage"]["id"]

    assert world.post(document, {"id": default}).code == "FORBIDDEN"


@pytest.mark.parametrize("document", [DELETE, IMPACT])
@pytest.mark.parametrize(
    "id", ["SB_00000000", "", "x" * 5000, "'; DROP TABLE storage_backends; --", "\x1b[31m"]
)
def test_an_unknown_id_is_not_found(shared_world: World, document: str, id: str) -> None:
    answer: Any = shared_world.post(document, {"id": id})

    assert answer.code == "NOT_FOUND"
    assert "\x1b" not in answer.message
    assert len(answer.message) < 120
