"""Organizations: founded with a default storage, renamed, given defaults; nobody overwrites what they have not seen."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.cloud import Cloud
from tests.support.world import MEMBER, OPERATOR, OUTSIDER, World

CREATE = """
mutation ($input: CreateOrganizationInput!) {
  createOrganization(input: $input) {
    id name revision role
    defaultStorage { id name bucket prefix identity isDefault } defaultDocumentStorage { id } defaultDataStorage { id }
  }
}
"""
UPDATE = """
mutation ($id: ID!, $input: UpdateOrganizationInput!) {
  updateOrganization(id: $id, input: $input) {
    name revision defaultDocumentStorage { name } defaultDataStorage { name }
  }
}
"""


def update(world: World, **input: Any) -> Any:
    return world.post(UPDATE, {"id": world.organization, "input": input})


def test_an_organization_begins_with_a_storage_of_its_own_in_the_application_bucket(
    world: World, cloud: Cloud
) -> None:
    made = world.post(CREATE, {"input": {"name": f" Brain {world.organization} "}}, OPERATOR).value

    assert made["name"] == f"Brain {world.organization}"
    assert (made["revision"], made["role"]) == (1, "ADMINISTRATOR")
    default = made["defaultStorage"]
    assert default == {
        "id": default["id"],
        "name": "Default Storage",
        "bucket": cloud.application_bucket,
        "prefix": f"organizations/{made['id']}",
        "identity": "BLANK",
        "isDefault": True,
    }
    assert made["defaultDocumentStorage"] == made["defaultDataStorage"] == {"id": default["id"]}


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb", "a\u202eb", "\u200b"])
def test_a_name_that_cannot_be_is_refused(shared_world: World, name: str) -> None:
    created = shared_world.post(CREATE, {"input": {"name": name}}, OPERATOR)
    renamed = update(shared_world, name=name)

    assert (created.code, created.field) == ("BAD_USER_INPUT", "name")
    assert (renamed.code, renamed.field) == ("BAD_USER_INPUT", "name")


def test_no_two_organizations_have_one_name(world: World) -> None:
    name = f"Heart {world.organization}"
    with ThreadPoolExecutor(3) as pool:
        spellings = [name, name.upper(), f"  {name.lower()} "]
        answers = list(pool.map(lambda it: world.post(CREATE, {"input": {"name": it}}, OPERATOR), spellings))

    assert sorted(answer.code for answer in answers) == ["CONFLICT", "CONFLICT", "OK"]
    renamed = update(world, name=name)
    assert (renamed.code, renamed.field) == ("CONFLICT", "name")


def test_only_what_is_given_changes(world: World, cloud: Cloud) -> None:
    storage = world.create_storage(cloud.place(), name="Tumours").value["id"]

    documents = update(world, defaultDocumentStorage=storage).value
    data = update(world, defaultDataStorage=storage).value
    back = update(world, defaultDocumentStorage=None).value

    assert documents["defaultDocumentStorage"] == {"name": "Tumours"}
    assert documents["defaultDataStorage"] == {"name": "Default Storage"}
    assert data["defaultDocumentStorage"] == data["defaultDataStorage"] == {"name": "Tumours"}
    assert back["defaultDocumentStorage"] == {"name": "Default Storage"}
    assert back["defaultDataStorage"] == {"name": "Tumours"}
    assert [it["revision"] for it in (documents, data, back)] == [2, 3, 4]


def test_new_studies_begin_with_the_defaults_of_that_day(world: World, cloud: Cloud) -> None:
    documents = world.create_storage(cloud.place()).value["id"]
    data = world.create_storage(cloud.place()).value["id"]
    before = world.create_study().value

    assert update(world, defaultDocumentStorage=documents, defaultDataStorage=data).code == "OK"

    after = world.create_study().value
    assert after["documentStorage"] == {"id": documents}
    assert after["dataStorage"] == [{"id": data}]
    query = "query ($id: ID!) { study(id: $id) { documentStorage { id } } }"
    assert world.post(query, {"id": before["id"]}).value["documentStorage"] == before["documentStorage"]


def test_a_default_must_be_ones_own_and_fit(world: World, cloud: Cloud) -> None:
    for_data = world.create_storage(cloud.place(), uses=["DATA"]).value["id"]
    foreign = world.create_storage(
        cloud.place(), by=OUTSIDER, organization=world.other_organization, uses=["DOCUMENTS"]
    ).value["id"]

    for storage in (for_data, foreign, "SB_00000000", "", "x" * 300):
        answer = update(world, defaultDocumentStorage=storage)
        assert (answer.code, answer.field) == ("BAD_USER_INPUT", "defaultDocumentStorage"), storage
    assert update(world, defaultDataStorage=for_data).code == "OK"
    assert update(world, defaultDataStorage=foreign).field == "defaultDataStorage"


def test_the_later_of_two_is_told(world: World) -> None:
    assert update(world, name=f"First {world.organization}", expectedRevision=1).value["revision"] == 2

    answer = update(world, name=f"Second {world.organization}", expectedRevision=1)

    assert answer.code == "CONFLICT"
    assert answer.error["extensions"]["revision"] == 2


def test_of_two_at_the_same_moment_one_is_told(world: World) -> None:
    names = [f"One {world.organization}", f"Two {world.organization}"]
    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(lambda it: update(world, name=it, expectedRevision=1).code, names))

    assert sorted(codes) == ["CONFLICT", "OK"]


def test_a_null_name_is_refused(world: World) -> None:
    answer = update(world, name=None)

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "name")


def test_deleting_and_using_a_storage_at_once_ends_in_one_of_both(world: World, cloud: Cloud) -> None:
    """Whatever comes first: nobody waits for ever, nothing is left pointing at a storage that is gone."""
    delete = "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }"
    use = (
        "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
    )
    for _ in range(3):
        storages = [world.create_storage(cloud.place(), uses=["DATA"]).value["id"] for _ in range(2)]
        own, other = (
            {"id": study, "input": {"dataBuckets": order}}
            for study, order in ((world.own_study, storages), (world.other_study, storages[::-1]))
        )
        asking = [
            lambda it=storages[0]: world.post(delete, {"id": it}),
            lambda it=storages[1]: world.post(delete, {"id": it}),
            lambda it=own: world.post(use, it),
            lambda it=other: world.post(use, it),
            lambda it=storages[0]: update(world, defaultDataStorage=it),
            lambda: world.create_study(),
        ]

        with ThreadPoolExecutor(len(asking)) as pool:
            codes = [answer.code for answer in pool.map(lambda ask: ask(), asking)]

        assert set(codes) <= {"OK", "BAD_USER_INPUT"}, codes
        assert codes[:2] == ["OK", "OK"]
        for table, column in (("studies", "document_storage_id"), ("study_data_storages", "storage_id")):
            orphans = f"SELECT 1 FROM {table} WHERE {column} NOT IN (SELECT id FROM storage_backends)"
            assert world.sql(orphans) == []
        assert set(world.storages()) == {"Default Storage"}


def test_a_member_who_may_not_is_told_who_may(world: World) -> None:
    answer = world.post(UPDATE, {"id": world.organization, "input": {"name": "Mine"}}, MEMBER)

    assert answer.code == "FORBIDDEN"
    assert "organization administrator" in answer.message
