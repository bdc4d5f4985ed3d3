"""What a change of a study's document storage would do is told before, and is what then happens."""

from typing import Any

import pytest

from tests.support.cloud import Cloud
from tests.support.documents import add_documents
from tests.support.world import STUDY_ADMINISTRATOR, World

COUNT = "{ documents versions bytes }"
PREVIEW = f"""
query ($study: ID!, $to: ID!, $verify: Boolean, $fate: VersionFate, $first: Int, $after: String) {{
  relocationPreview(study: $study, documentBucket: $to, verify: $verify) {{
    study {{ id }} present {{ name }} proposed {{ name }}
    stranded {COUNT} comingBack {COUNT} stillStranded {COUNT}
    ready obstacle verifiedAt summary
    overlaps {{ relation storageBackend {{ name }} refused message }}
    versions(fate: $fate, first: $first, after: $after) {{
      totalCount pageInfo {{ endCursor }}
      edges {{ node {{ fate oldKey newKey version {{ id fileName place }} }} }}
    }}
  }}
}}
"""
PREVIEWS = f"""
query ($changes: [RelocationPreviewInput!]!) {{
  relocationPreviews(changes: $changes) {{ study {{ id }} stranded {COUNT} comingBack {COUNT} summary ready }}
}}
"""
UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
STUDY = f"query ($id: ID!) {{ study(id: $id) {{ documentCount {COUNT} strandedCount {COUNT} }} }}"
NONE = {"documents": 0, "versions": 0, "bytes": 0}


@pytest.fixture
def storages(world: World, cloud: Cloud) -> dict[str, str]:
    """The storage the own study uses (Old), one with documents of it (New), and one of a third kind (Third)."""
    names = ("Old", "New", "Third")
    made = {name: world.create_storage(cloud.place(), name=name, prefix="kf").value["id"] for name in names}
    assert world.post(UPDATE, {"id": world.own_study, "input": {"documentBucket": made["Old"]}}).code == "OK"
    add_documents(
        world, world.own_study, ["a.csv", "b.csv"], storage=made["Old"], versions=2, size=300_000_000
    )
    add_documents(world, world.own_study, ["c.csv"], storage=made["New"], size=2000)
    add_documents(world, world.own_study, ["d.csv"], storage=made["Third"], size=7)
    return made


def preview(world: World, to: str, by: str = STUDY_ADMINISTRATOR, **wanted: Any) -> dict[str, Any]:
    value: dict[str, Any] = world.post(PREVIEW, {"study": world.own_study, "to": to, **wanted}, by).value
    return value


def test_the_preview_is_what_then_happens(world: World, storages: dict[str, str]) -> None:
    told = preview(world, storages["New"])

    assert told["stranded"] == {"documents": 2, "versions": 4, "bytes": 1_200_000_000}
    assert told["comingBack"] == {"documents": 1, "versions": 1, "bytes": 2000}
    assert told["stillStranded"] == {"documents": 1, "versions": 1, "bytes": 7}
    assert (told["present"]["name"], told["proposed"]["name"]) == ("Old", "New")
    assert (told["ready"], told["obstacle"]) == (True, None)
    assert told["summary"] == (
        "New documents of “Own study” go to “New”. "
        "2 documents (4 versions, 1.2 GB) stay in “Old” and cannot be opened until they are moved or this is undone. "
        "1 document (2.0 kB) lies in “New” and can be opened again. "
        "1 document (7 bytes) lies elsewhere and cannot be opened either way."
    )
    before = world.post(STUDY, {"id": world.own_study}).value["strandedCount"]
    world.post(UPDATE, {"id": world.own_study, "input": {"documentBucket": storages["New"]}})
    after = world.post(STUDY, {"id": world.own_study}).value["strandedCount"]
    assert (
        after["versions"] - before["versions"]
        == told["stranded"]["versions"] - told["comingBack"]["versions"]
    )
    line = world.activity(action="study.update_storages")[0]
    assert line["summary"] == (
        "documents now go to “New” (stranded by this: 2 documents (4 versions, 1.2 GB), "
        "coming back: 1 document (2.0 kB))"
    )


def test_each_version_is_told_with_its_keys(world: World, storages: dict[str, str]) -> None:
    moves = [edge["node"] for edge in preview(world, storages["New"])["versions"]["edges"]]

    fates = [(move["version"]["fileName"], move["fate"]) for move in moves]
    assert fates == [
        *[("a.csv", "BECOMES_STRANDED")] * 2,
        *[("b.csv", "BECOMES_STRANDED")] * 2,
        ("c.csv", "COMES_BACK"),
        ("d.csv", "STAYS_STRANDED"),
    ]
    first = moves[0]
    key = f"kf/dewrangle/studies/{world.own_study}/uploads/{first['version']['id']}_a.csv"
    assert first["oldKey"] == first["newKey"] == key
    page = preview(world, storages["New"], first=4)["versions"]
    rest = preview(world, storages["New"], after=page["pageInfo"]["endCursor"])["versions"]["edges"]
    assert [edge["node"] for edge in rest] == moves[4:]
    only = preview(world, storages["New"], fate="COMES_BACK")["versions"]
    assert (only["totalCount"], only["edges"][0]["node"]["fate"]) == (1, "COMES_BACK")


def test_to_stay_changes_nothing(world: World, storages: dict[str, str]) -> None:
    told = preview(world, storages["Old"])

    assert told["stranded"] == told["comingBack"] == NONE
    assert told["stillStranded"]["documents"] == 2
    assert "nothing changes" in told["summary"]
    assert {edge["node"]["fate"] for edge in told["versions"]["edges"]} == {"STAYS_AT_HAND", "STAYS_STRANDED"}


def test_a_study_without_documents_loses_none(world: World, storages: dict[str, str]) -> None:
    variables = {"study": world.other_study, "to": storages["New"]}

    told = world.post(PREVIEW, variables).value

    assert told["stranded"] == told["comingBack"] == told["stillStranded"] == NONE
    assert "No document is affected." in told["summary"]


def test_what_keeps_a_storage_from_being_used_is_told(
    world: World, cloud: Cloud, storages: dict[str, str]
) -> None:
    lost = cloud.place()
    data_only = world.create_storage(cloud.place(), name="Data only", uses=["DATA"]).value["id"]
    failing = world.create_storage(lost, name="Failing").value["id"]
    default = next(row["id"] for row in world.storages().values() if row["isDefault"])

    assert "data only" in preview(world, data_only)["obstacle"]
    assert preview(world, failing)["ready"] is True
    assert "never been verified" in preview(world, default)["obstacle"]
    verified = preview(world, default, verify=True)
    assert (verified["ready"], verified["obstacle"]) == (True, None)
    assert verified["verifiedAt"] is not None
    cloud.delete_keys(lost.keys)
    verified = preview(world, failing, verify=True)
    assert verified["ready"] is False
    assert "failed its last verification" in verified["obstacle"]
    assert verified["obstacle"] in verified["summary"]
    assert world.storages()["Failing"]["healthy"] is False
    assert world.activity(action="storage_backend.verify")[0]["subjectId"] == failing


def test_overlapping_storages_are_told(world: World, cloud: Cloud, storages: dict[str, str]) -> None:
    place = cloud.place()
    world.create_storage(place, name="Above")
    below = world.create_storage(place, name="Below", prefix="a/b").value["id"]

    [overlap] = preview(world, below)["overlaps"]

    assert (overlap["relation"], overlap["storageBackend"]["name"], overlap["refused"]) == (
        "PARENT",
        "Above",
        False,
    )


def test_many_changes_at_once(world: World, storages: dict[str, str]) -> None:
    add_documents(world, world.other_study, ["a.csv"], storage=storages["New"])
    changes = [
        {"study": world.own_study, "documentBucket": storages["New"]},
        {"study": world.other_study, "documentBucket": storages["New"]},
        {"study": world.own_study, "documentBucket": storages["Third"]},
    ]

    told = world.post(PREVIEWS, {"changes": changes}).value

    assert [each["study"]["id"] for each in told] == [change["study"] for change in changes]
    assert [each["comingBack"]["documents"] for each in told] == [1, 1, 1]
    assert [each["stranded"]["documents"] for each in told] == [2, 0, 2]
    assert world.post(PREVIEWS, {"changes": []}).value == []
    too_many = world.post(PREVIEWS, {"changes": changes * 200})
    assert too_many.code in ("BAD_USER_INPUT", "LIMIT_EXCEEDED")
    mixed = world.post(PREVIEWS, {"changes": changes}, STUDY_ADMINISTRATOR)
    assert mixed.code == "FORBIDDEN"


def test_storages_of_others_are_not_told_of(world: World, cloud: Cloud) -> None:
    foreign = world.create_storage(cloud.place(), by="outsider", organization=world.other_organization).value[
        "id"
    ]

    refused = world.post(PREVIEW, {"study": world.own_study, "to": foreign})

    assert (refused.code, refused.error["extensions"]["field"]) == ("BAD_USER_INPUT", "documentBucket")
