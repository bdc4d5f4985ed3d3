"""The activity: one transaction with what it tells of, newest first, for those who may see it; and without secrets."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from dwtui.server import clock
from tests.support.cloud import Cloud, Place
from tests.support.world import (
    ADMINISTRATOR,
    MEMBER,
    OPERATOR,
    OUTSIDER,
    REMOVE_MEMBER,
    STUDY_ADMINISTRATOR,
    SUPPORT,
    UPDATE_MEMBER,
    World,
)

LIST = """
query (
  $id: ID!, $first: Int, $after: String, $subject: ID, $actor: ID, $action: String, $outcome: Outcome
) {
  activity(
    organization: $id, first: $first, after: $after
    subject: $subject, actor: $actor, action: $action, outcome: $outcome
  ) { totalCount pageInfo { endCursor hasNextPage } edges { node { id at action outcome subjectId } } }
}
"""
CREATE_STUDY = "mutation ($input: CreateStudyInput!) { createStudy(input: $input) { id } }"
DELETE = "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }"


class LostError(Exception):
    """The database went away."""


@contextmanager
def commits_that_fail() -> Iterator[None]:
    """Every commit with changes fails meanwhile, as if the database had gone away."""

    def fail(_connection: Any) -> None:
        raise LostError

    event.listen(Engine, "commit", fail)
    try:
        yield
    finally:
        event.remove(Engine, "commit", fail)


def lines(world: World, by: str = ADMINISTRATOR, **filters: Any) -> list[dict[str, Any]]:
    answer = world.post(LIST, {"id": world.organization, "first": 1000, **filters}, by)
    return [edge["node"] for edge in answer.value["edges"]]


def test_a_change_and_its_line_are_one_transaction(world: World, place: Place) -> None:
    storage = world.create_storage(place, name="Tumours", uses=["DATA"]).value["id"]
    before, studies = lines(world), world.sql("SELECT count(*) FROM studies")

    with commits_that_fail():
        created = world.create_study(name="Lost")
        deleted = world.post(DELETE, {"id": storage})

    assert (created.code, deleted.code) == ("INTERNAL", "INTERNAL")
    assert "LostError" not in str(created.body)
    assert lines(world) == before
    assert world.sql("SELECT count(*) FROM studies") == studies
    assert "Tumours" in world.storages()


def test_a_change_whose_line_cannot_be_written_does_not_happen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = world.sql("SELECT count(*) FROM studies")

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO activity"):
            raise LostError

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        answer = world.create_study(name="Lost")
    finally:
        event.remove(Engine, "before_cursor_execute", fail)

    assert answer.code == "INTERNAL"
    assert world.sql("SELECT count(*) FROM studies") == before


def test_what_is_refused_is_recorded_and_what_is_hidden_is_not(world: World) -> None:
    before = len(lines(world))

    assert world.create_study(by=MEMBER, name="Not mine").code == "FORBIDDEN"
    assert world.create_study(by=OUTSIDER, name="Not mine").code == "NOT_FOUND"
    assert world.create_study(name="").code == "BAD_USER_INPUT"

    refused = world.activity()[0]
    assert len(lines(world)) == before + 1
    assert (refused["action"], refused["outcome"]) == ("study.create", "REFUSED")
    assert refused["actor"] == {"id": world.people.users[MEMBER]}
    assert refused["subjectName"] == "Not mine"
    assert "organization administrator" in refused["summary"]


def test_the_newest_line_comes_first_with_its_moment_and_request(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime.now(UTC).replace(microsecond=123456) + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    response = world.client.http.post(
        "/graphql",
        json={
            "query": CREATE_STUDY,
            "variables": {"input": {"organization": world.organization, "name": "Later"}},
        },
        headers={"Authorization": f"Bearer {world.people.tokens[ADMINISTRATOR]}"},
    )

    newest = world.activity()[0]
    assert newest["requestId"] == response.headers["X-Request-Id"]
    assert datetime.fromisoformat(lines(world)[0]["at"]) == later


def test_filters(world: World, cloud: Cloud) -> None:
    storage = world.create_storage(cloud.place(), uses=["DATA"]).value["id"]
    world.update_storage(storage, name="Renamed")
    world.create_study(by=MEMBER)

    assert {line["action"] for line in lines(world, action="storage_backend.")} == {
        "storage_backend.create",
        "storage_backend.update",
    }
    assert lines(world, action="storage%") == lines(world, action="storage_backend_") == []
    assert {line["subjectId"] for line in lines(world, subject=storage)} == {storage}
    assert [line["action"] for line in lines(world, actor=world.people.users[MEMBER])] == ["study.create"]
    assert [line["outcome"] for line in lines(world, outcome="REFUSED")] == ["REFUSED"]
    assert lines(world, actor=world.people.users[MEMBER], outcome="SUCCEEDED") == []


def test_study_administrators_see_what_happened_to_their_studies(world: World) -> None:
    assert {line["subjectId"] for line in lines(world, STUDY_ADMINISTRATOR)} == {world.own_study}
    assert lines(world, SUPPORT) == lines(world)
    assert {line["subjectId"] for line in lines(world, subject=world.other_study)} == {world.other_study}
    assert lines(world, STUDY_ADMINISTRATOR, subject=world.other_study) == []


@pytest.mark.parametrize("first", [1, 2, 3, 100])
def test_pages_give_each_line_once(shared_world: World, first: int) -> None:
    expected = [line["id"] for line in lines(shared_world)]
    assert len(expected) > 5

    rows: list[str] = []
    after = None
    while True:
        variables = {"id": shared_world.organization, "first": first, "after": after}
        value = shared_world.post(LIST, variables).value
        rows += [edge["node"]["id"] for edge in value["edges"]]
        if not value["pageInfo"]["hasNextPage"]:
            break
        after = value["pageInfo"]["endCursor"]
    assert rows == expected


def test_a_cursor_of_a_number_no_database_counts_to_is_refused(shared_world: World) -> None:
    cursor = base64.urlsafe_b64encode(b"[99999999999999999999]").decode()

    answer = shared_world.post(LIST, {"id": shared_world.organization, "after": cursor})

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "after")


def test_making_and_ending_a_token_is_told_to_the_organizations_of_its_owner(world: World) -> None:
    make = 'mutation { createToken(name: "laptop") { token { id } secret } }'
    made = world.post(make, by=MEMBER).value
    end = "mutation ($id: ID!) { revokeToken(id: $id) { id } }"
    assert world.post(end, {"id": made["token"]["id"]}, MEMBER).code == "OK"
    assert world.post(make, by=OPERATOR).code == "OK"  # who has no organization to tell

    ended, created = world.activity(action="token.")[:2]

    assert (created["action"], ended["action"]) == ("token.create", "token.revoke")
    assert created["actor"] == {"id": world.people.users[MEMBER]}
    assert made["secret"] not in str(world.activity())
    assert made["secret"][-4:] not in str(world.activity(action="token."))


def test_the_name_of_a_token_is_its_owners_alone(world: World) -> None:
    token = "mutation ($name: String!) { createToken(name: $name) { token { id } } }"
    assert world.post(token, {"name": "Max's laptop"}, MEMBER).code == "OK"
    assert world.post(token, {"name": "Ada's laptop"}, ADMINISTRATOR).code == "OK"

    assert [line["subjectName"] for line in world.activity(action="token.")[:2]] == ["Ada's laptop", ""]
    assert [line["subjectName"] for line in world.activity(action="token.", by=SUPPORT)[:2]] == ["", ""]


def test_of_somebody_who_has_left_the_name_is_told_and_the_address_is_not(world: World, place: Place) -> None:
    member = {
        "organization": world.organization,
        "user": world.people.users[SUPPORT],
        "role": "ADMINISTRATOR",
    }
    assert world.post(UPDATE_MEMBER, member).code == "OK"
    storage = world.create_storage(place, by=SUPPORT).value["id"]
    query = """
    query ($id: ID!, $organization: ID!) {
      storageBackend(id: $id) { createdBy { id name email } }
      activity(organization: $organization, action: "storage_backend.create") {
        edges { node { actorName actor { id name email } } }
      }
    }
    """

    def told() -> list[dict[str, Any]]:
        data = world.post(query, {"id": storage, "organization": world.organization}).data
        (edge,) = data["activity"]["edges"]
        return [data["storageBackend"]["createdBy"], edge["node"]["actor"]]

    name = told()[0]["name"]
    present = {"id": world.people.users[SUPPORT], "name": name, "email": world.people.emails[SUPPORT]}
    assert told() == [present, present]

    leaving = {"organization": world.organization, "user": world.people.users[SUPPORT]}
    assert world.post(REMOVE_MEMBER, leaving).code == "OK"

    assert told() == [present | {"email": None}] * 2


def test_names_stay_as_they_were(world: World) -> None:
    rename = (
        "mutation ($id: ID!, $input: UpdateOrganizationInput!) "
        "{ updateOrganization(id: $id, input: $input) { name } }"
    )
    query = "query ($id: ID!) { organization(id: $id) { name } }"
    old = world.post(query, {"id": world.organization}).value["name"]
    assert world.post(rename, {"id": world.organization, "input": {"name": f"{old} anew"}}).code == "OK"

    newest = world.activity()[0]

    assert (newest["subjectName"], newest["summary"]) == (old, f"renamed from “{old}”")
