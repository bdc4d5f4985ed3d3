"""Creating a study, by key presses."""

from collections.abc import AsyncIterator

import pytest

from dwtui.client.errors import ConnectionLost
from tests.screens.fake_documents import DocumentsApi
from tests.screens.program import Program, lines_with, running


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    """The form of a new study, opened from a list that is filtered."""
    async with running(DocumentsApi()) as program:
        await program.press("2")
        await program.until("3 studies")
        await program.press("p")
        await program.until("1 study, stranded")
        await program.press("a")
        await program.until("“Brain tumors, source”")
        yield program


async def test_a_study_begins_with_the_default_storages_and_the_list_has_its_cursor_on_it(
    program: Program,
) -> None:
    assert "Documents   “Default storage”" in program.text
    assert "Data files  “Brain tumors, source”" in program.text
    await program.type("Hearing loss")
    await program.press("enter")
    await program.type("KF-HL")
    await program.press("enter")
    await program.type("phs009")
    await program.press("enter")
    await program.until("✓ “Hearing loss” is created")
    await program.until("4 studies")
    await program.press("enter")
    await program.until("No document yet.")
    assert "KF-HL" in program.text


async def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(program: Program) -> None:
    await program.press("ctrl+n")
    await program.until("✗ It needs a name.")
    await program.type("Another")
    await program.press("tab")
    await program.type("KF-NBL")
    await program.press("ctrl+n")
    await program.until("✗ Another study is called “KF-NBL” already.")
    assert program.app.focused is program.page.query_one("#short_code Input")
    await program.press("escape")
    await program.until("Leave without saving?")
    await program.press("n")
    await program.until_gone("Leave without saving?")
    await program.type("2")
    await program.press("ctrl+n")
    await program.until("✓ “Another” is created")
    assert lines_with(program.text, "Another +KF-NBL2")


async def test_after_a_lost_answer_the_study_is_not_created_twice(program: Program) -> None:
    program.api.losing_answers = True
    await program.type("Only once")
    await program.press("ctrl+n")
    await program.until("The API went away.")
    program.api.losing_answers = False
    await program.press("ctrl+n")
    await program.until("✓ “Only once” is created")
    assert program.api.asked.count("create_study") == 1
    await program.until("4 studies")


async def test_no_connection_keeps_what_was_typed(program: Program) -> None:
    program.api.failing = ConnectionLost("The API can not be reached.")
    await program.type("Later")
    await program.press("ctrl+n")
    await program.until("✗ The API can not be reached.")
    program.api.failing = None
    await program.press("ctrl+n")
    await program.until("✓ “Later” is created")


@pytest.mark.parametrize("role", ["SUPPORT", "MEMBER"])
async def test_only_administrators_of_the_organization_are_offered_it(role: str) -> None:
    async with running(DocumentsApi(role)) as program:
        await program.press("2")
        await program.until("3 studies")
        assert program.page.check_action("add_study", ()) is False
        assert "a add" not in program.keys
