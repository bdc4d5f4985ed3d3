"""Editing, rotating, removing and the defaults, walked by keys against the API and a local AWS."""

from typing import Any

import pytest

from screens.shell.places import Place as Somewhere
from tests.screens.flows.conftest import Open, both, new_token
from tests.screens.flows.walking import Walker
from tests.support.cloud import READ_ONLY, Cloud, Keys, Place
from tests.support.line import line_to
from tests.support.world import World

UPDATE = """
mutation ($id: ID!, $input: UpdateStorageBackendInput!) { updateStorageBackend(id: $id, input: $input) { id } }
"""
UPDATE_ORGANIZATION = """
mutation ($id: ID!, $input: UpdateOrganizationInput!) { updateOrganization(id: $id, input: $input) { id } }
"""
UPDATE_STUDY = """
mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }
"""
ONE = "query ($id: ID!) { storageBackend(id: $id) { name uses accessKey identity keysChangedAt revision } }"
DEFAULTS = """
query ($id: ID!) { organization(id: $id) {
  revision defaultStorage { id } defaultDocumentStorage { id name } defaultDataStorage { id name }
} }
"""


@pytest.fixture
def storage(world: World, place: Place) -> str:
    """The id of a storage for data, called Tumors."""
    answer = world.create_storage(place, name="Tumors", prefix="team-a", uses=["DATA"])
    return str(answer.value["id"])


def now(world: World, storage: str) -> dict[str, Any]:
    """The storage as it is."""
    found: dict[str, Any] = world.post(ONE, {"id": storage}).value
    return found


def update(world: World, storage: str, **changes: Any) -> None:
    """What another administrator does meanwhile."""
    assert world.post(UPDATE, {"id": storage, "input": changes}).code == "OK"


async def to_storage(walker: Walker) -> None:
    """Put the cursor on it."""
    await walker.sees("Tumors")
    await walker.press("G")


# Editing


async def test_a_storage_is_renamed(open_program: Open, world: World, storage: str) -> None:
    async with open_program() as walker:
        await to_storage(walker)
        await walker.press("e")
        await walker.until(lambda: walker.field("name").value == "Tumors")
        await walker.press("ctrl+n")
        await walker.sees("Nothing is changed yet")
        await walker.type(" II")
        await walker.press("ctrl+n")
        await walker.sees("“Tumors II” is saved", "HEALTH")
    assert now(world, storage)["name"] == "Tumors II"


async def test_a_use_is_added_after_its_verification(open_program: Open, world: World, storage: str) -> None:
    async with open_program() as walker:
        await to_storage(walker)
        await walker.press("e")
        await walker.until(lambda: walker.field("uses").value == "data")
        await walker.press("enter", "right", "enter")
        await walker.sees("“Tumors” is saved")
    assert now(world, storage)["uses"] == ["DOCUMENTS", "DATA"]


async def test_a_use_that_can_not_be_verified_changes_nothing(
    open_program: Open, world: World, cloud: Cloud, place: Place
) -> None:
    looking = Place(place.bucket, cloud.user(place.bucket, actions=READ_ONLY), place.account)
    storage = world.create_storage(looking, name="Tumors", uses=["DATA"]).value["id"]
    async with open_program() as walker:
        await to_storage(walker)
        await walker.press("e")
        await walker.until(lambda: walker.field("uses").value == "data")
        await walker.press("enter", "right", "enter")
        await walker.sees("needed checks failed", "Nothing is changed", "s3:PutObject was refused")
        assert "save" not in walker.keys
        await walker.press("escape")
        await walker.until(lambda: walker.field("uses").value == "both")
    assert now(world, storage)["uses"] == ["DATA"]


async def test_the_later_of_two_is_shown_what_the_other_did(
    open_program: Open, world: World, storage: str
) -> None:
    async with open_program() as walker:
        await to_storage(walker)
        await walker.press("e")
        await walker.until(lambda: walker.field("name").value == "Tumors")
        update(world, storage, name="Theirs", uses=["DATA", "DOCUMENTS"])
        await walker.type(" mine")
        await walker.press("ctrl+n")
        await walker.sees(
            "Somebody else changed this storage", "Somebody else made it “Theirs”", "taken over here"
        )
        assert (walker.field("name").value, walker.field("uses").value) == ("Tumors mine", "both")
        assert now(world, storage)["name"] == "Theirs"
        await walker.press("ctrl+n")
        await walker.sees("“Tumors mine” is saved")
    assert (now(world, storage)["name"], now(world, storage)["uses"]) == (
        "Tumors mine",
        ["DOCUMENTS", "DATA"],
    )


async def test_a_change_whose_saving_was_not_heard_of_is_recognised(
    open_program: Open, world: World, storage: str
) -> None:
    async with line_to(world.client.url) as line, open_program(url=line.url) as walker:
        await to_storage(walker)
        await walker.press("e")
        await walker.until(lambda: walker.field("name").value == "Tumors")
        await walker.type(" II")
        line.cut_at('"updateStorageBackend"')
        await walker.press("ctrl+n")
        await walker.sees("It is not known whether the change was made")
        assert walker.field("name").value == "Tumors II"
        await line.up()
        await walker.press("ctrl+n")
        await walker.sees("“Tumors II” is saved")
    assert now(world, storage)["revision"] == 2


async def test_a_taken_name_is_told_while_it_is_typed(
    open_program: Open, world: World, storage: str, cloud: Cloud
) -> None:
    assert world.create_storage(cloud.place(), name="Another").code == "OK"
    async with open_program(place=Somewhere("edit-storage", storage)) as walker:
        await walker.until(lambda: walker.field("name").value == "Tumors")
        await walker.press("ctrl+u")
        await walker.type("another")
        await walker.sees("… This organization has a storage called “another” already")
        await walker.press("ctrl+n")
        await walker.sees("✗ This organization has a storage called “another” already")
        await walker.press("escape")
        await walker.sees("Leave without saving?")
        await walker.press("y")
        await walker.sees("HEALTH")
    assert now(world, storage)["name"] == "Tumors"


# Rotating


async def test_keys_are_rotated_once_the_new_pair_is_proven(
    open_program: Open, world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    other = cloud.user("somewhere-else")
    fresh = cloud.user(place.bucket)
    before = now(world, storage)
    async with open_program() as walker:
        await to_storage(walker)
        await walker.press("K")
        await walker.sees(f"key {before['accessKey']}", "It stays in use until the new pair is proven")
        await walker.paste(both(other))
        await walker.press("enter")
        await walker.sees("failed", "The old pair stays")
        assert now(world, storage) == before
        await walker.press("escape")
        await walker.sees("Secret access key")
        await walker.paste(
            f"User name,Access key ID,Secret access key\r\ncurator,{fresh.access_key},{fresh.secret_key}\r\n"
        )
        await walker.press("enter")
        await walker.sees("✓ All that is needed works", "enter puts the new pair in the place of the old one")
        assert now(world, storage) == before
        flow = walker.page
        await walker.press("enter")
        await walker.sees(f"“Tumors” now uses the key …{fresh.access_key[-4:]}", "Deactivate it there")
        await walker.sees(f"The old key {before['accessKey']}", "--status Inactive")
        assert fresh.secret_key not in walker.text + flow.calls.as_text()
        await walker.press("c")
        await walker.until(lambda: f"'{before['accessKey'][1:]}'" in walker.app.clipboard)
        await walker.press("enter")
        await walker.sees("HEALTH")
    assert now(world, storage)["accessKey"] == f"…{fresh.access_key[-4:]}"


async def test_a_change_of_somebody_elses_is_told_before_keys_are_replaced(
    open_program: Open, world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    theirs, ours = cloud.user(place.bucket), cloud.user(place.bucket)
    async with open_program(place=Somewhere("rotate-keys", storage)) as walker:
        await walker.sees("It stays in use until the new pair is proven")
        await walker.paste(both(ours))
        await walker.press("enter")
        await walker.sees("✓ All that is needed works")
        update(world, storage, accessKey=theirs.access_key, secretKey=theirs.secret_key)
        await walker.press("enter")
        await walker.sees("Somebody else changed this storage", f"Its keys are now …{theirs.access_key[-4:]}")
        await walker.press("enter")
        await walker.sees(
            f"now uses the key …{ours.access_key[-4:]}", f"The old key …{theirs.access_key[-4:]}"
        )


async def test_an_expired_token_keeps_the_new_keys(
    open_program: Open, world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    token, end = new_token(world)
    fresh: Keys = cloud.user(place.bucket)
    async with open_program(token=token, place=Somewhere("rotate-keys", storage)) as walker:
        await walker.sees("It stays in use until the new pair is proven")
        await walker.paste(both(fresh))
        await walker.press("enter")
        await walker.sees("✓ All that is needed works")
        end()
        await walker.press("enter")
        await walker.sees("Sign in", "Token")
        again, _ = new_token(world)
        await walker.type(again)
        await walker.press("enter", "enter")
        await walker.sees("Verify", "✓ All that is needed works")
        await walker.press("enter")
        await walker.sees(f"now uses the key …{fresh.access_key[-4:]}")


# Removing


async def test_a_storage_is_deleted_by_its_name_after_what_would_happen_was_shown(
    open_program: Open, world: World, storage: str
) -> None:
    study = {"id": world.own_study, "input": {"dataBuckets": [storage]}}
    assert world.post(UPDATE_STUDY, study).code == "OK"
    defaults = {"id": world.organization, "input": {"defaultDataStorage": storage}}
    assert world.post(UPDATE_ORGANIZATION, defaults).code == "OK"
    async with open_program() as walker:
        await to_storage(walker)
        await walker.press("D")
        await walker.sees("If “Tumors” is deleted", "1 study will no longer find data files", "Own study")
        await walker.sees("New studies will begin with", "None is touched")
        await walker.press("D", "enter")
        await walker.sees("✗ That is not its name; nothing was done")
        await walker.press("ctrl+u")
        await walker.type("tumors")
        assert "delete" not in walker.keys
        await walker.press("ctrl+n")
        assert now(world, storage)["name"] == "Tumors"
        await walker.press("ctrl+u")
        await walker.type("Tumors")
        await walker.until(lambda: "delete" in walker.keys)
        await walker.press("enter")
        await walker.sees("“Tumors” is deleted", "HEALTH", "1 storage")
    assert world.post(ONE, {"id": storage}).code == "NOT_FOUND"


async def test_a_deletion_that_was_not_heard_of_is_recognised(
    open_program: Open, world: World, storage: str
) -> None:
    async with line_to(world.client.url) as line, open_program(url=line.url) as walker:
        await to_storage(walker)
        await walker.press("enter")
        await walker.sees("Permissions", "✓ healthy")
        await walker.press("D")
        await walker.sees("If “Tumors” is deleted")
        await walker.type("Tumors")
        line.cut_at('"deleteStorageBackend"')
        await walker.press("enter")
        await walker.sees("It is not known whether the change was made")
        await line.up()
        await walker.press("enter")
        await walker.sees("“Tumors” is deleted", "HEALTH")


# Defaults


async def test_the_defaults_are_chosen_and_saved(
    open_program: Open, world: World, storage: str, cloud: Cloud
) -> None:
    both_uses = world.create_storage(cloud.place(), name="Zebra").value["id"]
    async with open_program() as walker:
        await walker.press("f")
        await walker.sees("New studies begin with these", "Zebra")
        assert "save" not in walker.keys
        await walker.press("g", "j", "d")
        await walker.sees("“Tumors” is for data only")
        await walker.press("a", "G", "d")
        await walker.sees("“Tumors”, not saved yet", "“Zebra”, not saved yet")
        await walker.press("escape")
        await walker.sees("The defaults stay as they were")
        await walker.press("n", "enter")
        await walker.sees("The defaults are saved")
    found = world.post(DEFAULTS, {"id": world.organization}).value
    assert (found["defaultDocumentStorage"]["id"], found["defaultDataStorage"]["id"]) == (both_uses, storage)


async def test_a_change_of_somebody_elses_is_told_before_defaults_are_saved(
    open_program: Open, world: World, storage: str, cloud: Cloud
) -> None:
    theirs = world.create_storage(cloud.place(), name="Zebra").value["id"]
    async with open_program(place=Somewhere("set-defaults")) as walker:
        await walker.sees("New studies begin with these", "Zebra")
        await walker.press("g", "j", "a")
        await walker.sees("“Tumors”, not saved yet")
        change = {"id": world.organization, "input": {"defaultDocumentStorage": theirs}}
        assert world.post(UPDATE_ORGANIZATION, change).code == "OK"
        await walker.press("enter")
        await walker.sees(
            "Somebody else changed the organization", "Documents “Zebra”", "“Tumors”, not saved yet"
        )
        await walker.press("enter")
        await walker.sees("The defaults are saved")
    found = world.post(DEFAULTS, {"id": world.organization}).value
    assert (found["defaultDocumentStorage"]["id"], found["defaultDataStorage"]["id"]) == (theirs, storage)
