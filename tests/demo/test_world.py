"""The sample world as its API shows it, once it is ready."""

import hashlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from dwtui.demo.sample.documents import DOCUMENTS
from dwtui.demo.sample.people import PEOPLE
from dwtui.demo.sample.storages import STORAGES, Mishap
from tests.demo.worlds import Asking, ServedWorld, served_world

STORAGES_QUERY = """
query Storages($organization: ID!) {
  allStorageBackends(organization: $organization, first: 100) {
    totalCount
    edges { node {
      id name bucket prefix healthy identity isDefault accountId accountAlias user region
      documentStudyCount dataStudyCount isDefaultForDocuments isDefaultForData accessKey secretKey
      verification { verdict probes { probe status required errorCode remedy } }
    } }
  }
}
"""
CREATE = """
mutation Create($input: CreateStorageBackendInput!) { createStorageBackend(input: $input) { id healthy } }
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedWorld]:
    with served_world(tmp_path_factory.mktemp("world")) as served:
        yield served


@pytest.fixture(scope="module")
def ready(world: ServedWorld) -> dict[str, Any]:
    return world.wait_until_ready()


@pytest.fixture(scope="module")
def administrator(ready: dict[str, Any]) -> Asking:
    return Asking(ready["url"], ready["tokens"]["administrator"])


@pytest.fixture(scope="module")
def storages(ready: dict[str, Any], administrator: Asking) -> dict[str, dict[str, Any]]:
    found = administrator.data(STORAGES_QUERY, organization=ready["organization"])
    return {edge["node"]["name"]: edge["node"] for edge in found["allStorageBackends"]["edges"]}


def failed(storage: dict[str, Any], status: str = "FAIL") -> dict[str, str | None]:
    """The probes of that status with AWS's error codes."""
    return {
        it["probe"]: it["errorCode"] for it in storage["verification"]["probes"] if it["status"] == status
    }


def test_the_line_tells_all_that_was_promised(ready: dict[str, Any]) -> None:
    assert set(ready) == {"url", "tokens", "organization", "s3Endpoint", "accounts"}
    assert set(ready["tokens"]) == {"administrator", "studyAdministrator", "support", "member"}
    assert ready["url"].startswith("http://127.0.0.1:")
    assert ready["s3Endpoint"].startswith("http://127.0.0.1:")
    assert all({"bucket", "accessKey", "secretKey"} <= set(account) for account in ready["accounts"])


def test_each_token_has_its_role(ready: dict[str, Any]) -> None:
    roles = {
        name: Asking(ready["url"], token).data(
            "query Role($id: ID!) { organization(id: $id) { role } }", id=ready["organization"]
        )["organization"]["role"]
        for name, token in ready["tokens"].items()
    }
    assert roles == {
        "administrator": "ADMINISTRATOR",
        "studyAdministrator": "STUDY_ADMINISTRATOR",
        "support": "SUPPORT",
        "member": "MEMBER",
    }


def test_all_storages_are_there_and_every_one_was_verified(storages: dict[str, Any]) -> None:
    own = {name: storage for name, storage in storages.items() if not storage["isDefault"]}
    assert set(own) == {storage.name for storage in STORAGES}
    assert len(storages) == len(own) + 1
    assert all(storage["verification"] for storage in storages.values())
    assert len({storage["accountId"] for storage in own.values()}) >= 4
    assert {storage["region"] for storage in own.values()} == {"us-east-1", "us-west-2"}


def test_what_befell_a_storage_is_what_its_verification_found(storages: dict[str, Any]) -> None:
    by_mishap = {it.mishap: storages[it.name] for it in STORAGES if it.mishap}
    assert "SignatureDoesNotMatch" in failed(by_mishap[Mishap.WRONG_SECRET]).values()
    assert "InvalidClientTokenId" in failed(by_mishap[Mishap.KEY_DEACTIVATED]).values()
    assert failed(by_mishap[Mishap.PUT_TAKEN_AWAY])["PUT"] == "AccessDenied"
    assert "BUCKET" in failed(by_mishap[Mishap.BUCKET_REMOVED])
    for storage in STORAGES:
        assert storages[storage.name]["healthy"] is (storage.mishap is None), storage.name
    assert storages["Default Storage"]["healthy"] is True


def test_healthy_storages_warn_of_what_somebody_should_know(storages: dict[str, Any]) -> None:
    warned = {
        name: set(failed(storage, "WARN"))
        for name, storage in storages.items()
        if storage["healthy"] and failed(storage, "WARN")
    }
    assert warned == {
        "Meridian deliveries": {"KEY_AGE"},
        "Hearing loss": {"LIFECYCLE"},
        "Microtia": {"PUBLIC_ACCESS", "POLICY_STATUS", "EXCESS_POWER"},
    }


def test_studies_use_their_storages(
    ready: dict[str, Any], administrator: Asking, storages: dict[str, Any]
) -> None:
    found = administrator.data(
        "query Studies($id: ID!) { allStudies(organization: $id, first: 100) { totalCount edges { node {"
        " id shortCode documentStorage { name } dataStorage { name } members { role } } } } }",
        id=ready["organization"],
    )["allStudies"]
    studies = {edge["node"]["shortCode"]: edge["node"] for edge in found["edges"]}
    assert found["totalCount"] == 14
    assert studies["LCG-NBL"]["documentStorage"]["name"] == "Neuroblastoma"
    assert {it["name"] for it in studies["LCG-NBL"]["dataStorage"]} == {
        "Neuroblastoma",
        "Meridian deliveries",
    }
    assert studies["LCG-CRS"]["documentStorage"]["name"] == "Documents"
    assert [it["name"] for it in studies["LCG-CRS"]["dataStorage"]] == ["Harmonized data"]
    assert any(study["members"] for study in studies.values())
    assert storages["Documents"]["isDefaultForDocuments"]
    assert storages["Harmonized data"]["isDefaultForData"]


DOCUMENTS_QUERY = """
query Documents($organization: ID!) {
  allStudies(organization: $organization, first: 20) { edges { node {
    shortCode
    documents(first: 20) { edges { node {
      name versionCount strandedCount
      versions(first: 5) { edges { node { size sha256 place contentType downloadPath createdBy { name } } } }
    } } }
  } } }
}
"""


@pytest.fixture(scope="module")
def documents(ready: dict[str, Any], administrator: Asking) -> dict[tuple[str, str], dict[str, Any]]:
    found = administrator.data(DOCUMENTS_QUERY, organization=ready["organization"])["allStudies"]
    return {
        (study["node"]["shortCode"], document["node"]["name"]): document["node"]
        for study in found["edges"]
        for document in study["node"]["documents"]["edges"]
    }


def versions_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in document["versions"]["edges"]]


def test_documents_were_really_uploaded(
    ready: dict[str, Any], documents: dict[tuple[str, str], dict[str, Any]]
) -> None:
    people = {person.email: person.name for person in PEOPLE}
    assert set(documents) == {(it.study, it.name) for it in DOCUMENTS}
    for it in DOCUMENTS:
        versions = versions_of(documents[it.study, it.name])
        bodies = [version.body(it.study) for version in reversed(it.versions)]
        assert [one["sha256"] for one in versions] == [hashlib.sha256(body).hexdigest() for body in bodies]
        assert [one["createdBy"]["name"] for one in versions] == [
            people[version.by] for version in reversed(it.versions)
        ]
    headers = {"Authorization": f"Bearer {ready['tokens']['administrator']}"}
    for name in ("participants.csv", "nbl_sample_manifest.xlsx", "consent_form_v3.pdf"):
        newest = versions_of(documents["LCG-NBL", name])[0]
        body = httpx.get(ready["url"] + newest["downloadPath"], headers=headers, trust_env=False).content
        assert hashlib.sha256(body).hexdigest() == newest["sha256"]


def test_some_documents_can_not_be_opened_and_it_is_told_why(
    ready: dict[str, Any], documents: dict[tuple[str, str], dict[str, Any]]
) -> None:
    places = {
        key: {version["place"] for version in versions_of(document)} for key, document in documents.items()
    }
    odd = {code: {} for code in ("LCG-SCO", "LCG-CRS")}
    for (code, name), place in places.items():
        if code in odd:
            odd[code][name] = place
        else:
            assert place == {"AT_HAND"}, (code, name)
    assert odd["LCG-SCO"].pop("consent_form_v3.pdf") == {"AT_HAND"}
    assert odd["LCG-CRS"].pop("NOTE.txt") == {"AT_HAND"}
    assert all(place == {"STRANDED"} for place in odd["LCG-SCO"].values())
    assert all(place == {"DETACHED"} for place in odd["LCG-CRS"].values())
    stranded = versions_of(documents["LCG-SCO", "participants.csv"])[0]
    answer = httpx.get(
        ready["url"] + stranded["downloadPath"],
        headers={"Authorization": f"Bearer {ready['tokens']['administrator']}"},
        trust_env=False,
    )
    assert answer.status_code == 409
    assert "Scoliosis (adopted)" in answer.json()["errors"][0]["message"]


def test_attaching_the_bucket_anew_brings_detached_documents_back(
    ready: dict[str, Any], administrator: Asking
) -> None:
    account = ready["accounts"][0]
    made = administrator.data(
        CREATE,
        input={
            "organization": ready["organization"],
            "name": "Craniosynostosis again",
            "bucket": account["bucket"],
            "accessKey": account["accessKey"],
            "secretKey": account["secretKey"],
            "waitForKeys": 0,
        },
    )["createStorageBackend"]
    found = administrator.data(
        'query Crs($id: ID!) { allStudies(organization: $id, search: "LCG-CRS") { edges { node {'
        " id documentStorage { id } strandedCount { documents } } } } }",
        id=ready["organization"],
    )["allStudies"]["edges"][0]["node"]
    change = (
        "mutation Change($id: ID!, $to: ID!) { updateStorages(id: $id, input: { documentBucket: $to }) {"
        " strandedCount { documents } } }"
    )
    there = administrator.data(change, id=found["id"], to=made["id"])["updateStorages"]
    assert found["strandedCount"]["documents"] == 2
    assert there["strandedCount"]["documents"] == 1  # the note, which lies in the storage of now
    administrator.data(change, id=found["id"], to=found["documentStorage"]["id"])
    administrator.data("mutation D($id: ID!) { deleteStorageBackend(id: $id) { id } }", id=made["id"])


def test_trial_key_pairs_do_what_is_said_of_them(ready: dict[str, Any], administrator: Asking) -> None:
    refused = []
    for number, account in enumerate(ready["accounts"]):
        answer = administrator(
            CREATE,
            input={
                "organization": ready["organization"],
                "name": f"Trial {number}",
                "bucket": account["bucket"],
                "accessKey": account["accessKey"],
                "secretKey": account["secretKey"],
                "waitForKeys": 0,
            },
        )
        if "errors" in answer:
            assert answer["errors"][0]["extensions"]["code"] == "VERIFICATION_FAILED"
            refused.append(number)
        else:
            assert answer["data"]["createStorageBackend"]["healthy"]
            delete = "mutation Delete($id: ID!) { deleteStorageBackend(id: $id) { id } }"
            administrator.data(delete, id=answer["data"]["createStorageBackend"]["id"])
    expected = [number for number, it in enumerate(ready["accounts"]) if it["expect"].startswith("Refused")]
    assert refused == expected
    assert 0 not in refused


def test_the_first_trial_key_pair_works_at_any_prefix(ready: dict[str, Any], administrator: Asking) -> None:
    account = ready["accounts"][0]
    answer = administrator.data(
        "mutation Verify($input: VerifyStorageBackendInput!) {"
        " verifyStorageBackend(input: $input) { verdict } }",
        input={
            "organization": ready["organization"],
            "bucket": account["bucket"],
            "prefix": "anywhere/at/all",
            "accessKey": account["accessKey"],
            "secretKey": account["secretKey"],
        },
    )
    assert answer["verifyStorageBackend"]["verdict"] == "HEALTHY"


def test_the_local_aws_can_also_be_tried_as_an_endpoint(ready: dict[str, Any], administrator: Asking) -> None:
    account = ready["accounts"][0]
    answer = administrator.data(
        "mutation Verify($input: VerifyStorageBackendInput!) {"
        " verifyStorageBackend(input: $input) { verdict } }",
        input={
            "organization": ready["organization"],
            "bucket": account["bucket"],
            "endpointUrl": ready["s3Endpoint"],
            "region": "us-east-1",
            "accessKey": account["accessKey"],
            "secretKey": account["secretKey"],
        },
    )
    assert answer["verifyStorageBackend"]["verdict"] == "HEALTHY"


def test_processes_stay_within_their_memory(world: ServedWorld) -> None:
    assert world.process("dwtui.demo.world").memory_info().rss < 300e6


def test_the_api_is_started_again_when_it_is_killed(
    world: ServedWorld, ready: dict[str, Any], administrator: Asking, storages: dict[str, Any]
) -> None:
    world.process("dwtui.demo.building.first_start").kill()
    while "answers again" not in (line := world.next_progress()):
        assert line, "the world ended"
    again = Asking(ready["url"], ready["tokens"]["administrator"])
    found = again.data(STORAGES_QUERY, organization=ready["organization"])
    assert found["allStorageBackends"]["totalCount"] == len(storages)


def test_nothing_is_left_when_the_starter_is_killed(world: ServedWorld, ready: dict[str, Any]) -> None:
    assert len(world.processes()) == 3
    world.starter.kill()
    world.assert_nothing_is_left()
