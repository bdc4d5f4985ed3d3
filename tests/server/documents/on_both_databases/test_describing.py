"""The second step of an upload, and changing what is said of a document."""

from typing import Any

import pytest

from tests.support.documents import add_documents, add_version
from tests.support.graphql import Answer
from tests.support.world import ADMINISTRATOR, STUDY_MEMBER, SUPPORT, World

CREATE = """
mutation ($input: CreateFileInput!) {
  createFile(input: $input) {
    id name description fileType tags revision createdBy { id } versionCount latest { id document { id } }
  }
}
"""
UPDATE = """
mutation ($id: ID!, $input: UpdateFileInput!) {
  updateFile(id: $id, input: $input) { name description fileType tags revision }
}
"""
FIND = "query ($id: ID!, $search: String) { study(id: $id) { documents(search: $search) { totalCount } } }"


@pytest.fixture
def version(world: World) -> str:
    return add_version(world, world.own_study, "participants.csv", storage=default_storage(world))


@pytest.fixture
def spare_version(shared_world: World) -> str:
    """A version in a study of its own."""
    study = shared_world.create_study().value["id"]
    return add_version(shared_world, study, "participants.csv", storage=default_storage(shared_world))


def default_storage(world: World) -> str:
    return next(row["id"] for row in world.storages().values() if row["isDefault"])


def create(world: World, version: str, by: str = ADMINISTRATOR, **input: Any) -> Answer:
    return world.post(CREATE, {"input": {"version": version, **input}}, by)


def test_a_version_becomes_a_document(world: World, version: str) -> None:
    value = create(
        world, version, STUDY_MEMBER, description="Who takes part", fileType="CLN", tags=["a", "b"]
    )

    found = value.value
    assert found == {
        "id": found["id"],
        "name": "participants.csv",
        "description": "Who takes part",
        "fileType": "CLN",
        "tags": ["a", "b"],
        "revision": 1,
        "createdBy": {"id": world.people.users[STUDY_MEMBER]},
        "versionCount": 1,
        "latest": {"id": version, "document": {"id": found["id"]}},
    }
    line = world.activity(action="document.create")[0]
    assert (line["subjectId"], line["subjectName"], line["outcome"]) == (
        found["id"],
        "participants.csv",
        "SUCCEEDED",
    )


def test_a_version_becomes_one_document_only(world: World, version: str) -> None:
    assert create(world, version).code == "OK"

    again = create(world, version, name="other.csv")

    assert again.code == "CONFLICT"
    assert "Upload the file again" in again.message


def test_the_same_name_twice_is_a_new_version_instead(world: World, version: str) -> None:
    [there] = add_documents(world, world.own_study, ["PARTICIPANTS.csv"], storage=default_storage(world))

    refused = create(world, version)

    assert refused.code == "CONFLICT"
    assert "new version" in refused.message
    assert refused.error["extensions"]["document"] == there
    assert world.activity(action="document.create")[0]["outcome"] == "REFUSED"
    assert create(world, version, name="participants-2.csv").code == "OK"


@pytest.mark.parametrize(
    ("field", "input"),
    [
        ("name", {"name": "../etc/passwd"}),
        ("name", {"name": ".."}),
        ("name", {"name": "C:\\manifest.csv"}),
        ("name", {"name": "a\nb.csv"}),
        ("name", {"name": "\u202egnp.csv"}),
        ("name", {"name": "x" * 256}),
        ("name", {"name": "   "}),
        ("description", {"description": "x" * 2001}),
        ("description", {"description": "a\0b"}),
        ("tags", {"tags": [str(number) for number in range(21)]}),
        ("tags", {"tags": ["x" * 51]}),
    ],
)
def test_what_cannot_be_said_of_a_document(
    shared_world: World, spare_version: str, field: str, input: dict[str, Any]
) -> None:
    refused = create(shared_world, spare_version, **input)

    assert refused.code == "BAD_USER_INPUT"
    assert refused.error["extensions"]["field"] == field
    assert create(shared_world, spare_version).code == "OK"


@pytest.mark.parametrize(
    "name",
    [
        "🧬 samples 👩‍🔬.csv",
        "عينات.csv",
        "样本.csv",
        "x" * 255,
        "ß" * 255,
        "🧬" * 255,
        ".hidden",
        "a;b'\"<c>.csv",
    ],
)
def test_unusual_names_are_fine(shared_world: World, spare_version: str, name: str) -> None:
    assert create(shared_world, spare_version, name=name).value["name"] == name


def test_a_document_is_described_anew(world: World) -> None:
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=default_storage(world))
    change = {
        "name": " b.csv ",
        "description": "Échantillons",
        "fileType": "SEQ",
        "tags": ["Trio", "trio", " "],
    }

    value = world.post(UPDATE, {"id": document, "input": change}, STUDY_MEMBER).value

    assert value == {
        "name": "b.csv",
        "description": "Échantillons",
        "fileType": "SEQ",
        "tags": ["Trio"],
        "revision": 2,
    }
    for part in ("échan", "TRIO", "b.c"):
        assert world.post(FIND, {"id": world.own_study, "search": part}).value["documents"]["totalCount"] == 1
    assert world.post(FIND, {"id": world.own_study, "search": "a.csv"}).value["documents"]["totalCount"] == 0
    unchanged = world.post(UPDATE, {"id": document, "input": {}}).value
    assert unchanged["revision"] == 2
    emptied = world.post(UPDATE, {"id": document, "input": {"description": None, "tags": None}}).value
    assert (emptied["description"], emptied["tags"], emptied["revision"]) == ("", [], 3)
    assert "renamed from “a.csv” to “b.csv”" in world.activity(action="document.update")[-1]["summary"]


def test_a_name_is_never_taken_away_nor_taken_twice(world: World) -> None:
    storage = default_storage(world)
    [one, _other] = add_documents(world, world.own_study, ["a.csv", "b.csv"], storage=storage)

    for field in ("name", "fileType"):
        refused = world.post(UPDATE, {"id": one, "input": {field: None}})
        assert (refused.code, refused.error["extensions"]["field"]) == ("BAD_USER_INPUT", field)
    assert world.post(UPDATE, {"id": one, "input": {"name": "B.csv"}}).code == "CONFLICT"
    assert world.post(UPDATE, {"id": one, "input": {"name": "A.csv"}}).value["name"] == "A.csv"


def test_two_people_change_the_same_document(world: World) -> None:
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=default_storage(world))
    first = {"description": "by one", "expectedRevision": 1}
    second = {"description": "by the other", "expectedRevision": 1}

    assert world.post(UPDATE, {"id": document, "input": first}).code == "OK"
    late = world.post(UPDATE, {"id": document, "input": second}, STUDY_MEMBER)

    assert late.code == "CONFLICT"
    assert world.post(UPDATE, {"id": document, "input": {}}).value["description"] == "by one"


def test_support_changes_nothing(world: World, version: str) -> None:
    assert create(world, version, SUPPORT).code == "FORBIDDEN"
    line = world.activity(action="document.create")[0]
    assert (line["outcome"], line["subjectName"]) == ("REFUSED", "participants.csv")
