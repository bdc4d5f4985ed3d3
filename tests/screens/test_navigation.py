"""Getting about: sections, deep links, back, help, palette, themes, plain text, the API's calls."""

import pytest

from dwtui.app.routes import ROUTES, page_class
from dwtui.app.starting import first_places
from dwtui.briefing import Briefing
from dwtui.settings import SettingsError, load_settings
from screens.shell.places import Place
from tests.screens.fake_api import FakeApi
from tests.screens.program import lines_with, running
from tests.screens.sample import OTHER_ORGANIZATION


async def test_sections_have_digits_and_keep_their_cursor() -> None:
    async with running() as program:
        await program.press("j", "j", "j")
        await program.press("2")
        await program.until("KF-CBT")
        await program.press("3")
        await program.until("verified the storage")
        await program.press("4")
        await program.until("new studies keep documents in  Default storage")
        await program.press("1")
        await program.until("Neuroblastoma")
        assert program.page.query_one("#rows").cursor == 3


async def test_escape_and_backspace_go_back_and_the_way_is_shown() -> None:
    async with running() as program:
        await program.press("enter")
        await program.until("Aurora Consortium › Storages › Brain tumors, source")
        await program.press("p")
        await program.until("› Policy")
        await program.press("backspace")
        await program.until_gone("› Policy")
        await program.press("escape")
        await program.until("8 storages")
        await program.press("escape")
        await program.until("8 storages")


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("SB_00000001", "› Neuroblastoma aligned reads"),
        ("sd_00000001", "› KF-NBL"),
        ("OR_0000AA11", "8 storages"),
    ],
)
async def test_deep_links_lead_there_with_the_way_back(link: str, shown: str) -> None:
    async with running(open=link, ready=shown) as program:
        if not link.startswith("OR"):
            await program.press("escape")
            await program.until("studies" if link.startswith("sd") else "storages")


@pytest.mark.parametrize("link", ["XX_00000001", "SB_1", "storages", "SB_0000000I", "../etc"])
def test_links_to_nothing_are_refused_in_words(link: str) -> None:
    with pytest.raises(SettingsError, match="nothing that can be opened"):
        first_places(link)


async def test_help_lists_the_keys_of_the_page_with_commands() -> None:
    async with running(open="SB_00000001", ready="✗ failed", size=(100, 40)) as program:
        await program.press("question_mark")
        await program.until("AS A COMMAND")
        assert lines_with(program.text, r"v +Verify now +dwtui storages verify SB_00000001")
        assert lines_with(program.text, r"\^p +Command palette")
        assert "Attach a bucket" not in program.text
        await program.press("escape")
        await program.until("✗ failed")


async def test_the_palette_finds_actions_and_things() -> None:
    async with running() as program:
        await program.press("ctrl+p")
        await program.until("Search for commands")
        await program.type("neurob")
        await program.until("Neuroblastoma aligned reads")
        await program.press("down", "enter")
        await program.until("› Neuroblastoma aligned reads")
        await program.press("ctrl+p")
        await program.type("verify now")
        await program.until("dwtui storages verify SB_00000001")


async def test_the_palette_finds_what_the_application_does_and_does_it() -> None:
    async with running() as program:
        await program.press("ctrl+p")
        await program.until("Add a storage")
        await program.type("choose a theme")
        await program.until("dwtui --theme NAME")
        await program.press("down", "enter")
        await program.until("White on black")


async def test_the_palette_offers_actions_before_things() -> None:
    async with running() as program:
        await program.press("ctrl+p")
        await program.until("Add a storage")
        assert "Brain tumors" not in program.text.split("Search for commands")[1]


async def test_every_action_of_every_page_does_something() -> None:
    for kind in ROUTES:
        page = page_class(kind)
        assert [action.id for action in page.ACTIONS if not hasattr(page, f"action_{action.id}")] == []


async def test_a_list_that_comes_while_something_is_asked_leaves_the_sections_where_they_are() -> None:
    async with running() as program:
        await program.press("T")
        await program.until("White on black")
        program.page.reload()
        await program.until(
            lambda: (
                not program.page.workers
                or all(it.is_finished for it in program.page.workers if it.group == "list")
            )
        )
        assert "2 Studies" in program.text
        await program.press("escape")
        await program.until_gone("White on black")
        assert "2 Studies" in program.text


async def test_the_defaults_are_set_from_the_organization_too() -> None:
    async with running() as program:
        await program.press("4")
        await program.until("f defaults")
        await program.press("f")
        await program.until("New studies begin with these")


async def test_keys_that_would_be_typed_are_not_offered_where_one_types() -> None:
    async with running() as program:
        await program.press("a")
        await program.until("What your colleagues will know it by")
        await program.until("f1 help")
        assert "quit" not in program.keys
        assert "? help" not in program.keys
        await program.press("f1")
        await program.until("› Help")


async def test_what_is_typed_before_the_first_field_is_there_goes_into_it() -> None:
    async with running() as program:
        await program.press("a", *"Synovial")
        await program.until(lambda: bool(program.page.query("#name")))
        await program.until("Name                Synovial")
        assert program.page.crumb == "Add a storage"


async def test_a_theme_is_chosen_and_remembered() -> None:
    async with running() as program:
        await program.press("T")
        await program.until("White on black")
        await program.press("3")
        await program.until(lambda: program.app.theme == "contrast")
        await program.until(lambda: load_settings().preferences.theme == "contrast")


async def test_the_calls_of_a_page_are_shown_without_secrets() -> None:
    from screens.shell.calls import CallLog

    log = CallLog()
    log.add(
        "Create", "mutation Create { x }", {"input": {"secretKey": "hush", "accessKey": "AKIA", "name": "n"}}
    )
    assert "hush" not in log.as_text()
    assert "AKIA" not in log.as_text()
    assert '"name": "n"' in log.as_text()
    async with running() as program:
        await program.press("y")
        await program.until("Nothing has been asked of the API here.")


async def test_a_picture_is_saved_where_no_secrets_are_typed(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running() as program:
        await program.press("W")
        await program.until("Written to")
        assert "<svg" in next(tmp_path.glob("*.svg")).read_text()
        await program.press("L")
        await program.until("Connect to an API")
        assert program.app.check_action("save_picture", ()) is False


async def test_a_terminal_that_is_too_small_says_so_and_comes_back() -> None:
    async with running() as program:
        await program.pilot.resize_terminal(59, 20)
        await program.until("terminal too small")
        await program.pilot.resize_terminal(80, 15)
        await program.until("terminal too small")
        await program.pilot.resize_terminal(60, 16)
        await program.until("Neuroblastoma")
        assert "terminal too small" not in program.text


async def test_several_organizations_are_chosen_from_and_switched() -> None:
    api = FakeApi()
    api.organizations.append((OTHER_ORGANIZATION, "Borealis Institute", "SUPPORT"))
    async with running(api, ready="Which organization") as program:
        await program.until("Borealis Institute")
        await program.press("j", "enter")
        await program.until("Borealis Institute › Storages")
        await program.until("8 storages")
        await program.press("o")
        await program.until("Which organization")
        await program.press("k", "enter")
        await program.until("Aurora Consortium › Storages")


async def test_somebody_without_an_organization_is_told_what_to_do() -> None:
    api = FakeApi()
    api.organizations = []
    async with running(api, ready="You are in no organization yet."):
        pass


async def test_quitting_needs_one_key() -> None:
    async with running() as program:
        await program.press("q")
        await program.until(lambda: program.app._exit)


async def test_a_place_without_a_screen_is_not_offered() -> None:
    async with running() as program:
        assert program.app.knows("storage")
        assert not program.app.knows("moon")
        assert Place("storage", "SB_1") == Place("storage", "SB_1")


async def test_one_key_pair_of_the_sample_world_is_copied_alone() -> None:
    pairs = (("Works, at any prefix.", "AKIAONE\nsecret-one"), ("Refused.", "AKIATWO\nsecret-two"))
    briefing = Briefing("Key pairs of the sample world\nAKIAONE secret-one\nAKIATWO secret-two", pairs)
    async with running(briefing=briefing) as program:
        await program.press("B")
        await program.until("Key pairs of the sample world")
        await program.press("c")
        await program.until("all of it")
        await program.press("2")
        await program.until("Sent to the terminal's clipboard: AKIATWO")
        assert program.app.clipboard == "AKIATWO\nsecret-two"
