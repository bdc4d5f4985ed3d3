"""Documents as the API tells of them: counts, lists, where their versions lie, and to whom."""

from typing import Any

import pytest

from tests.support.cloud import Place
from tests.support.documents import add_documents
from tests.support.world import ADMINISTRATOR, STUDY_ADMINISTRATOR, STUDY_MEMBER, SUPPORT, World

STUDY = """
query (
  $id: ID!, $search: String, $name: String, $stranded: Boolean, $order: DocumentOrder, $first: Int, $after: String
) {
  study(id: $id) {
    documentCount { documents versions bytes }
    strandedCount { documents versions bytes }
    documents(
      search: $search, name: $name, stranded: $stranded, orderBy: $order, first: $first, after: $after
    ) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { node { id name versionCount bytes strandedCount latest { id } viewerMay } }
    }
  }
}
"""
DOCUMENT = """
query ($id: ID!) {
  document(id: $id) {
    id name description fileType tags revision study { id } createdBy { id }
    versions { totalCount edges { node {
      id place obstacle storageName storage { id } key s3Uri downloadPath document { id } size sha256
    } } }
  }
}
"""
UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"


@pytest.fixture
def default_storage(world: World) -> str:
    storage: str = next(row["id"] for row in world.storages().values() if row["isDefault"])
    return storage


def names_in(answer: Any) -> list[str]:
    return [edge["node"]["name"] for edge in answer.value["documents"]["edges"]]


def test_a_study_counts_its_documents_and_those_that_are_stranded(
    world: World, place: Place, default_storage: str
) -> None:
    study = world.own_study
    add_documents(world, study, ["a.csv", "b.csv"], storage=default_storage, versions=2, size=10)
    other = world.create_storage(place).value["id"]
    add_documents(world, study, ["c.csv"], storage=other, size=7)

    value = world.post(STUDY, {"id": study}).value

    assert value["documentCount"] == {"documents": 3, "versions": 5, "bytes": 47}
    assert value["strandedCount"] == {"documents": 1, "versions": 1, "bytes": 7}
    world.post(UPDATE, {"id": study, "input": {"documentBucket": other}})
    value = world.post(STUDY, {"id": study}).value
    assert value["strandedCount"] == {"documents": 2, "versions": 4, "bytes": 40}


def test_documents_are_found_sorted_and_paged(world: World, place: Place, default_storage: str) -> None:
    study = world.own_study
    add_documents(world, study, ["Zebra.csv"], storage=default_storage, size=5)
    add_documents(world, study, ["apple_100%.csv"], storage=default_storage, size=50)
    other = world.create_storage(place).value["id"]
    add_documents(world, study, ["Mango.csv"], storage=other, size=500, versions=2)

    def names(**wanted: Any) -> list[str]:
        return names_in(world.post(STUDY, {"id": study, **wanted}))

    assert names() == ["apple_100%.csv", "Mango.csv", "Zebra.csv"]
    assert names(order="SIZE") == ["Mango.csv", "apple_100%.csv", "Zebra.csv"]
    assert names(order="NEWEST") == ["Mango.csv", "apple_100%.csv", "Zebra.csv"]
    assert names(search="ZEB") == ["Zebra.csv"]
    assert names(search="0%") == ["apple_100%.csv"]
    assert names(stranded=True) == ["Mango.csv"]
    assert names(stranded=False) == ["apple_100%.csv", "Zebra.csv"]
    one = world.post(STUDY, {"id": study, "first": 1, "order": "SIZE"}).value["documents"]
    rest = names(order="SIZE", after=one["pageInfo"]["endCursor"])
    assert (one["totalCount"], rest) == (3, ["apple_100%.csv", "Zebra.csv"])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("apple.csv", ["Apple.csv"]),
        ("Cafe\u0301 100%.csv", ["Café 100%.csv"]),
        ("apple", []),
        ("%", []),
        ("", []),
        ("a\ufffe", []),
        ("a" * 5000, []),
        ("../Apple.csv", []),
    ],
)
def test_one_document_is_found_by_its_name(shared_world: World, name: str, found: list[str]) -> None:
    world = shared_world
    storage = next(row["id"] for row in world.storages().values() if row["isDefault"])
    if not names_in(world.post(STUDY, {"id": world.own_study})):
        add_documents(world, world.own_study, ["Apple.csv", "apple.csv.gz", "Café 100%.csv"], storage=storage)

    assert names_in(world.post(STUDY, {"id": world.own_study, "name": name})) == found


def test_versions_say_where_they_lie(world: World, place: Place, default_storage: str) -> None:
    study = world.own_study
    [document] = add_documents(world, study, ["a.csv"], storage=default_storage, versions=2)

    def versions(by: str = ADMINISTRATOR) -> list[dict[str, Any]]:
        found = world.post(DOCUMENT, {"id": document}, by).value["versions"]
        assert found["totalCount"] == 2
        return [edge["node"] for edge in found["edges"]]

    newest, oldest = versions()
    assert newest["place"] == oldest["place"] == "AT_HAND"
    assert newest["obstacle"] is None
    assert newest["storage"] == {"id": default_storage}
    assert newest["downloadPath"] == f"/download/study/{study}/file/{document}/version/{newest['id']}"
    assert newest["s3Uri"].endswith(
        f"/{world.organization}/dewrangle/studies/{study}/uploads/{newest['id']}_a.csv"
    )
    assert newest["s3Uri"].endswith(newest["key"])

    other = world.create_storage(place, name="KF Old Bucket").value["id"]
    world.post(UPDATE, {"id": study, "input": {"documentBucket": other}})

    newest, _oldest = versions()
    assert newest["place"] == "STRANDED"
    assert "“Default Storage”" in newest["obstacle"]
    seen_by_member, _ = versions(STUDY_MEMBER)
    assert (seen_by_member["storage"], seen_by_member["key"], seen_by_member["s3Uri"]) == (None, None, None)
    assert seen_by_member["storageName"] == "Default Storage"


def test_to_other_study_administrators_a_study_has_no_documents(world: World, default_storage: str) -> None:
    [document] = add_documents(world, world.other_study, ["a.csv"], storage=default_storage)

    value = world.post(STUDY, {"id": world.other_study}, STUDY_ADMINISTRATOR).value

    assert value["documentCount"] is value["strandedCount"] is None
    assert value["documents"] == {
        "totalCount": 0,
        "pageInfo": {"hasNextPage": False, "endCursor": None},
        "edges": [],
    }
    assert world.post(DOCUMENT, {"id": document}, STUDY_ADMINISTRATOR).code == "NOT_FOUND"
    assert world.post(DOCUMENT, {"id": document}, SUPPORT).code == "OK"


ALL = (
    "query ($id: ID!, $problem: StudyProblem) { allStudies(organization: $id, problem: $problem, first: 1000) "
    "{ edges { node { id } } } }"
)


def test_studies_are_found_by_their_problem(world: World, place: Place, default_storage: str) -> None:
    other = world.create_storage(place).value["id"]
    add_documents(world, world.other_study, ["a.csv"], storage=other)
    world.post(UPDATE, {"id": world.own_study, "input": {"dataBuckets": []}})

    def studies(problem: str, by: str = ADMINISTRATOR) -> list[str]:
        answer = world.post(ALL, {"id": world.organization, "problem": problem}, by)
        return [edge["node"]["id"] for edge in answer.value["edges"]]

    assert studies("STRANDED_DOCUMENTS") == [world.other_study]
    assert studies("STRANDED_DOCUMENTS", STUDY_ADMINISTRATOR) == []
    assert studies("NO_DATA_STORAGE") == [world.own_study]
    assert studies("UNHEALTHY_STORAGE") == []
    world.sql("UPDATE storage_backends SET healthy = false WHERE id = :id", id=default_storage)
    assert set(studies("UNHEALTHY_STORAGE")) == {world.own_study, world.other_study}
    refused = world.post(ALL, {"id": world.organization, "problem": "NO_DATA_STORAGE"}, STUDY_MEMBER)
    assert refused.code == "FORBIDDEN"
