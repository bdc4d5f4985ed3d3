"""Verifying on request: settings that are not saved leave nothing behind, a saved storage keeps the report."""

import asyncio
import time
from typing import Any

import pytest

from dwtui.server.verification import turns, verifying
from tests.support.cloud import READ_ONLY, Cloud, Keys, Place
from tests.support.world import ADMINISTRATOR, OUTSIDER, World

EVENTS = """
  planned { probe title required }
  probe { probe status required message }
  waitingSeconds
  verification { verdict probes { probe status } }
"""
WATCH_UNSAVED = (
    "subscription ($input: VerifyStorageBackendInput!) "
    f"{{ verifyStorageBackend(input: $input) {{ {EVENTS} }} }}"
)
WATCH_SAVED = f"subscription ($id: ID!) {{ verifyStorageBackend(id: $id) {{ {EVENTS} }} }}"
VERIFY = """
mutation ($id: ID, $saved: VerifySavedStorageBackendInput, $input: VerifyStorageBackendInput) {
  verifyStorageBackend(id: $id, saved: $saved, input: $input) { verdict uses accountId probes { probe status } }
}
"""
SHOW = """
query ($id: ID!) { storageBackend(id: $id) { healthy revision verification { verdict startedAt uses } } }
"""


@pytest.fixture
def storage(world: World, place: Place) -> str:
    created: str = world.create_storage(place, name="Tumours", uses=["DATA"]).value["id"]
    return created


def unsaved(world: World, place: Place, **fields: Any) -> dict[str, Any]:
    return {"organization": world.organization, "waitForKeys": 0, **place.input(), **fields}


def watch(world: World, document: str, **variables: Any) -> list[dict[str, Any]]:
    token = world.people.tokens[ADMINISTRATOR]
    with world.client.events(document, variables, token) as events:
        return [answer.value for answer in events]


def test_settings_that_are_not_saved_are_verified_and_stay_unsaved(world: World, place: Place) -> None:
    report = world.post(VERIFY, {"input": unsaved(world, place)}).value

    assert (report["verdict"], report["uses"], report["accountId"]) == (
        "HEALTHY",
        ["DOCUMENTS", "DATA"],
        place.account,
    )
    assert set(world.storages()) == {"Default Storage"}
    line = world.activity(action="storage_backend.verify")[0]
    assert (line["summary"], line["subjectId"]) == ("healthy", None)
    assert line["subjectName"] == f"s3://{place.bucket}/"


def test_a_verification_is_an_answer_and_no_error_even_if_it_fails(world: World, place: Place) -> None:
    wrong = Place(place.bucket, Keys(place.keys.access_key, "w" * 40), place.account)

    report = world.post(VERIFY, {"input": unsaved(world, wrong)}).value

    assert report["verdict"] == "UNHEALTHY"
    assert "unhealthy: " in world.activity(action="storage_backend.verify")[0]["summary"]


def test_the_longest_prefix_can_be_verified(world: World, place: Place) -> None:
    prefix = "/".join(["p" * 63] * 8)

    assert world.post(VERIFY, {"input": unsaved(world, place, prefix=prefix)}).value["verdict"] == "HEALTHY"


def test_a_verification_is_told_probe_by_probe(world: World, place: Place) -> None:
    first, *rest = watch(world, WATCH_UNSAVED, input=unsaved(world, place))

    planned = [it["probe"] for it in first["planned"]]
    told = [event["probe"]["probe"] for event in rest if event["probe"]]
    last = rest[-1]["verification"]
    assert sorted(told) == sorted(planned)
    assert [it["probe"] for it in last["probes"]] == planned
    assert last["verdict"] == "HEALTHY"
    assert sum(event["verification"] is not None for event in rest) == 1


def test_waiting_for_new_keys_is_told_with_the_seconds_left(world: World, place: Place) -> None:
    unknown = Place(place.bucket, Keys("AKIA" + "Q" * 16, "s" * 40), place.account)

    events = watch(world, WATCH_UNSAVED, input=unsaved(world, unknown, waitForKeys=2))

    seconds = [event["waitingSeconds"] for event in events if event["waitingSeconds"] is not None]
    assert seconds[0] in (1, 2)
    assert seconds == sorted(seconds, reverse=True)
    assert events[-1]["verification"]["verdict"] == "UNHEALTHY"


def test_a_saved_storage_keeps_the_report(world: World, cloud: Cloud, place: Place, storage: str) -> None:
    before = world.post(SHOW, {"id": storage}).value
    cloud.delete_keys(place.keys)

    events = watch(world, WATCH_SAVED, id=storage)

    after = world.post(SHOW, {"id": storage}).value
    assert events[-1]["verification"]["verdict"] == after["verification"]["verdict"] == "UNHEALTHY"
    assert (before["healthy"], after["healthy"]) == (True, False)
    assert after["verification"]["startedAt"] > before["verification"]["startedAt"]
    assert after["revision"] == before["revision"]


def test_no_answer_never_turns_a_healthy_storage_unhealthy(
    world: World, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # where nothing listens
        assert world.post(VERIFY, {"id": storage}).value["verdict"] == "INCONCLUSIVE"

    shown = world.post(SHOW, {"id": storage}).value
    assert (shown["healthy"], shown["verification"]["verdict"]) == (True, "INCONCLUSIVE")


@pytest.mark.parametrize("field", ["keys", "uses"])
def test_trying_something_else_on_a_saved_storage_keeps_no_report(
    world: World, cloud: Cloud, field: str
) -> None:
    place = cloud.place(actions=READ_ONLY)
    storage = world.create_storage(place, uses=["DATA"]).value["id"]
    before = world.post(SHOW, {"id": storage}).value
    other = {
        "keys": {"accessKey": place.keys.access_key, "secretKey": "w" * 40},
        "uses": {"uses": ["DOCUMENTS"]},
    }

    report = world.post(VERIFY, {"id": storage, "saved": other[field]}).value

    assert report["verdict"] == "UNHEALTHY"
    assert world.post(SHOW, {"id": storage}).value == before


def test_saying_what_is_so_anyway_keeps_the_report(world: World, storage: str) -> None:
    before = world.post(SHOW, {"id": storage}).value["verification"]["startedAt"]

    assert world.post(VERIFY, {"id": storage, "saved": {"uses": ["DATA"]}}).code == "OK"

    assert world.post(SHOW, {"id": storage}).value["verification"]["startedAt"] > before


def meanwhile(monkeypatch: pytest.MonkeyPatch, do: Any) -> None:
    """Do something while a verification is under way, before its report is kept."""
    events_of = verifying.events_of

    async def interrupted(*arguments: Any, **named: Any) -> Any:
        async for event in events_of(*arguments, **named):
            if type(event).__name__ == "Finished":
                await asyncio.to_thread(do)
            yield event

    monkeypatch.setattr(verifying, "events_of", interrupted)


def test_a_storage_that_was_edited_meanwhile_keeps_no_report(
    world: World, cloud: Cloud, place: Place, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.delete_keys(place.keys)
    new = cloud.user(place.bucket)
    meanwhile(monkeypatch, lambda: world.update_storage(storage, **new.input()).value)

    assert world.post(VERIFY, {"id": storage}).value["verdict"] == "UNHEALTHY"

    shown = world.post(SHOW, {"id": storage}).value
    assert (shown["healthy"], shown["verification"]["verdict"], shown["revision"]) == (True, "HEALTHY", 2)


def test_a_storage_that_was_deleted_meanwhile_is_not_there(
    world: World, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }"
    meanwhile(monkeypatch, lambda: world.post(delete, {"id": storage}).value)

    assert world.post(VERIFY, {"id": storage}).code == "NOT_FOUND"


def test_a_bucket_that_came_back_under_another_owner_is_noticed(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    assert world.sql("SELECT bucket_owner FROM storage_backends WHERE id = :id", id=storage) == [
        (place.account,)
    ]
    world.sql("UPDATE storage_backends SET bucket_owner = '999999999999' WHERE id = :id", id=storage)

    report = world.post(VERIFY, {"id": storage}).value

    owner = next(probe for probe in report["probes"] if probe["probe"] == "OWNER")
    assert (owner["status"], report["verdict"]) == ("FAIL", "UNHEALTHY")


@pytest.mark.parametrize("given", ["neither", "both"])
def test_either_an_id_or_settings(shared_world: World, place: Place, given: str) -> None:
    default = shared_world.storages()["Default Storage"]["id"]
    variables = {"id": default, "input": unsaved(shared_world, place)} if given == "both" else {}

    answer = shared_world.post(VERIFY, variables)

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "input")


def test_hanging_up_ends_the_verification_and_leaves_nothing(
    world: World, cloud: Cloud, place: Place
) -> None:
    unknown = Place(place.bucket, Keys("AKIA" + "Q" * 16, "s" * 40), place.account)
    token = world.people.tokens[ADMINISTRATOR]
    variables = {"input": unsaved(world, unknown, waitForKeys=60)}

    with world.client.events(WATCH_UNSAVED, variables, token) as events:
        assert next(events).value["planned"]

    assert "Contents" not in cloud.client("s3").list_objects_v2(Bucket=place.bucket)
    assert world.activity(action="storage_backend.verify") == []


def test_an_organization_has_its_turns(
    world: World, cloud: Cloud, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_AT_ONCE", 1)
    unknown = Place(place.bucket, Keys("AKIA" + "Q" * 16, "s" * 40), place.account)
    token = world.people.tokens[ADMINISTRATOR]
    variables = {"input": unsaved(world, unknown, waitForKeys=60)}
    elsewhere = {**unsaved(world, cloud.place()), "organization": world.other_organization}

    with world.client.events(WATCH_UNSAVED, variables, token) as events:
        assert next(events).value["planned"]
        assert watch_codes(world, input=unsaved(world, place)) == ["LIMIT_EXCEEDED"]
        assert world.create_storage(place).code == "LIMIT_EXCEEDED"
        assert world.post(VERIFY, {"input": elsewhere}, OUTSIDER).code == "OK"

    until = time.monotonic() + 20  # hanging up gives the turn back, once what was under way has ended
    while (code := world.create_storage(place).code) == "LIMIT_EXCEEDED" and time.monotonic() < until:
        pass
    assert code == "OK"


def watch_codes(world: World, **variables: Any) -> list[str]:
    """The codes of the events of a verification."""
    with world.client.events(WATCH_UNSAVED, variables, world.people.tokens[ADMINISTRATOR]) as answers:
        return [answer.code for answer in answers]
