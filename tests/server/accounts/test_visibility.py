"""What each role is shown of what it may see: fields that are for some only, and no way around them."""

import asyncio
from typing import Any

import pytest
from graphql import is_object_type

from dwtui.server.operating.places import allow_blank_keys
from dwtui.server.schema import executable_schema
from tests.support.cloud import Cloud
from tests.support.world import (
    ADMINISTRATOR,
    EVERYBODY,
    MEMBER,
    OPERATOR,
    OUTSIDER,
    SET_STUDY_MEMBER,
    STUDY_ADMINISTRATOR,
    STUDY_MEMBER,
    SUPPORT,
    World,
)

MEMBERS = (ADMINISTRATOR, STUDY_ADMINISTRATOR, SUPPORT, MEMBER, STUDY_MEMBER)
SEE_STORAGES = (ADMINISTRATOR, STUDY_ADMINISTRATOR, SUPPORT)
NAMES_ONLY = (MEMBER, STUDY_MEMBER)

EVERY_FIELD = """
  id name bucket prefix accessKey secretKey arn accountId accountAlias user healthy uses identity isDefault
  endpointUrl region pathStyle keysChangedAt keyCreatedAt verifiedAt obstacle { probe } verification { verdict }
  createdAt createdBy { id } revision documentStudyCount dataStudyCount
  studies { totalCount edges { node { id } } } isDefaultForDocuments isDefaultForData organization { id } viewerMay
"""


@pytest.fixture(scope="module")
def storage(shared_world: World, cloud: Cloud) -> str:
    """A storage that the own study uses for its data."""
    world = shared_world
    place = cloud.place()
    created = world.create_storage(place, name="Tumours", prefix="source/tumours", uses=["DATA"])
    storage: str = created.value["id"]
    use = (
        "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
    )
    assert world.post(use, {"id": world.own_study, "input": {"dataBuckets": [storage]}}).value
    return storage


def seen(world: World, storage: str, who: str) -> dict[str, Any]:
    query = f"query ($id: ID!) {{ storageBackend(id: $id) {{ {EVERY_FIELD} }} }}"
    value: dict[str, Any] = world.post(query, {"id": storage}, who).value
    return value


def test_every_field_of_a_storage_is_asked_for_here(shared_world: World, storage: str) -> None:
    kind = executable_schema().type_map["StorageBackend"]
    assert is_object_type(kind)

    assert set(seen(shared_world, storage, ADMINISTRATOR)) == set(kind.fields)


@pytest.mark.parametrize("who", SEE_STORAGES)
def test_who_sees_storages_sees_all_but_keys(shared_world: World, storage: str, who: str) -> None:
    node = seen(shared_world, storage, who)

    hidden = {"secretKey", "accessKey"} if who is not ADMINISTRATOR else {"secretKey"}
    empty = {"endpointUrl", "obstacle"}  # it lies at AWS, and nothing is wrong with it
    assert {name for name, value in node.items() if value is None} == hidden | empty
    assert node["dataStudyCount"] == 1
    assert [edge["node"]["id"] for edge in node["studies"]["edges"]] == [shared_world.own_study]


def test_of_the_access_key_only_its_end_is_shown(shared_world: World, cloud: Cloud) -> None:
    place = cloud.place()

    created = shared_world.create_storage(place, uses=["DATA"]).value

    assert created["accessKey"] == "…" + place.keys.access_key[-4:]


@pytest.mark.parametrize("who", NAMES_ONLY)
def test_a_member_sees_the_name_of_a_storage_and_nothing_else(
    shared_world: World, storage: str, who: str
) -> None:
    world = shared_world

    node = seen(world, storage, who)

    shown = {name: value for name, value in node.items() if value not in (None, [])}
    assert shown == {
        "id": storage,
        "name": "Tumours",
        "organization": {"id": world.organization},
        "isDefault": False,
        "revision": 1,
        "studies": {"totalCount": 0, "edges": []},
    }


@pytest.mark.parametrize("who", NAMES_ONLY)
def test_a_member_sees_no_more_by_way_of_a_study_or_the_organization(
    shared_world: World, storage: str, who: str
) -> None:
    world = shared_world
    hidden = "id name bucket healthy uses accountId"
    document = (
        f"query ($id: ID!) {{ organization(id: $id) {{ defaultStorage {{ {hidden} }} "
        f"defaultDocumentStorage {{ {hidden} }} defaultDataStorage {{ {hidden} }} }} "
        f"allStudies(organization: $id) {{ edges {{ node {{ documentStorage {{ {hidden} }} "
        f"dataStorage {{ {hidden} }} }} }} }} }}"
    )
    data = world.post(document, {"id": world.organization}, who).data

    studies = [edge["node"] for edge in data["allStudies"]["edges"]]
    storages = [*data["organization"].values()]
    for study in studies:
        storages += [study["documentStorage"], *study["dataStorage"]]
    assert len(storages) == (3 if who is MEMBER else 5)
    for node in storages:
        assert {name for name, value in node.items() if value not in (None, [])} == {"id", "name"}


@pytest.mark.parametrize("who", NAMES_ONLY)
@pytest.mark.parametrize("search", ["source", "bucket-", "2222", "Tumours", "SB_"])
def test_a_member_finds_storages_by_name_only(
    shared_world: World, storage: str, cloud: Cloud, who: str, search: str
) -> None:
    query = (
        "query ($id: ID!, $search: String) "
        "{ allStorageBackends(organization: $id, search: $search) { totalCount } }"
    )
    variables = {"id": shared_world.organization, "search": search}

    found = shared_world.post(query, variables, who).value["totalCount"]

    assert (found > 0) == (search in ("Tumours", "SB_"))
    assert shared_world.post(query, variables).value["totalCount"] > 0


@pytest.mark.parametrize("who", NAMES_ONLY)
@pytest.mark.parametrize(
    "argument",
    ["healthy: true", "healthy: false"]
    + [f"orderBy: {order}" for order in ("BUCKET", "HEALTH", "USE", "VERIFIED", "KEY_AGE")],
)
def test_a_member_learns_nothing_from_the_order_of_storages(
    shared_world: World, who: str, argument: str
) -> None:
    query = f"query ($id: ID!) {{ allStorageBackends(organization: $id, {argument}) {{ totalCount }} }}"

    assert shared_world.post(query, {"id": shared_world.organization}, who).code == "FORBIDDEN"
    assert shared_world.post(query, {"id": shared_world.organization}, SUPPORT).code == "OK"


@pytest.mark.parametrize("who", NAMES_ONLY)
def test_a_cursor_made_for_another_order_tells_a_member_nothing(shared_world: World, who: str) -> None:
    by_bucket = "query ($id: ID!) { allStorageBackends(organization: $id, orderBy: BUCKET) { pageInfo { endCursor } } }"
    cursor = shared_world.post(by_bucket, {"id": shared_world.organization}).value["pageInfo"]["endCursor"]
    query = "query ($id: ID!, $after: String) { allStorageBackends(organization: $id, after: $after) { totalCount } }"

    answer = shared_world.post(query, {"id": shared_world.organization, "after": cursor}, who)

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "after")


@pytest.mark.parametrize("who", MEMBERS)
def test_who_sees_which_studies(shared_world: World, who: str) -> None:
    query = "query ($id: ID!) { allStudies(organization: $id) { totalCount edges { node { id } } } }"

    value = shared_world.post(query, {"id": shared_world.organization}, who).value

    expected = {
        MEMBER: set(),
        STUDY_MEMBER: {shared_world.own_study},
    }.get(who, {shared_world.own_study, shared_world.other_study})
    assert {edge["node"]["id"] for edge in value["edges"]} == expected
    assert value["totalCount"] == len(expected)


@pytest.mark.parametrize("who", MEMBERS)
def test_who_sees_the_members_and_their_addresses(shared_world: World, who: str) -> None:
    query = "query ($id: ID!) { organization(id: $id) { members { totalCount edges { node { user { id email } } } } } }"

    members = shared_world.post(query, {"id": shared_world.organization}, who).value["members"]

    if who not in (ADMINISTRATOR, SUPPORT):
        assert members == {"totalCount": 0, "edges": []}
        return
    emails = {edge["node"]["user"]["id"]: edge["node"]["user"]["email"] for edge in members["edges"]}
    assert len(emails) == members["totalCount"] == len(MEMBERS)
    own = shared_world.people.users[who]
    assert emails.pop(own) == shared_world.people.emails[who]
    assert all(emails.values()) == (who is ADMINISTRATOR)


@pytest.mark.parametrize("who", MEMBERS)
def test_who_sees_the_members_of_a_study(shared_world: World, who: str) -> None:
    query = "query ($id: ID!) { study(id: $id) { members { role user { id email } } } }"

    own = shared_world.post(query, {"id": shared_world.own_study}, who)
    other = shared_world.post(query, {"id": shared_world.other_study}, who)

    if who is MEMBER:
        assert (own.code, other.code) == ("NOT_FOUND", "NOT_FOUND")
        return
    sees = who in (ADMINISTRATOR, SUPPORT, STUDY_ADMINISTRATOR)
    assert len(own.value["members"]) == (2 if sees else 0)
    if other.code == "OK":
        assert other.value["members"] == []


def test_a_study_administrator_does_not_see_the_members_of_other_studies(shared_world: World) -> None:
    world = shared_world
    variables = {"study": world.other_study, "user": world.people.users[STUDY_MEMBER], "role": "MEMBER"}
    assert len(world.post(SET_STUDY_MEMBER, variables).value["members"]) == 1
    query = "query ($id: ID!) { study(id: $id) { members { role } viewerMay } }"

    value = world.post(query, {"id": world.other_study}, STUDY_ADMINISTRATOR).value

    assert value == {"members": [], "viewerMay": ["SEE_STORAGES"]}
    leave = "mutation ($study: ID!, $user: ID!) { removeStudyMember(study: $study, user: $user) { id } }"
    assert world.post(leave, {name: variables[name] for name in ("study", "user")}).value


@pytest.mark.parametrize("who", MEMBERS)
def test_blank_key_locations_are_for_administrators(shared_world: World, blank_place: str, who: str) -> None:
    query = "query ($id: ID!) { organization(id: $id) { blankKeyLocations { bucket prefix } } }"

    places = shared_world.post(query, {"id": shared_world.organization}, who).value["blankKeyLocations"]

    assert places == ([{"bucket": blank_place, "prefix": "shared"}] if who is ADMINISTRATOR else [])


@pytest.fixture(scope="module")
def blank_place(shared_world: World) -> str:
    """The bucket in which the organization may use blank keys."""
    asyncio.run(
        allow_blank_keys(
            shared_world.settings,
            organization_id=shared_world.organization,
            bucket="operators-bucket",
            prefix="shared",
        )
    )
    return "operators-bucket"


@pytest.mark.parametrize("who", EVERYBODY[:-1])
def test_viewers_see_their_own_tokens_only(shared_world: World, who: str) -> None:
    assert shared_world.other_organization
    made = shared_world.post('mutation { createToken(name: "visible") { token { id } } }', by=who).value[
        "token"
    ]["id"]

    viewer = shared_world.post(
        "{ viewer { operator tokens { id name } organizations { id } } }", by=who
    ).value

    assert made in [token["id"] for token in viewer["tokens"]]
    assert viewer["operator"] == (who is OPERATOR)
    mine = {OUTSIDER: {shared_world.other_organization}, OPERATOR: set()}
    organizations = {it["id"] for it in viewer["organizations"]}
    both = {shared_world.organization, shared_world.other_organization}
    assert organizations & both == mine.get(who, {shared_world.organization})


EVERYTHING = {
    "SEE_STORAGES", "MANAGE_STORAGES", "MANAGE_ORGANIZATION", "CHANGE_STUDY_STORAGES", "UPLOAD_DOCUMENTS",
    "DELETE_DOCUMENTS", "LIST_OBJECTS", "READ_OBJECTS", "SEE_ACTIVITY",
}  # fmt: skip
LOOK = {"SEE_STORAGES", "SEE_ACTIVITY"}
IN_OWN = {"CHANGE_STUDY_STORAGES", "UPLOAD_DOCUMENTS", "DELETE_DOCUMENTS", "LIST_OBJECTS", "READ_OBJECTS"}
NOTHING: set[str] = set()
MAY = {
    # in the organization, in the own study, in the storage of the own study, in the default storage
    ADMINISTRATOR: (EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING),
    STUDY_ADMINISTRATOR: (LOOK, LOOK | IN_OWN, LOOK | {"LIST_OBJECTS", "READ_OBJECTS"}, LOOK),
    SUPPORT: (LOOK | {"LIST_OBJECTS"},) * 4,
    MEMBER: (NOTHING, None, NOTHING, NOTHING),
    STUDY_MEMBER: (NOTHING, {"UPLOAD_DOCUMENTS", "READ_OBJECTS"}, NOTHING, NOTHING),
}


@pytest.mark.parametrize("who", MEMBERS)
def test_the_api_says_what_the_viewer_may_do(shared_world: World, storage: str, who: str) -> None:
    world = shared_world
    in_organization, in_study, in_storage, in_default = MAY[who]
    ask = "query ($id: ID!) { organization(id: $id) { viewerMay defaultStorage { id viewerMay } } }"

    organization = world.post(ask, {"id": world.organization}, who).value
    study = world.post("query ($id: ID!) { study(id: $id) { viewerMay } }", {"id": world.own_study}, who)

    assert set(organization["viewerMay"]) == in_organization
    assert set(seen(world, storage, who)["viewerMay"]) == in_storage
    if in_study is not None:
        assert set(study.value["viewerMay"]) == in_study
    if who is not STUDY_ADMINISTRATOR:  # whose own study keeps its documents in the default storage
        assert set(organization["defaultStorage"]["viewerMay"]) == in_default


@pytest.mark.parametrize("who", [STUDY_ADMINISTRATOR])
def test_a_study_administrator_may_read_what_the_own_study_uses(shared_world: World, who: str) -> None:
    ask = "query ($id: ID!) { organization(id: $id) { defaultStorage { viewerMay } } }"

    may = shared_world.post(ask, {"id": shared_world.organization}, who).value["defaultStorage"]["viewerMay"]

    assert set(may) == LOOK | {"LIST_OBJECTS", "READ_OBJECTS"}
