"""The gate: which action is offered to whom."""

import pytest

from screens.shell.action import Action
from screens.shell.actions import ALL, APPLICATION_ACTIONS, BY_ID
from screens.shell.gate import offered
from screens.shell.session import Session
from tests.screens.fake_api import FakeApi
from tests.screens.program import running
from tests.screens.sample import MAY

CHANGING = ["add_storage", "verify_storage", "edit_storage", "rotate_keys", "delete_storage", "set_defaults"]
KEYS_TAKEN = {"ctrl+b", "ctrl+s", "ctrl+q", "ctrl+z", "ctrl+c"}


def session(read_only: bool = False) -> Session:
    return Session(lambda: (None, None), read_only=read_only)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize("role", ["ADMINISTRATOR", "SUPPORT", "MEMBER"])
@pytest.mark.parametrize("action", ALL, ids=lambda action: action.id)
def test_what_takes_a_permission_is_offered_only_with_it(action: Action, role: str) -> None:
    allowed = not action.needs or action.needs in MAY[role]
    assert offered(action, session(), MAY[role], lambda _: True) is allowed


@pytest.mark.parametrize("action", ALL, ids=lambda action: action.id)
def test_nothing_that_changes_anything_is_offered_when_reading_only(action: Action) -> None:
    assert (
        offered(action, session(read_only=True), MAY["ADMINISTRATOR"], lambda _: True) is not action.changes
    )


def test_these_are_the_actions_that_change_something() -> None:
    assert {action.id for action in ALL if action.changes} >= set(CHANGING)


def test_an_action_whose_screen_is_not_there_is_not_offered() -> None:
    assert not offered(BY_ID["add_storage"], session(), MAY["ADMINISTRATOR"], lambda _: False)


def test_every_action_has_a_name_a_tooltip_and_keys_that_terminals_leave_to_us() -> None:
    for action in ALL:
        assert action.title, action.id
        assert action.tooltip, action.id
        for key in action.keys.split(","):
            assert key not in KEYS_TAKEN, action.id
            assert not key.startswith(("alt+", "super+", "cmd+")), action.id


def test_every_action_that_changes_something_has_a_command() -> None:
    assert [action.id for action in ALL if action.changes and not action.command] == []


def test_no_two_actions_of_the_application_share_a_key() -> None:
    keys = [key for action in APPLICATION_ACTIONS for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("role", "read_only", "offered_ones"),
    [("ADMINISTRATOR", False, True), ("ADMINISTRATOR", True, False), ("SUPPORT", False, False)],
)
async def test_keys_do_nothing_where_their_action_is_not_offered(
    role: str, read_only: bool, offered_ones: bool
) -> None:
    async with running(FakeApi(role), read_only=read_only) as program:
        assert ("v verify" in program.keys) is offered_ones
        await program.press("v")
        await program.pilot.pause(0.1)
        assert ("watch_verification" in program.api.asked) is offered_ones


async def test_members_see_no_activity() -> None:
    async with running(FakeApi("MEMBER", storages=[]), ready="No storage yet.") as program:
        assert "Activity" not in program.text
        await program.press("3")
        await program.pilot.pause(0.1)
        assert "activity" not in program.api.asked


async def test_while_a_question_is_open_nothing_else_is_done() -> None:
    async with running() as program:
        await program.press("s")
        await program.until("By bucket, then prefix")
        await program.press("v", "q", "c")
        await program.pilot.pause(0.1)
        assert "By bucket, then prefix" in program.text
        assert "watch_verification" not in program.api.asked
        await program.press("escape")
        await program.until_gone("By bucket, then prefix")
