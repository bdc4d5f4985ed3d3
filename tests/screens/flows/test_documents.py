"""A study's documents and storages, walked by keys against the API and a local AWS."""

from pathlib import Path

import pytest

from screens.shell.places import Place as Somewhere
from tests.screens.flows.conftest import Open
from tests.screens.flows.walking import Walker
from tests.support.cloud import Place
from tests.support.world import MEMBER, STUDY_ADMINISTRATOR, STUDY_MEMBER, SUPPORT, World

UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
STORAGES = "query ($id: ID!) { study(id: $id) { documentStorage { name } dataStorage { name } } }"


@pytest.fixture
def places(world: World, place: Place) -> tuple[str, str]:
    """The ids of two storages, Old and New; the world's own study keeps documents in Old."""
    old = world.create_storage(place, name="Old", prefix="old", uses=["DOCUMENTS", "DATA"]).value["id"]
    new = world.create_storage(place, name="New", prefix="new", uses=["DOCUMENTS", "DATA"]).value["id"]
    use(world, old)
    return old, new


def use(world: World, storage: str) -> None:
    """Somebody else gives the study another document storage."""
    assert world.post(UPDATE, {"id": world.own_study, "input": {"documentBucket": storage}}).code == "OK"


def kept_in(world: World) -> str:
    """The name of the study's document storage."""
    return str(world.post(STORAGES, {"id": world.own_study}).value["documentStorage"]["name"])


async def upload(walker: Walker, name: str, content: bytes) -> None:
    """Upload a file of the folder the program was started in."""
    Path(name).write_bytes(content)
    await walker.press("a")
    await walker.sees("Files of this machine")
    await walker.type(name)
    await walker.press("enter")
    await walker.sees("What the document is called")
    await walker.press("ctrl+n")
    await walker.sees(f"“{name}” is uploaded")


async def choose(walker: Walker, name: str) -> None:
    """Choose a storage for documents in the editor."""
    await walker.press("S")
    await walker.sees("DOC/DATA")
    await walker.press("slash")
    await walker.type(name)
    await walker.press("enter")
    await walker.until(lambda: walker.page.row is not None and walker.page.row.name == name)
    await walker.press("d")
    await walker.sees("is fit for documents")


async def test_a_reassignment_is_understood_made_felt_and_undone(
    open_program: Open, world: World, places: tuple[str, str]
) -> None:
    content = b"id,sex\n1,F\n"
    async with open_program(place=Somewhere("study", world.own_study)) as walker:
        await walker.sees("No document yet.")
        await upload(walker, "people.csv", content)
        await choose(walker, "New")
        await walker.sees(
            "1 document, 11 B, stays in “Old” and cannot be opened until it is moved or this is undone."
        )
        assert kept_in(world) == "Old"
        await walker.press("enter")
        await walker.sees("Type the study's code, OWN")
        await walker.type("OWN")
        await walker.press("enter")
        await walker.sees("OWN keeps its documents in “New” now", "✗ stranded in Old")
        assert kept_in(world) == "New"
        await walker.press("d")
        await walker.sees("It lies in “Old”", "S goes to the study's storages")
        await walker.press("u")
        await walker.sees("Undone: OWN keeps its documents in “Old” now, as before.", "✓ at hand")
        assert kept_in(world) == "Old"
        await walker.press("d")
        await walker.sees("Download to")
        await walker.press("ctrl+u")
        await walker.type("back.csv")
        await walker.press("enter")
        await walker.sees("its SHA-256 agrees")
    assert Path("back.csv").read_bytes() == content


async def test_two_people_change_the_same_study(
    open_program: Open, world: World, places: tuple[str, str]
) -> None:
    async with open_program(place=Somewhere("study", world.own_study)) as walker:
        await walker.sees("No document yet.")
        await choose(walker, "New")
        use(
            world,
            world.post(
                "query ($id: ID!) { organization(id: $id) { defaultStorage { id } } }",
                {"id": world.organization},
            ).value["defaultStorage"]["id"],
        )
        await walker.press("enter")
        await walker.sees("Somebody else changed the study meanwhile", "what you chose is kept")
        assert kept_in(world) not in ("Old", "New")
        await walker.press("enter")
        await walker.sees("OWN keeps its documents in “New” now")
    assert kept_in(world) == "New"


async def test_a_document_gets_a_version_is_described_and_deleted(
    open_program: Open, world: World, places: tuple[str, str]
) -> None:
    async with open_program(place=Somewhere("study", world.own_study)) as walker:
        await walker.sees("No document yet.")
        await upload(walker, "people.csv", b"one")
        Path("second.csv").write_bytes(b"second")
        await walker.press("n")
        await walker.sees("Files of this machine")
        await walker.type("second.csv")
        await walker.press("enter")
        await walker.sees("becomes the newest version of “people.csv”")
        await walker.press("ctrl+n")
        await walker.sees("The new version of “people.csv” is uploaded: 6 B.")
        await walker.press("e")
        await walker.until(lambda: walker.field("name").value == "people.csv")
        await walker.press("end", *"-2", "ctrl+n")
        await walker.sees("“people.csv-2” is saved.")
        await walker.press("D")
        await walker.sees("Delete “people.csv-2” with 2 versions")
        await walker.type("people.csv-2")
        await walker.press("enter")
        await walker.sees("“people.csv-2” is deleted, and its bytes with it.", "No document yet.")


async def test_many_studies_are_changed_and_given_back(
    open_program: Open, world: World, places: tuple[str, str]
) -> None:
    async with open_program(place=Somewhere("study", world.own_study)) as walker:
        await walker.sees("No document yet.")
        await upload(walker, "people.csv", b"one")
        await walker.press("2")
        await walker.sees("2 studies")
        await walker.press("A")
        await walker.sees("2 marked")
        await walker.press("S")
        await walker.sees("The storages of 2 studies", "documents…")
        await walker.press("d")
        await walker.sees("Documents of all", "New")
        line = next(line for line in walker.text.splitlines() if " New " in line)
        await walker.press(line.split()[0])
        await walker.sees("2 studies will be changed.", "✗ 1 stranded, 3 B")
        await walker.press("enter")
        await walker.sees("Type their number, 1, and press enter to change 2 studies.")
        await walker.type("1")
        await walker.press("enter")
        await walker.sees("✓ done: 2 studies", "u undo")
        assert kept_in(world) == "New"
        await walker.press("u")
        await walker.sees("Give 2 studies back what they had", "✓ 1 comes back, 3 B")
        await walker.press("enter")
        await walker.sees("Change the storages of 2 studies?")
        await walker.press("y")
        await walker.sees("✓ done: 2 studies")
    assert kept_in(world) == "Old"


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (STUDY_ADMINISTRATOR, {"upload", "assign_storages"}),
        (STUDY_MEMBER, {"upload"}),
        (SUPPORT, set()),
    ],
)
async def test_only_what_one_may_do_is_offered(
    open_program: Open, world: World, who: str, offered: set[str]
) -> None:
    place = Somewhere("study", world.own_study)
    async with open_program(place=place, token=world.people.tokens[who]) as walker:
        await walker.sees("No document yet.")
        actions = {"upload", "assign_storages"}
        await walker.until(lambda: {it for it in actions if walker.page.check_action(it, ())} == offered)
        await walker.press("2")
        await walker.sees("Own study")


async def test_a_member_of_no_study_sees_none(open_program: Open, world: World) -> None:
    async with open_program(token=world.people.tokens[MEMBER]) as walker:
        await walker.press("2")
        await walker.sees("No study that you may see.")
