"""Studies: created with the organization's defaults, their storages changed by those who may, their members."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.cloud import Cloud
from tests.support.world import (
    ADMINISTRATOR,
    MEMBER,
    OUTSIDER,
    SET_STUDY_MEMBER,
    STUDY_ADMINISTRATOR,
    STUDY_MEMBER,
    World,
)

UPDATE = """
mutation ($id: ID!, $input: UpdateStoragesInput!) {
  updateStorages(id: $id, input: $input) { revision documentStorage { id } dataStorage { id } }
}
"""
LIST = """
query ($id: ID!, $search: String, $storage: ID) {
  allStudies(organization: $id, search: $search, storage: $storage) { totalCount edges { node { name } } }
}
"""
REMOVE = "mutation ($study: ID!, $user: ID!) { removeStudyMember(study: $study, user: $user) { members { role } } }"


def change(world: World, by: str = ADMINISTRATOR, study: str | None = None, **input: Any) -> Any:
    return world.post(UPDATE, {"id": study or world.own_study, "input": input}, by)


@pytest.fixture
def storages(world: World, cloud: Cloud) -> list[str]:
    return [world.create_storage(cloud.place(), uses=["DATA"]).value["id"] for _ in range(2)]


def test_names_and_short_codes_are_unique_in_the_organization(world: World) -> None:
    assert world.create_study(name="Neuroblastoma", shortCode="NBL").code == "OK"

    same_name = world.create_study(name=" NEUROBLASTOMA")
    same_code = world.create_study(name="Another", shortCode="nbl")

    assert (same_name.code, same_name.field) == ("CONFLICT", "name")
    assert (same_code.code, same_code.field) == ("CONFLICT", "shortCode")
    elsewhere = world.create_study(
        by=OUTSIDER, organization=world.other_organization, name="Neuroblastoma", shortCode="NBL"
    )
    assert elsewhere.code == "OK"
    assert world.create_study(shortCode="").code == world.create_study(shortCode=None).code == "OK"


def test_of_many_who_take_a_name_at_once_one_gets_it(world: World) -> None:
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(lambda _: world.create_study(name="Taken").code, range(4)))

    assert codes == ["CONFLICT", "CONFLICT", "CONFLICT", "OK"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "ß" * 200),
        ("name", "a\x07b"),
        ("shortCode", "x" * 33),
        ("shortCode", "a\u202eb"),
        ("externalId", "x" * 65),
        ("externalId", "a\nb"),
    ],
)
def test_a_wrong_input_is_named(shared_world: World, field: str, value: str) -> None:
    answer = shared_world.create_study(**{field: value})

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", field)


def test_what_is_left_out_stays(world: World, cloud: Cloud, storages: list[str]) -> None:
    documents = world.create_storage(cloud.place(), uses=["DOCUMENTS"]).value["id"]

    first = change(world, documentBucket=documents).value
    second = change(world, dataBuckets=storages).value
    third = change(world, dataBuckets=[]).value

    assert first["documentStorage"] == second["documentStorage"] == third["documentStorage"]
    assert first["documentStorage"] == {"id": documents}
    assert [it["id"] for it in second["dataStorage"]] == storages
    assert third["dataStorage"] == []
    assert [it["revision"] for it in (first, second, third)] == [2, 3, 4]


def test_data_storages_keep_their_order_and_count_once(world: World, storages: list[str]) -> None:
    one, two = storages

    assert [it["id"] for it in change(world, dataBuckets=[two, one, two]).value["dataStorage"]] == [two, one]
    assert [it["id"] for it in change(world, dataBuckets=[one, two]).value["dataStorage"]] == [one, two]
    assert change(world, dataBuckets=[one, two]).value["revision"] == 3


@pytest.mark.parametrize("field", ["documentBucket", "dataBuckets"])
def test_null_is_no_storage(shared_world: World, field: str) -> None:
    answer = change(shared_world, **{field: None})

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", field)


def test_storages_must_be_the_organizations_own_and_fit(
    world: World, cloud: Cloud, storages: list[str]
) -> None:
    foreign = world.create_storage(
        cloud.place(), by=OUTSIDER, organization=world.other_organization, uses=["DATA"]
    ).value["id"]

    for wrong in (foreign, "SB_00000000", "", storages[0]):
        answer = change(world, documentBucket=wrong)  # the last one is for data only
        assert (answer.code, answer.field) == ("BAD_USER_INPUT", "documentBucket")
    for wrong in ([storages[0], foreign], ["SB_00000000"], [f"SB_{index:08}" for index in range(101)]):
        answer = change(world, dataBuckets=wrong)
        assert (answer.code, answer.field) == ("BAD_USER_INPUT", "dataBuckets")
    query = "query ($id: ID!) { study(id: $id) { revision } }"
    assert world.post(query, {"id": world.own_study}).value["revision"] == 1


def test_a_study_administrator_changes_the_own_study(world: World, storages: list[str]) -> None:
    assert change(world, STUDY_ADMINISTRATOR, dataBuckets=storages).code == "OK"

    refused = change(world, STUDY_ADMINISTRATOR, world.other_study, dataBuckets=storages)

    assert refused.code == "FORBIDDEN"
    line = world.activity(action="study.update_storages")[0]
    assert (line["outcome"], line["subjectId"]) == ("REFUSED", world.other_study)


def test_of_two_at_the_same_moment_one_is_told(world: World, storages: list[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda it: change(world, dataBuckets=[it], expectedRevision=1), storages))

    assert sorted(answer.code for answer in answers) == ["CONFLICT", "OK"]
    told = next(answer for answer in answers if answer.code == "CONFLICT")
    assert told.error["extensions"]["revision"] == 2


def test_searching_and_filtering(world: World, storages: list[str]) -> None:
    assert world.create_study(name="100%_pure Ärger", shortCode="KF-NBL", externalId="phs001436").code == "OK"
    assert change(world, dataBuckets=storages).code == "OK"

    def found(**filters: Any) -> list[str]:
        value = world.post(LIST, {"id": world.organization, **filters}).value
        assert value["totalCount"] == len(value["edges"])
        return [edge["node"]["name"] for edge in value["edges"]]

    assert found() == ["100%_pure Ärger", "Other study", "Own study"]
    for part in ("ärger", "%_", "kf-nbl", "PHS001436", "  pure  "):
        assert found(search=part) == ["100%_pure Ärger"], part
    assert found(search="0_") == []
    assert found(search=world.own_study.lower()) == ["Own study"]
    assert found(storage=storages[0]) == ["Own study"]
    assert found(storage="SB_00000000") == []


def test_a_role_in_a_study_is_given_changed_and_taken(world: World) -> None:
    user = world.people.users[MEMBER]

    def roles(role: str) -> set[str]:
        variables = {"study": world.other_study, "user": user, "role": role}
        return {it["role"] for it in world.post(SET_STUDY_MEMBER, variables).value["members"]}

    assert roles("MEMBER") == {"MEMBER"}
    assert roles("ADMINISTRATOR") == {"ADMINISTRATOR"}
    query = "query ($id: ID!) { organization(id: $id) { role } }"
    assert world.post(query, {"id": world.organization}, MEMBER).value["role"] == "STUDY_ADMINISTRATOR"
    taken = {"study": world.other_study, "user": user}
    assert world.post(REMOVE, taken).value["members"] == []
    assert world.post(query, {"id": world.organization}, MEMBER).value["role"] == "MEMBER"
    again = world.post(REMOVE, taken)
    assert (again.code, again.field) == ("BAD_USER_INPUT", "user")


@pytest.mark.parametrize("who", [OUTSIDER, "nobody at all"])
def test_a_study_member_is_a_member_of_the_organization(world: World, who: str) -> None:
    user = world.people.users.get(who, "US_00000000")

    answer = world.post(SET_STUDY_MEMBER, {"study": world.own_study, "user": user, "role": "MEMBER"})

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "user")


def test_a_study_of_another_organization_is_not_there(world: World) -> None:
    query = "query ($id: ID!) { study(id: $id) { name } }"

    hidden = world.post(query, {"id": world.own_study}, OUTSIDER)
    missing = world.post(query, {"id": "SD_00000000"}, OUTSIDER)

    assert (hidden.code, missing.code) == ("NOT_FOUND", "NOT_FOUND")
    assert hidden.message.replace(world.own_study, "") == missing.message.replace("SD_00000000", "")


def test_a_study_member_sees_the_study_and_the_names_of_its_storages(world: World) -> None:
    query = "query ($id: ID!) { study(id: $id) { name documentStorage { name bucket } } }"

    value = world.post(query, {"id": world.own_study}, STUDY_MEMBER).value

    assert value == {"name": "Own study", "documentStorage": {"name": "Default Storage", "bucket": None}}
