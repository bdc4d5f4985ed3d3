"""Attaching a storage: verified for real, saved only if it works, and every wrong input named."""

import asyncio
from typing import Any

import pytest

from dwtui.server.storage_backends import attaching
from tests.support.cloud import READ_ONLY, Cloud, Keys, Place
from tests.support.world import ADMINISTRATOR, MEMBER, UPDATE_MEMBER, World


def checks(answer: Any) -> dict[str, dict[str, Any]]:
    """The probes of a failed verification, by name."""
    return {check["probe"]: check for check in answer.error["extensions"]["checks"]}


def test_a_storage_that_works_is_saved_with_what_was_found(world: World, place: Place) -> None:
    created = world.create_storage(place, name="  Tumours  ", prefix="/source/tumours/").value

    assert created["name"] == "Tumours"
    assert (created["bucket"], created["prefix"]) == (place.bucket, "source/tumours")
    assert created["healthy"] is True
    assert created["uses"] == ["DOCUMENTS", "DATA"]
    assert created["identity"] == "KEY_PAIR"
    query = (
        "query ($id: ID!) { storageBackend(id: $id) { arn accountId accountAlias user region createdBy { id } "
        "verification { verdict probes { probe status required } } } }"
    )
    found = world.post(query, {"id": created["id"]}).value
    assert found["accountId"] == place.account
    assert found["accountAlias"] == "research"
    assert found["arn"] == f"arn:aws:iam::{place.account}:user/{found['user']}"
    assert found["region"] == "us-east-1"
    assert found["createdBy"] == {"id": world.people.users[ADMINISTRATOR]}
    assert found["verification"]["verdict"] == "HEALTHY"
    required = {it["probe"] for it in found["verification"]["probes"] if it["required"]}
    assert required >= {"IDENTITY", "BUCKET", "LIST", "PUT", "GET", "MULTIPART"}


def test_a_data_storage_needs_no_right_to_write(world: World, cloud: Cloud) -> None:
    place = cloud.place(actions=READ_ONLY)

    for_documents = world.create_storage(place, uses=["DOCUMENTS"])
    for_data = world.create_storage(place, uses=["DATA"])

    assert for_documents.code == "VERIFICATION_FAILED"
    assert checks(for_documents)["PUT"]["status"] == "FAIL"
    assert "s3:PutObject" in checks(for_documents)["PUT"]["statement"]
    assert for_data.value["uses"] == ["DATA"]


@pytest.mark.parametrize(
    ("spoil", "probe"),
    [
        (lambda keys: Keys(keys.access_key, "w" * 40), "IDENTITY"),
        (lambda keys: Keys("AKIA" + "Q" * 16, keys.secret_key), "IDENTITY"),
    ],
    ids=["wrong secret", "unknown key"],
)
def test_keys_that_do_not_work_save_nothing_and_say_why(
    world: World, place: Place, spoil: Any, probe: str
) -> None:
    bad = Place(place.bucket, spoil(place.keys), place.account)

    answer = world.create_storage(bad, name="Tumours")

    assert answer.code == "VERIFICATION_FAILED"
    assert answer.error["extensions"]["verdict"] == "UNHEALTHY"
    failed = checks(answer)[probe]
    assert failed["status"] == "FAIL"
    assert failed["required"] is True
    assert failed["whoMustAct"] == "IAM_USER_OWNER"
    assert failed["remedy"] in answer.message
    assert set(world.storages()) == {"Default Storage"}
    assert world.activity(action="storage_backend.")[0]["outcome"] == "FAILED"


def test_a_bucket_that_is_not_there_saves_nothing(world: World, cloud: Cloud, place: Place) -> None:
    cloud.client("s3").delete_bucket(Bucket=place.bucket)

    answer = world.create_storage(place)

    assert answer.code == "VERIFICATION_FAILED"
    assert checks(answer)["BUCKET"]["status"] == "FAIL"


def test_no_answer_is_not_taken_for_a_refusal(
    world: World, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # where nothing listens

    answer = world.create_storage(place)

    assert answer.code == "VERIFICATION_FAILED"
    assert answer.error["extensions"]["verdict"] == "INCONCLUSIVE"
    assert "Try again" in answer.message


def test_names_are_unique_whatever_their_case_and_space(world: World, cloud: Cloud) -> None:
    assert world.create_storage(cloud.place(), name="Tumour Files").code == "OK"

    for name in ("Tumour Files", "  tumour   FILES ", "default storage"):
        answer = world.create_storage(cloud.place(), name=name)
        assert (answer.code, answer.field) == ("CONFLICT", "name"), name
    assert world.create_storage(cloud.place(), name="Tumour Files 2").code == "OK"


def test_accents_are_the_same_however_they_are_encoded(world: World, cloud: Cloud) -> None:
    assert world.create_storage(cloud.place(), name="Étude").code == "OK"

    answer = world.create_storage(cloud.place(), name="E\u0301tude")

    assert (answer.code, answer.field) == ("CONFLICT", "name")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 101),
        ("name", "ß" * 100),
        ("name", "a\nb"),
        ("name", "a\x1b[31mb"),
        ("name", "txt.\u202eexe"),
        ("name", "Tum\u200bours"),
        ("name", "\u200d\u200d"),
        ("bucket", ""),
        ("bucket", "ab"),
        ("bucket", "x" * 64),
        ("bucket", "Upper-Case"),
        ("bucket", "under_score"),
        ("bucket", "192.168.0.1"),
        ("bucket", "s3://bucket/prefix"),
        ("bucket", "arn:aws:s3:::bucket"),
        ("prefix", "a/../b"),
        ("prefix", "../up"),
        ("prefix", "a//b"),
        ("prefix", "a\x00b"),
        ("prefix", "a\tb"),
        ("prefix", "é" * 300),
        ("accessKey", "AKIASHORT"),
        ("accessKey", "ASIA" + "Q" * 16),
        ("accessKey", "lower-case-letters-1"),
        ("accessKey", ""),
        ("accessKey", None),
        ("secretKey", ""),
        ("secretKey", "short"),
        ("secretKey", "x" * 129),
        ("secretKey", None),
        ("uses", []),
        ("endpointUrl", "ftp://s3.example.org"),
        ("endpointUrl", "https://user:password@s3.example.org"),
        ("endpointUrl", "https://s3.example.org/path"),
        ("region", "Not A Region"),
        ("waitForKeys", -1),
        ("waitForKeys", 61),
    ],
)
def test_a_wrong_input_is_named_and_nothing_is_asked_of_s3(
    shared_world: World, field: str, value: Any
) -> None:
    nowhere = Place("never-asked", Keys("AKIA" + "Q" * 16, "s" * 40), "222222222222")

    answer = shared_world.create_storage(nowhere, **{field: value})

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", field), answer.body
    assert len(shared_world.storages()) == 1


def test_an_unknown_use_is_refused(shared_world: World, place: Place) -> None:
    assert shared_world.create_storage(place, uses=["EVERYTHING"]).code == "BAD_USER_INPUT"


def test_the_field_healthy_is_taken_and_ignored(world: World, cloud: Cloud) -> None:
    created = world.create_storage(cloud.place(), healthy=False).value

    assert created["healthy"] is True


def test_what_somebody_without_the_right_typed_is_recorded_fit_to_be_shown(
    world: World, place: Place
) -> None:
    answer = world.create_storage(place, by=MEMBER, name="a\x1b[31m\u202eb" + "x" * 500)

    assert answer.code == "FORBIDDEN"
    line = world.activity(action="storage_backend.")[0]
    assert line["outcome"] == "REFUSED"
    assert line["subjectName"].startswith("a [31m bx")
    assert len(line["subjectName"]) == 200


def test_somebody_who_lost_the_right_meanwhile_saves_nothing(
    world: World, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = {"organization": world.organization, "user": world.people.users[MEMBER]}
    assert world.post(UPDATE_MEMBER, {**somebody, "role": "ADMINISTRATOR"}).code == "OK"
    verified = attaching.verified

    async def verified_slowly(*arguments: Any, **named: Any) -> Any:
        report = await verified(*arguments, **named)
        demotion = await asyncio.to_thread(world.post, UPDATE_MEMBER, {**somebody, "role": "MEMBER"})
        assert demotion.code == "OK"
        return report

    monkeypatch.setattr(attaching, "verified", verified_slowly)

    answer = world.create_storage(cloud.place(), by=MEMBER)

    assert answer.code == "FORBIDDEN"
    assert set(world.storages()) == {"Default Storage"}
