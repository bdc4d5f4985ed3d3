"""Deleting documents and versions: rows at once, objects as far as the bucket lets us, and what stays is told."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.cloud import Cloud, Place
from tests.support.documents import add_documents, add_version
from tests.support.world import ADMINISTRATOR, STUDY_ADMINISTRATOR, STUDY_MEMBER, World

DELETE = "mutation ($id: ID!) { deleteFile(id: $id) { id name objectsDeleted objectsLeft { uri reason } } }"
DELETE_VERSION = (
    "mutation ($id: ID!) { deleteVersion(id: $id) { id name objectsDeleted objectsLeft { uri reason } } }"
)
DOCUMENT = (
    "query ($id: ID!) { document(id: $id) { revision latest { id } versions { edges { node { id } } } } }"
)


def put(cloud: Cloud, world: World, bucket: str, document: str) -> list[str]:
    """Put objects where the versions of a document lie; their ids, newest first."""
    rows = world.sql("SELECT id, key FROM versions WHERE document_id = :id ORDER BY number DESC", id=document)
    for _id, key in rows:
        cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=b"x")
    return [row[0] for row in rows]


def keys_in(cloud: Cloud, bucket: str) -> set[str]:
    found = cloud.client("s3").list_objects_v2(Bucket=bucket, Prefix="dewrangle/studies/")
    return {entry["Key"] for entry in found.get("Contents", [])}


@pytest.fixture
def storage(world: World, place: Place) -> str:
    storage: str = world.create_storage(place, name="KF Bucket").value["id"]
    return storage


def pending(world: World) -> list[Any]:
    return world.sql("SELECT id FROM pending_objects")


def test_a_document_is_deleted_with_its_versions_and_objects(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    doomed, kept = add_documents(world, world.own_study, ["a.csv", "b.csv"], storage=storage, versions=3)
    put(cloud, world, place.bucket, doomed)
    put(cloud, world, place.bucket, kept)

    value = world.post(DELETE, {"id": doomed}, STUDY_ADMINISTRATOR).value

    assert value == {"id": doomed, "name": "a.csv", "objectsDeleted": 3, "objectsLeft": []}
    assert all(key.endswith("_b.csv") for key in keys_in(cloud, place.bucket))
    assert len(keys_in(cloud, place.bucket)) == 3
    assert world.post(DOCUMENT, {"id": doomed}).code == "NOT_FOUND"
    assert world.sql("SELECT count(*) FROM versions WHERE document_id = :id", id=doomed) == [(0,)]
    assert pending(world) == []
    line = world.activity(action="document.delete")[0]
    assert (line["subjectName"], line["summary"]) == ("a.csv", "3 versions, 3.0 kB")


def test_a_bucket_that_forbids_deletion_keeps_the_objects(world: World, cloud: Cloud) -> None:
    place = cloud.place(actions=["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"])
    storage = world.create_storage(place, name="Forever").value["id"]
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=storage)
    [version] = put(cloud, world, place.bucket, document)

    value = world.post(DELETE, {"id": document}).value

    assert value["objectsDeleted"] == 0
    [left] = value["objectsLeft"]
    assert left["uri"].startswith(
        f"s3://{place.bucket}/dewrangle/studies/{world.own_study}/uploads/{version}_"
    )
    assert "forbids its deletion" in left["reason"]
    assert world.post(DOCUMENT, {"id": document}).code == "NOT_FOUND"
    assert len(keys_in(cloud, place.bucket)) == 1
    assert pending(world) == []


def test_what_lies_in_a_deleted_storage_is_told(world: World, storage: str, place: Place) -> None:
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=storage)
    world.post("mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }", {"id": storage})

    value = world.post(DELETE, {"id": document}).value

    assert value["objectsDeleted"] == 0
    assert value["objectsLeft"][0]["uri"].startswith(f"s3://{place.bucket}/dewrangle/")
    assert "“KF Bucket” is no longer attached" in value["objectsLeft"][0]["reason"]


def test_what_gets_no_answer_is_tried_again_later(world: World, storage: str) -> None:
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=storage)
    world.sql("UPDATE storage_backends SET endpoint_url = 'http://127.0.0.1:9' WHERE id = :id", id=storage)

    value = world.post(DELETE, {"id": document}).value

    assert "tried again later" in value["objectsLeft"][0]["reason"]
    assert len(pending(world)) == 1
    world.sql("DELETE FROM pending_objects")


def test_deleting_the_newest_version_makes_the_one_before_it_the_newest(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=storage, versions=3)
    newest, middle, oldest = put(cloud, world, place.bucket, document)

    assert world.post(DELETE_VERSION, {"id": newest}).value["objectsDeleted"] == 1
    found = world.post(DOCUMENT, {"id": document}).value
    assert (found["latest"]["id"], found["revision"]) == (middle, 2)
    assert world.post(DELETE_VERSION, {"id": oldest}).code == "OK"
    found = world.post(DOCUMENT, {"id": document}).value
    assert [edge["node"]["id"] for edge in found["versions"]["edges"]] == [middle]

    last = world.post(DELETE_VERSION, {"id": middle})

    assert last.code == "CONFLICT"
    assert "Delete the document itself" in last.message


def test_a_version_that_is_no_document_can_be_deleted(world: World, storage: str) -> None:
    version = add_version(world, world.own_study, "a.csv", storage=storage)

    assert world.post(DELETE_VERSION, {"id": version}).value["name"] == "a.csv"
    assert world.post(DELETE_VERSION, {"id": version}).code == "NOT_FOUND"


def test_study_members_delete_nothing(world: World, storage: str) -> None:
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=storage)

    assert world.post(DELETE, {"id": document}, STUDY_MEMBER).code == "FORBIDDEN"
    line = world.activity(action="document.delete")[0]
    assert (line["outcome"], line["subjectName"]) == ("REFUSED", "a.csv")


def test_two_versions_deleted_at_once_leave_one(world: World, storage: str) -> None:
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=storage, versions=2)
    versions = [row[0] for row in world.sql("SELECT id FROM versions WHERE document_id = :id", id=document)]

    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda version: world.post(DELETE_VERSION, {"id": version}, ADMINISTRATOR).code, versions
            )
        )

    assert sorted(answers) == ["CONFLICT", "OK"]
    assert len(world.post(DOCUMENT, {"id": document}).value["versions"]["edges"]) == 1
