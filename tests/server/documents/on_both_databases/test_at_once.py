"""Several who change the documents and storages of a study at the same moment: nothing is lost, nobody is misled."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.server.served import until
from tests.support.cloud import Cloud, Place
from tests.support.graphql import Answer
from tests.support.transfers import form, headers, make_document, upload
from tests.support.world import ADMINISTRATOR, STUDY_ADMINISTRATOR, World

UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { revision } }"
CREATE = "mutation ($input: CreateFileInput!) { createFile(input: $input) { id } }"
DELETE = "mutation ($id: ID!) { deleteFile(id: $id) { objectsDeleted } }"
DELETE_STORAGE = "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }"
VERSIONS = """
query ($id: ID!) {
  document(id: $id) { revision latest { id } versions { edges { node { id place storageName } } } }
}
"""


@pytest.fixture
def storage(world: World, place: Place) -> str:
    """The document storage of the own study."""
    storage: str = world.create_storage(place, name="KF Bucket").value["id"]
    assert world.post(UPDATE, {"id": world.own_study, "input": {"documentBucket": storage}}).code == "OK"
    return storage


def upload_while(world: World, document: str, meanwhile: Any) -> Answer:
    """Upload a version, and do something else between its first and its last byte."""
    head, tail = form(b"", fileId=document)

    def body() -> Iterator[bytes]:
        yield head + b"x" * 100_000
        until(lambda: world.sql("SELECT id FROM pending_objects WHERE abandoned = false"))
        meanwhile()
        yield b"y" * 100_000 + tail

    response = world.client.http.post("/graphql", content=body(), headers=headers(world, ADMINISTRATOR))
    return Answer(response.status_code, response.json())


def test_versions_uploaded_at_once_are_all_kept(world: World, storage: str) -> None:
    document = make_document(world, b"first")["id"]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: upload(world, b"%d" % number, fileId=document), range(4)))

    assert {answer.code for answer in answers} == {"OK"}
    found = world.post(VERSIONS, {"id": document}).value
    versions = [edge["node"]["id"] for edge in found["versions"]["edges"]]
    assert len(versions) == 5
    assert found["latest"]["id"] == versions[0]
    assert found["revision"] == 5
    numbers = world.sql("SELECT number FROM versions WHERE document_id = :id ORDER BY number", id=document)
    assert [row[0] for row in numbers] == [1, 2, 3, 4, 5]


def test_of_two_who_take_a_name_at_once_one_gets_it(world: World, storage: str) -> None:
    versions = [upload(world, b"x", "same.csv").value["id"] for _ in range(3)]

    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda version: world.post(CREATE, {"input": {"version": version}}).code, versions)
        )

    assert sorted(answers) == ["CONFLICT", "CONFLICT", "OK"]


def test_of_two_who_reassign_a_study_at_once_one_is_told(world: World, cloud: Cloud, storage: str) -> None:
    others = [world.create_storage(cloud.place()).value["id"] for _ in range(2)]
    people = (ADMINISTRATOR, STUDY_ADMINISTRATOR)

    def reassign(who: str) -> Answer:
        input = {"documentBucket": others[people.index(who)], "expectedRevision": 2}
        return world.post(UPDATE, {"id": world.own_study, "input": input}, who)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(reassign, people))

    assert sorted(answer.code for answer in answers) == ["CONFLICT", "OK"]
    winner = [answer.code for answer in answers].index("OK")
    query = "query ($id: ID!) { study(id: $id) { revision documentStorage { id } } }"
    assert world.post(query, {"id": world.own_study}).value == {
        "revision": 3,
        "documentStorage": {"id": others[winner]},
    }


def test_a_document_deleted_during_an_upload_takes_no_version(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    document = make_document(world, b"first")["id"]

    answer = upload_while(world, document, lambda: world.post(DELETE, {"id": document}))

    assert answer.code == "NOT_FOUND"
    assert world.sql("SELECT id FROM versions WHERE document_id = :id", id=document) == []
    assert "Contents" not in cloud.client("s3").list_objects_v2(Bucket=place.bucket)
    assert world.sql("SELECT id FROM pending_objects WHERE storage_id = :id", id=storage) == []


def test_an_upload_that_was_given_up_is_not_finished(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    document = make_document(world, b"first")["id"]

    answer = upload_while(world, document, lambda: world.sql("UPDATE pending_objects SET abandoned = true"))

    assert answer.code == "CONFLICT"
    assert "Upload it again" in answer.message
    assert len(world.post(VERSIONS, {"id": document}).value["versions"]["edges"]) == 1
    assert len(cloud.client("s3").list_objects_v2(Bucket=place.bucket)["Contents"]) == 1


def test_a_reassignment_during_an_upload_leaves_the_version_where_it_was_sent(
    world: World, cloud: Cloud, storage: str
) -> None:
    document = make_document(world, b"first")["id"]
    other = world.create_storage(cloud.place()).value["id"]
    change = {"id": world.own_study, "input": {"documentBucket": other}}

    answer = upload_while(world, document, lambda: world.post(UPDATE, change))

    assert answer.code == "OK"
    places = [edge["node"] for edge in world.post(VERSIONS, {"id": document}).value["versions"]["edges"]]
    assert [(version["place"], version["storageName"]) for version in places] == [
        ("STRANDED", "KF Bucket")
    ] * 2
    assert "cannot be opened" in world.activity(action="version.create")[0]["summary"]


def test_a_storage_deleted_during_an_upload_keeps_nothing_of_it(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    document = make_document(world, b"first")["id"]

    answer = upload_while(world, document, lambda: world.post(DELETE_STORAGE, {"id": storage}))

    assert answer.code == "CONFLICT"
    assert "“KF Bucket” was deleted" in answer.message
    found = world.post(VERSIONS, {"id": document}).value["versions"]["edges"]
    assert [edge["node"]["place"] for edge in found] == ["DETACHED"]
    assert len(cloud.client("s3").list_objects_v2(Bucket=place.bucket)["Contents"]) == 1
