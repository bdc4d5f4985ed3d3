"""What is told, kept and repeated when the API can not be reached, refuses, or knows us no more."""

import pytest

from dwtui.client.errors import ConnectionLost, Forbidden, LimitExceeded, ServerFailed, Unauthenticated
from screens.shell import page as page_module
from screens.shell import requests
from tests.screens.program import running

LOST = ConnectionLost("The API at http://127.0.0.1:1 can not be reached: nothing listens there.")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once."""
    monkeypatch.setattr(page_module, "RETRY_SECONDS", (0.05,))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never try again by oneself."""
    monkeypatch.setattr(page_module, "RETRY_SECONDS", (3600.0,))


async def test_a_lost_connection_is_told_and_what_is_shown_stays(patient: None) -> None:
    async with running() as program:
        program.api.failing = LOST
        await program.press("r")
        await program.until("nothing listens there.")
        assert "so does dwtui by itself" in program.text
        assert "Neuroblastoma" in program.text
        program.api.failing = None
        await program.press("r")
        await program.until_gone("nothing listens there.")


async def test_it_is_tried_again_by_itself(quick: None) -> None:
    async with running() as program:
        program.api.failing = LOST
        await program.press("r")
        await program.until("nothing listens there.")
        asked = len(program.api.asked)
        await program.until(lambda: len(program.api.asked) > asked + 2)
        program.api.failing = None
        await program.until_gone("nothing listens there.")


async def test_the_first_request_may_fail_too(quick: None) -> None:
    from tests.screens.fake_api import FakeApi

    api = FakeApi()
    api.failing = LOST
    async with running(api, ready="nothing listens there.") as program:
        api.failing = None
        await program.until("8 storages")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Forbidden("Members do not see storages."), "✗ Not allowed: Members do not see storages."),
        (LimitExceeded("Ask for 200 rows at most."), "✗ Ask for 200 rows at most."),
        (ServerFailed("Something went wrong in the API.", request_id="req_1"), "as request req_1"),
    ],
)
async def test_refusals_are_told_in_words(error: Exception, words: str) -> None:
    async with running() as program:
        program.api.failing = error
        await program.press("r")
        await program.until(words)


async def test_a_mistake_of_our_own_ends_in_words_not_in_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as program:

        async def broken(*_: object, **__: object) -> None:
            raise KeyError("oops")

        monkeypatch.setattr(program.api, "storage_backends", broken)
        await program.press("r")
        await program.until("dwtui made a mistake here (KeyError)")
        assert "Neuroblastoma" in program.text


async def test_waiting_for_a_slow_api_can_be_given_up() -> None:
    async with running() as program:
        program.api.gate.clear()
        await program.press("r")
        await program.until("esc cancels")
        await program.press("escape")
        await program.until("Stopped waiting.")
        assert "Neuroblastoma" in program.text


async def test_an_expired_token_leads_to_sign_in_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(open="SB_00000001", ready="✗ failed") as program:
        program.api.failing = Unauthenticated("Your token has expired.")
        await program.press("r")
        await program.until("Your token has expired.")
        assert program.page.crumb == "Sign in"
        address = program.page.query_one("#url")
        assert address.value == "http://127.0.0.1:1"
        program.api.failing = None
        await program.type("dwt_new")
        asked = len(program.api.asked)
        await program.press("enter", "enter")
        await program.until("Signed in as Ada Okafor.")
        await program.until(lambda: "storage_backend" in program.api.asked[asked:])
        assert "✗ failed" in program.text


def test_waits_grow_up_to_half_a_minute() -> None:
    assert list(requests.RETRY_SECONDS) == sorted(requests.RETRY_SECONDS)
    assert requests.RETRY_SECONDS[-1] <= 30
