"""Studies, activity, the organization: read by key presses."""

from tests.screens.fake_api import FakeApi
from tests.screens.program import lines_with, running


async def test_studies_are_filtered_and_opened_down_to_their_storages() -> None:
    async with running() as program:
        await program.press("2")
        await program.until("3 studies")
        await program.press("slash")
        await program.type("neuro")
        await program.until("1 matching")
        await program.press("enter")
        await program.until(lambda: program.app.focused is program.page.query_one("#rows"))
        await program.press("enter")
        await program.until("No document yet.")
        await program.press("tab", "tab")
        await program.until("external id  phs000001")
        assert lines_with(program.text, "members +Ada Okafor, administrator")
        await program.press("shift+tab", "j", "enter")
        await program.until("› KF-NBL › Brain tumors, source")


async def test_the_activity_tells_the_line_under_the_cursor_in_full() -> None:
    async with running() as program:
        await program.press("3")
        await program.until("40 lines")
        await program.press("j", "j", "j")
        await program.until("11:39:00 UTC, 21 min ago")
        assert lines_with(program.text, "outcome +✗ failed")
        assert lines_with(program.text, "more +The keys were refused by AWS.")


async def test_the_activity_is_kept_to_a_user_a_subject_an_outcome() -> None:
    async with running() as program:
        await program.press("3")
        await program.until("40 lines")
        await program.press("u")
        await program.until("20 lines · by Ada")
        await program.press("x")
        await program.until(lambda: "only refused" in program.page.status.text)
        await program.until(lambda: program.page.query_one("#rows").rows.total == 10)
        await program.press("escape")
        await program.until("40 lines")
        await program.press("b")
        await program.until(lambda: program.page.query_one("#rows").rows.total == 5)
        await program.press("b")
        await program.until("40 lines")


async def test_a_line_of_the_activity_opens_what_it_is_about() -> None:
    async with running() as program:
        await program.press("3")
        await program.until("40 lines")
        await program.press("j", "enter")
        await program.until("› Neuroblastoma aligned reads")


async def test_the_organization_shows_its_defaults_and_members() -> None:
    async with running() as program:
        await program.press("4")
        await program.until("3 members")
        assert lines_with(program.text, "new studies look for data in +Brain tumors, source")
        assert lines_with(program.text, "blank keys are allowed at +s3://aurora-shared/incoming/")
        assert lines_with(program.text, "Chiara Moss +support")
        await program.press("t")
        await program.until("› Organization › Organization")
        assert "chiara@example.org" in program.page.query_one("TextPane").text


async def test_a_study_that_does_not_match_says_what_to_do() -> None:
    async with running() as program:
        await program.press("2")
        await program.until("3 studies")
        await program.press("slash")
        await program.type("zz")
        await program.until("No study matches.")


async def test_support_sees_the_activity_but_changes_nothing() -> None:
    async with running(FakeApi("SUPPORT")) as program:
        await program.press("3")
        await program.until("40 lines")
        await program.press("4")
        await program.until("3 members")
        assert program.page.check_action("set_defaults", ()) is False
