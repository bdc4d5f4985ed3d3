"""Stranded: lying in another storage than the study's document storage. In every number, list and answer alike."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.cloud import Cloud
from tests.support.documents import add_documents
from tests.support.world import World

UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
STUDY = """
query ($id: ID!) {
  study(id: $id) {
    documentStorage { id }
    documentCount { documents versions bytes } strandedCount { documents versions bytes }
    documents(first: 50) { edges { node {
      id versionCount strandedCount bytes
      versions(first: 5) { edges { node { size place obstacle storage { id } } } }
    } } }
    out: documents(stranded: true, first: 50) { edges { node { id } } }
    in: documents(stranded: false, first: 50) { edges { node { id } } }
  }
}
"""
PREVIEW = """
query ($study: ID!, $to: ID!) {
  relocationPreview(study: $study, documentBucket: $to) {
    stranded { versions } comingBack { versions } stillStranded { versions }
  }
}
"""


@pytest.fixture(scope="module")
def storages(shared_world: World, cloud: Cloud) -> list[str]:
    return [shared_world.create_storage(cloud.place()).value["id"] for _ in range(3)]


def ids(connection: dict[str, Any]) -> set[str]:
    return {edge["node"]["id"] for edge in connection["edges"]}


def at_hand_and_not(study: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """The versions that lie where the study looks, and the others, after checking what is told of each."""
    at_hand, stranded = [], []
    for edge in study["documents"]["edges"]:
        document = edge["node"]
        versions = [inner["node"] for inner in document["versions"]["edges"]]
        out = [version for version in versions if version["place"] == "STRANDED"]
        assert document["strandedCount"] == len(out)
        assert document["versionCount"] == len(versions)
        assert document["bytes"] == sum(version["size"] for version in versions)
        assert (document["id"] in ids(study["out"])) == bool(out) == (document["id"] not in ids(study["in"]))
        stranded += [(document["id"], version) for version in out]
        at_hand += [(document["id"], version) for version in versions if version["place"] == "AT_HAND"]
        for version in versions:
            here = version["storage"]["id"] == study["documentStorage"]["id"]
            assert version["place"] == ("AT_HAND" if here else "STRANDED")
            assert (version["obstacle"] is None) == here
    return at_hand, stranded


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=6))
def test_every_number_agrees(shared_world: World, storages: list[str], steps: list[tuple[bool, int]]) -> None:
    world = shared_world
    study = world.create_study().value["id"]
    for number, (moves, chosen) in enumerate(steps):
        if moves:
            preview = world.post(PREVIEW, {"study": study, "to": storages[chosen]}).value
            change = {"documentBucket": storages[chosen]}
            assert world.post(UPDATE, {"id": study, "input": change}).code == "OK"
            after = world.post(STUDY, {"id": study}).value["strandedCount"]["versions"]
            assert after == preview["stranded"]["versions"] + preview["stillStranded"]["versions"]
        else:
            names = [f"{number}-{index}.csv" for index in range(2)]
            add_documents(world, study, names, storage=storages[chosen], versions=2, size=10 + number)

    found = world.post(STUDY, {"id": study}).value
    at_hand, stranded = at_hand_and_not(found)
    for count, versions in (("strandedCount", stranded), ("documentCount", at_hand + stranded)):
        assert found[count] == {
            "documents": len({document for document, _ in versions}),
            "versions": len(versions),
            "bytes": sum(version["size"] for _, version in versions),
        }
