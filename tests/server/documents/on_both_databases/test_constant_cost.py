"""Pages of many studies or documents cost no more SQL statements than pages of few."""

import pytest

from dwtui.server.settings import ServerSettings
from tests.support.documents import add_documents
from tests.support.graphql import GraphQLClient
from tests.support.statements import counted_statements
from tests.support.world import ADMINISTRATOR, STUDY_ADMINISTRATOR, SUPPORT, People, World, build_world

STUDIES = """
query ($id: ID!, $first: Int) {
  allStudies(organization: $id, first: $first) {
    totalCount
    edges { node {
      name documentStorage { name healthy } dataStorage { name healthy } viewerMay
      documentCount { documents versions bytes } strandedCount { documents versions bytes }
    } }
  }
}
"""
DOCUMENTS = """
query ($id: ID!, $first: Int) {
  study(id: $id) {
    documents(first: $first) { edges { node {
      name versionCount bytes strandedCount createdBy { name } study { name }
      latest {
        place obstacle storage { name } storageName key s3Uri createdBy { name } document { name } study { name }
      }
    } } }
  }
}
"""
MOVES = """
query ($id: ID!, $to: ID!, $first: Int) {
  relocationPreview(study: $id, documentBucket: $to) {
    overlaps { message }
    versions(first: $first) { edges { node { fate oldKey newKey version { place document { name } } } } }
  }
}
"""
PREVIEWS = """
query ($changes: [RelocationPreviewInput!]!) {
  relocationPreviews(changes: $changes) { summary stranded { documents } overlaps { message } }
}
"""
MANY = 30


@pytest.fixture(scope="module")
def crowded(api_settings: ServerSettings, api: GraphQLClient, people: People) -> tuple[World, list[str], str]:
    """A world with studies, each with a document, one of them with many; and the default storage."""
    world = build_world(api_settings, api, people)
    storage = next(row["id"] for row in world.storages().values() if row["isDefault"])
    studies = [world.own_study, *(world.create_study().value["id"] for _ in range(MANY))]
    for study in studies[1:]:
        add_documents(world, study, ["a.csv"], storage="SB_ELSEWHER")
    add_documents(world, world.own_study, [f"{number}.csv" for number in range(MANY)], storage=storage)
    return world, studies, storage


def statements(world: World, document: str, variables: dict[str, object], who: str = ADMINISTRATOR) -> int:
    world.post("{ viewer { operator } }", by=who)  # the use of the token is noted by now
    with counted_statements() as run:
        assert world.post(document, variables, who).code == "OK"
    return len(run)


@pytest.mark.parametrize("who", [ADMINISTRATOR, STUDY_ADMINISTRATOR, SUPPORT])
def test_many_studies(crowded: tuple[World, list[str], str], who: str) -> None:
    world, _, _ = crowded
    few, many = (
        statements(world, STUDIES, {"id": world.organization, "first": first}, who) for first in (2, 30)
    )
    assert few == many <= 12


def test_many_documents(crowded: tuple[World, list[str], str]) -> None:
    world, _, _ = crowded
    few, many = (statements(world, DOCUMENTS, {"id": world.own_study, "first": first}) for first in (2, 30))
    assert few == many <= 16


def test_many_versions_of_a_preview(crowded: tuple[World, list[str], str]) -> None:
    world, _, storage = crowded
    variables = {"id": world.own_study, "to": storage}
    few, many = (statements(world, MOVES, {**variables, "first": first}) for first in (2, 30))
    assert few == many <= 16


def test_many_previews(crowded: tuple[World, list[str], str]) -> None:
    world, studies, storage = crowded
    changes = [{"study": study, "documentBucket": storage} for study in studies]
    few, many = (statements(world, PREVIEWS, {"changes": changes[:count]}) for count in (2, MANY))
    assert few == many <= 10
