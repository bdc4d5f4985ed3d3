"""Signing in and the first steps, by key presses. Settings and tokens are real files in a folder of the test's own."""

import pytest

from dwtui.app.departures import Departure
from dwtui.client.errors import ConnectionLost, Unauthenticated
from dwtui.settings import Profile, change_settings, load_settings
from dwtui.tokens import find_token, keep_token
from screens.shell.places import Place
from tests.screens.fake_api import FakeApi
from tests.screens.program import Program, running

WELCOME = [Place("welcome")]
SECRET = "dwt_0123456789"


async def filled_in(program: Program, url: str, token: str) -> None:
    """Fill in the form and hand it in."""
    await program.until("Connect to an API")
    await program.until(lambda: program.app.focused is program.page.query_one("#url Input"))
    await program.type(url)
    await program.press("enter")
    await program.type(token)
    await program.press("enter", "enter")


async def test_a_newcomer_is_offered_three_ways() -> None:
    async with running(places=WELCOME, ready="How do you want to begin?") as program:
        assert "Try the demo" in program.text
        assert "Connect to an API" in program.text
        assert "A workspace of my own" in program.text
        assert "Storages" not in program.text
        await program.press("1")
        await program.until(lambda: program.app.return_value is Departure.DEMO)


async def test_signing_in_keeps_a_profile_and_its_token_and_leads_to_the_storages() -> None:
    async with running(places=WELCOME, ready="How do you want") as program:
        await program.press("2")
        await filled_in(program, "https://dwtui.example.org", SECRET)
        await program.until("8 storages")
    settings = load_settings()
    assert settings.default_profile == "dwtui.example.org"
    profile = settings.profile("dwtui.example.org")
    assert profile.url == "https://dwtui.example.org"
    assert find_token(profile) == SECRET


async def test_the_token_is_masked_and_can_not_be_copied() -> None:
    async with running(places=WELCOME, ready="How do you want") as program:
        await program.press("2")
        await program.until(lambda: program.app.focused is program.page.query_one("#url Input"))
        await program.press("tab")
        await program.type("hushhush")
        assert "hushhush" not in program.text
        assert "••••••••" in program.text
        await program.press("home", "shift+end", "ctrl+c", "ctrl+x")
        assert program.app.clipboard == ""
        assert program.page.query_one("#token").value == "hushhush"
        assert program.app.check_action("save_picture", ()) is False


@pytest.mark.parametrize(
    ("failing", "words"),
    [
        (Unauthenticated("This token is not known, or was revoked."), "✗ This token is not known"),
        (
            ConnectionLost("The host of https://x.example can not be found."),
            "✗ The host of https://x.example",
        ),
    ],
)
async def test_what_does_not_work_is_told_at_its_field_and_nothing_is_kept(
    failing: Exception, words: str
) -> None:
    api = FakeApi()
    api.failing = failing
    async with running(api, places=WELCOME, ready="How do you want") as program:
        await program.press("2")
        await filled_in(program, "https://x.example", SECRET)
        await program.until(words)
        assert program.page.query_one("#url").value == "https://x.example"
    assert load_settings().profiles == {}


async def test_an_address_that_is_none_is_refused_before_anything_is_sent() -> None:
    async with running(places=WELCOME, ready="How do you want") as program:
        await program.press("2")
        await filled_in(program, "x.example", SECRET)
        await program.until("is no address of an API")
        assert program.api.asked == []


async def test_a_token_is_not_sent_in_the_clear_without_asking() -> None:
    async with running(places=WELCOME, ready="How do you want") as program:
        await program.press("2")
        await filled_in(program, "http://dwtui.example.org", SECRET)
        await program.until("is not encrypted")
        assert program.api.asked == []
        await program.press("enter")
        await program.pilot.pause(0.05)
        assert program.api.asked == []
        await program.press("n")
        await program.until_gone("is not encrypted")
        assert program.api.asked == []


async def test_a_profile_is_chosen_with_the_token_that_is_kept() -> None:
    profile = Profile("elsewhere", "https://elsewhere.example.org")
    change_settings(lambda settings: settings.with_profile(profile))
    keep_token(profile, SECRET)
    async with running() as program:
        await program.press("2")
        await program.until("KF-CBT")
        await program.press("L")
        await program.until("https://elsewhere.example.org")
        await program.press("enter")
        await program.until("8 storages")
        assert program.app.session.target is not None
        assert program.app.session.target.token == SECRET
        assert program.app.session.target.profile == profile


async def test_a_profile_without_a_token_asks_for_one() -> None:
    change_settings(lambda settings: settings.with_profile(Profile("bare", "https://bare.example.org")))
    async with running() as program:
        await program.press("L")
        await program.until("no token")
        await program.press("enter")
        await program.until("Give a token for this profile.")
        assert program.page.query_one("#url").value == "https://bare.example.org"


async def test_a_workspace_needs_all_its_facts() -> None:
    async with running(places=WELCOME, ready="How do you want") as program:
        await program.press("3")
        await program.until("Bucket for defaults")
        await program.press("ctrl+j")
        await program.until("✗ This is needed.")
