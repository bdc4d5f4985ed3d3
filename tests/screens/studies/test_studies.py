"""The list of studies, by key presses."""

from collections.abc import AsyncIterator

import pytest

from dwtui.client.errors import ConnectionLost
from tests.screens.fake_documents import STUDY, DocumentsApi
from tests.screens.program import Program, lines_with, running


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    """The list of studies."""
    async with running(DocumentsApi()) as program:
        await program.press("2")
        await program.until("3 studies")
        yield program


async def test_a_study_shows_its_documents_what_is_stranded_and_the_health_of_what_it_uses(
    program: Program,
) -> None:
    (line,) = lines_with(program.text, "Neuroblastoma: germline")
    assert "✗ 2" in line
    assert " 3  ✓ healthy" in line
    program.api.change_elsewhere(STUDY, documents=4)
    await program.press("r")
    await program.until("✗ bucket not found")


async def test_on_a_wide_terminal_what_it_uses_stands_beside() -> None:
    async with running(DocumentsApi(), size=(120, 40)) as program:
        await program.press("2")
        await program.until("3 studies")
        await program.press("j")
        await program.until("documents    3 documents, 1.7 MB")
        assert "✗ 2 documents, 352 kB, can not be opened" in program.text


async def test_the_problems_are_stepped_through(program: Program) -> None:
    await program.press("p")
    await program.until("1 study, stranded")
    await program.press("p")
    await program.until("✓ No study has this problem: unhealthy storage.")
    program.api.change_elsewhere(STUDY, data=[])
    await program.press("p")
    await program.until("1 study, no data")
    await program.press("escape")
    await program.until("3 studies")


async def test_the_studies_of_a_storage_are_kept(program: Program) -> None:
    program.api.change_elsewhere(STUDY, data=[4])
    await program.press("b")
    await program.until("Studies that use")
    await program.press("2")
    await program.until("1 in “Cleft palate”")
    await program.press("b")
    await program.until("3 studies")


async def test_a_lost_connection_is_told_and_mended(program: Program) -> None:
    program.api.failing = ConnectionLost("The API can not be reached.")
    await program.press("r")
    await program.until("✗ The API can not be reached.")
    program.api.failing = None
    await program.press("r")
    await program.until_gone("can not be reached")


async def test_only_what_may_be_changed_is_marked() -> None:
    api = DocumentsApi()
    api.studies_[0]["own"] = False
    async with running(api) as program:
        await program.press("2")
        await program.until("3 studies")
        assert "S storages" not in program.keys
        await program.press("A")
        await program.until("2 marked")
        await program.press("A")
        await program.until_gone("marked")
        await program.press("space", "j", "space")
        await program.until("1 marked")


@pytest.mark.parametrize("role", ["SUPPORT", "MEMBER"])
async def test_who_may_change_nothing_is_offered_nothing(role: str) -> None:
    async with running(DocumentsApi(role)) as program:
        await program.press("2")
        await program.until("3 studies")
        for action in ("mark", "mark_all", "assign_storages", "undo_assignment"):
            assert program.page.check_action(action, ()) is False, action
        assert program.page.check_action("filter_problem", ()) is (role == "SUPPORT")


async def test_reading_only_marks_nothing() -> None:
    async with running(DocumentsApi(), read_only=True) as program:
        await program.press("2")
        await program.until("3 studies")
        assert program.page.check_action("mark", ()) is False
        assert program.page.check_action("assign_storages", ()) is False
        await program.press("enter")
        await program.until("No document yet.")
        assert program.page.check_action("upload", ()) is False


async def test_many_studies_come_by_the_page() -> None:
    async with running(DocumentsApi(studies=1200)) as program:
        await program.press("2")
        await program.until("1,200 studies")
        assert program.api.asked.count("studies") == 1
        await program.press("A")
        await program.until("1,200 marked")
        assert program.api.asked.count("studies") == 4
