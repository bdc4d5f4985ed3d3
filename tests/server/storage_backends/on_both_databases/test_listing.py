"""Lists of storages: every order, any page size, each row once; searching by parts; and at constant cost."""

import base64
import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dwtui.server.settings import ServerSettings
from tests.support.api import api_in_thread
from tests.support.graphql import GraphQLClient
from tests.support.statements import counted_statements
from tests.support.world import (
    ADMINISTRATOR,
    STUDY_ADMINISTRATOR,
    SUPPORT,
    People,
    World,
    build_world,
)

ORDERS = ("NAME", "BUCKET", "HEALTH", "USE", "VERIFIED", "KEY_AGE")
LIST = """
query ($id: ID!, $first: Int, $after: String, $search: String, $healthy: Boolean, $order: StorageBackendOrder) {
  allStorageBackends(
    organization: $id, first: $first, after: $after, search: $search, healthy: $healthy, orderBy: $order
  ) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id name bucket healthy } }
  }
}
"""
INSERT = """
INSERT INTO storage_backends (
  id, organization_id, name, name_key, bucket, prefix, location_key, for_documents, for_data, is_default, blank_keys,
  healthy, verified_at, keys_changed_at, key_created_at, account_id, account_alias, created_at, revision
) VALUES (
  :id, :organization, :name, :key, :bucket, :prefix, :place, true, true, false, false,
  :healthy, :verified, :changed, :created, '222222222222', 'research', '2026-11-01 12:00:00+00:00', 1
)
"""


def insert_storages(world: World, count: int) -> None:
    """Rows of storages, past the verification that each would take."""
    tail = world.organization[3:7]
    rows = []
    for index in range(count):
        when = moment(world, f"2026-{1 + index % 3:02}-01T12:00:00+00:00")
        rows.append(
            {
                "id": f"SB_{tail}{index:04}",
                "organization": world.organization,
                "name": f"Storage {index % 7} of {index}",
                "key": f"storage {index % 7} of {index}",
                "bucket": f"listed-{index % 4}",
                "prefix": ("source/100%_done", "source/a_b", "harmonized", "")[index % 4],
                "place": f"listed {world.organization}",
                "healthy": (True, False, None)[index % 3],
                "verified": when if index % 3 else None,
                "changed": when if index % 2 else None,
                "created": when if index % 5 == 0 else None,
            }
        )
    world.sql(INSERT, *rows)


def moment(world: World, text: str) -> Any:
    """A moment as the database takes it from a plain statement."""
    parsed = datetime.fromisoformat(text)
    sqlite = world.settings.database_url.get_secret_value().startswith("sqlite")
    return parsed.strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else parsed


@pytest.fixture(scope="module")
def listed(shared_world: World) -> World:
    """A world with 24 storages besides the default one."""
    insert_storages(shared_world, 24)
    return shared_world


def page(world: World, **variables: Any) -> dict[str, Any]:
    value: dict[str, Any] = world.post(LIST, {"id": world.organization, **variables}).value
    return value


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.sampled_from(ORDERS), first=st.integers(1, 30))
def test_pages_of_any_size_give_each_row_once(listed: World, order: str, first: int) -> None:
    whole = page(listed, order=order, first=1000)
    expected = [edge["node"]["id"] for edge in whole["edges"]]
    assert len(set(expected)) == whole["totalCount"] == 25

    rows: list[str] = []
    after = None
    while True:
        part = page(listed, order=order, first=first, after=after)
        rows += [edge["node"]["id"] for edge in part["edges"]]
        assert part["totalCount"] == 25
        assert part["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert part["pageInfo"]["endCursor"] == part["edges"][-1]["cursor"]
        assert part["pageInfo"]["startCursor"] == part["edges"][0]["cursor"]
        if not part["pageInfo"]["hasNextPage"]:
            break
        after = part["pageInfo"]["endCursor"]
    assert rows == expected


def test_each_order_is_what_it_says(listed: World) -> None:
    def nodes(order: str) -> list[dict[str, Any]]:
        return [edge["node"] for edge in page(listed, order=order, first=100)["edges"]]

    names = [node["name"].casefold() for node in nodes("NAME")]
    buckets = [node["bucket"] for node in nodes("BUCKET")]
    assert names == sorted(names)
    assert buckets == sorted(buckets)
    rank = {False: 0, None: 1, True: 2}
    health = [rank[node["healthy"]] for node in nodes("HEALTH")]
    assert health == sorted(health)
    assert nodes("USE")[0]["name"] == "Default Storage"  # which both studies use
    query = (
        "query ($id: ID!, $order: StorageBackendOrder) { allStorageBackends(organization: $id, orderBy: $order, "
        "first: 100) { edges { node { keysChangedAt keyCreatedAt } } } }"
    )
    rows = listed.post(query, {"id": listed.organization, "order": "KEY_AGE"}).value["edges"]
    ages = [row["node"]["keyCreatedAt"] or row["node"]["keysChangedAt"] or "9999" for row in rows]
    assert ages == sorted(ages)


def test_a_cursor_survives_a_restart(listed: World) -> None:
    first = page(listed, first=10)
    variables = {"id": listed.organization, "first": 100, "after": first["pageInfo"]["endCursor"]}

    with api_in_thread(listed.settings) as other_api:
        rest = other_api.post(LIST, variables, listed.people.tokens["administrator"]).value

    ids = [edge["node"]["id"] for edge in [*first["edges"], *rest["edges"]]]
    assert len(set(ids)) == 25


def test_a_row_that_is_gone_leaves_its_cursor_usable(listed: World) -> None:
    after = page(listed, first=3)["pageInfo"]["endCursor"]
    name, identifier = json.loads(base64.urlsafe_b64decode(after))
    gone = base64.urlsafe_b64encode(json.dumps([name + " a", identifier]).encode()).decode()

    assert len(page(listed, after=gone, first=100)["edges"]) == 22


def forged(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    ("order", "cursor"),
    [
        ("NAME", ""),
        ("NAME", "x"),
        ("NAME", "é"),
        ("NAME", "A" * 100_000),
        ("NAME", base64.urlsafe_b64encode(b"[" * 5000).decode()),
        ("NAME", base64.urlsafe_b64encode(b'"text"').decode()),
        ("NAME", forged("a")),
        ("NAME", forged("a", 1)),
        ("NAME", forged("a", None)),
        ("NAME", forged("a", "nul \0")),
        ("NAME", forged("a", "half \ud800")),
        ("HEALTH", forged(10**30, "a", "b")),
        ("HEALTH", forged(True, "a", "b")),
        ("HEALTH", forged("0", "a", "b")),
        ("VERIFIED", forged("yesterday", "a", "b")),
        ("VERIFIED", forged("2026-11-23T12:00:00", "a", "b")),
        ("VERIFIED", forged("0001-01-01T00:00:00+14:00", "a", "b")),
        ("VERIFIED", forged(5, "a", "b")),
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(listed: World, order: str, cursor: str) -> None:
    answer = listed.post(LIST, {"id": listed.organization, "after": cursor, "order": order})

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "after")


@pytest.mark.parametrize("first", [-1, 1001])
def test_a_page_has_a_size(listed: World, first: int) -> None:
    answer = listed.post(LIST, {"id": listed.organization, "first": first})

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "first")


def test_an_empty_page_still_counts(listed: World) -> None:
    empty = page(listed, first=0)

    assert (empty["edges"], empty["totalCount"], empty["pageInfo"]["endCursor"]) == ([], 25, None)


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("storage 3", 3),
        ("  STORAGE   3 of 10 ", 1),
        ("100%_", 6),
        ("a_b", 6),
        ("a%b", 0),
        ("%", 6),
        ("_", 25),
        ("listed-2", 6),
        ("LISTED-2", 6),
        ("22222222222", 24),
        ("research", 24),
        ("\\", 0),
        ("' OR 1=1 --", 0),
        ("   ", 25),
    ],
)
def test_searching_takes_every_character_for_itself(listed: World, search: str, count: int) -> None:
    # every id holds an underscore
    assert page(listed, search=search)["totalCount"] == count


@pytest.mark.parametrize(
    ("connection", "field"),
    [("allStorageBackends", "search"), ("allStudies", "search"), ("activity", "action")],
)
def test_nobody_searches_for_a_book(listed: World, connection: str, field: str) -> None:
    query = (
        "query ($id: ID!, $text: String) "
        f"{{ {connection}(organization: $id, {field}: $text) {{ totalCount }} }}"
    )
    answer = listed.post(query, {"id": listed.organization, "text": "x" * 60_000})
    assert (answer.code, answer.field) == ("BAD_USER_INPUT", field)
    assert "1000 characters" in answer.message
    assert listed.post(query, {"id": listed.organization, "text": "%" * 1000}).value == {"totalCount": 0}


@pytest.mark.parametrize(("healthy", "count"), [(True, 8), (False, 8), (None, 25)])
def test_filtering_by_health(listed: World, healthy: bool | None, count: int) -> None:
    assert page(listed, healthy=healthy)["totalCount"] == count


EVERYTHING = """
query ($id: ID!, $first: Int) {
  allStorageBackends(organization: $id, first: $first) {
    totalCount
    edges { node {
      id name bucket prefix healthy verification { verdict } createdBy { name } documentStudyCount dataStudyCount
      isDefaultForDocuments isDefaultForData organization { name defaultStorage { id } } viewerMay
    } }
  }
  allStudies(organization: $id, first: $first) {
    edges { node { name documentStorage { name } dataStorage { name } organization { name } viewerMay } }
  }
}
"""


@pytest.fixture(scope="module")
def crowded(api_settings: ServerSettings, api: GraphQLClient, people: People) -> World:
    """A world with 500 storages and some studies that use them."""
    world = build_world(api_settings, api, people)
    insert_storages(world, 500)
    for _ in range(8):
        world.create_study()
    return world


@pytest.mark.parametrize("who", [ADMINISTRATOR, STUDY_ADMINISTRATOR, SUPPORT])
def test_many_storages_cost_no_more_statements_than_few(crowded: World, who: str) -> None:
    counts = []
    for first in (10, 500):
        variables = {"id": crowded.organization, "first": first}
        crowded.post("{ viewer { operator } }", by=who)  # the use of the token is noted by now
        with counted_statements() as statements:
            data = crowded.post(EVERYTHING, variables, who).data
        assert len(data["allStorageBackends"]["edges"]) == first
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 20, counts
