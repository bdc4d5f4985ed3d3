"""The list of storages, by key presses."""

import pytest

from dwtui.app.themes import THEMES
from tests.screens.fake_api import FakeApi
from tests.screens.program import lines_with, running
from tests.screens.sample import storage


async def test_the_list_tells_health_in_words_with_its_reason() -> None:
    async with running() as program:
        assert lines_with(program.text, "Cleft palate.*✗ bucket not found.*cial-cleft")
        assert lines_with(program.text, "Leukemia.*✗ keys refused")
        assert lines_with(program.text, "Neuroblastoma.*✗ access denied")
        assert lines_with(program.text, "Craniofacial.*… never verified.*never")
        assert lines_with(program.text, "Brain tumors.*✓ healthy.*2 h ago")


async def test_a_narrow_terminal_keeps_the_names_and_hides_what_matters_least() -> None:
    async with running(size=(62, 20)) as narrow:
        assert "Neuroblastoma" in narrow.text
        assert "VERIFIED" not in narrow.text
    async with running(size=(160, 40)) as wide:
        assert "VERIFIED" in wide.text
        assert "KEYS" in wide.text


async def test_typing_a_filter_asks_the_api_and_escape_takes_it_away() -> None:
    async with running() as program:
        await program.press("slash")
        await program.type("neuro")
        await program.until("1 matching")
        assert "Cleft" not in program.text
        await program.press("enter")
        await program.until(lambda: program.app.focused is program.page.query_one("#rows"))
        await program.press("escape")
        await program.until("8 storages")


async def test_a_filter_without_a_match_says_what_to_do() -> None:
    async with running() as program:
        await program.press("slash")
        await program.type("zzz")
        await program.until("No storage matches.")
        assert "esc takes the filter away" in program.text


async def test_health_is_filtered_by_the_api() -> None:
    async with running() as program:
        await program.press("h")
        await program.until("3 unhealthy")
        await program.press("h")
        await program.until("4 healthy")
        await program.press("h")
        await program.until("8 storages")


async def test_an_order_is_chosen_by_its_digit_and_marked() -> None:
    async with running() as program:
        await program.press("s")
        await program.until("By bucket, then prefix")
        await program.press("3")
        await program.until("BUCKET AND PREFIX ↓")
        assert (
            program.text.index("cbt-source")
            < program.text.index("chd-research")
            < program.text.index("craniofacial")
        )


async def test_an_organization_without_storages_is_told_what_to_do() -> None:
    async with running(FakeApi(storages=[]), ready="No storage yet.") as program:
        assert "a attaches a bucket of yours" in program.text
    async with running(FakeApi("SUPPORT", storages=[]), ready="No storage yet.") as program:
        assert "An organization administrator can attach one." in program.text


async def test_many_storages_come_by_the_page_and_the_last_can_be_gone_to() -> None:
    many = [
        storage(number, f"Storage {number:04d}", f"bucket-{number}", "", "healthy") for number in range(950)
    ]
    async with running(FakeApi(storages=many), ready="950 storages") as program:
        assert program.api.asked.count("storage_backends") == 1
        await program.press("G")
        await program.until("Storage 0949")
        assert program.api.asked.count("storage_backends") == 10
        await program.press("g")
        await program.until("Storage 0000")


async def test_a_refresh_shows_what_changed_and_keeps_the_cursor_on_its_row() -> None:
    async with running() as program:
        await program.press("j", "j")
        program.api.storages.append(storage(40, "A new one", "new-bucket", "", "healthy"))
        await program.press("r")
        await program.until("9 storages")
        assert program.page.query_one("#rows").row.name == "Congenital heart defects"


async def test_a_wide_terminal_shows_details_beside_the_list() -> None:
    async with running(size=(140, 40)) as program:
        await program.until("arn:aws:iam")
        await program.press("G")
        await program.until("Whoever owns the IAM user:")


async def test_a_click_moves_the_cursor_and_another_opens() -> None:
    async with running() as program:
        await program.pilot.click("#rows", offset=(5, 3))
        await program.until(lambda: program.page.query_one("#rows").cursor == 2)
        await program.pilot.click("#rows", offset=(5, 3))
        await program.until("› Congenital heart defects")


async def test_copying_sends_the_chosen_text_to_the_terminal() -> None:
    async with running() as program:
        await program.press("c")
        await program.until("S3 URI")
        await program.press("3")
        await program.until("Sent to the terminal's clipboard: s3://cbt-source/")
        assert program.app.clipboard == "s3://cbt-source/"


async def test_names_only_are_shown_to_those_who_may_not_see_more() -> None:
    bare = {**storage(1, "Named only", "hidden", "", "healthy")}
    hidden = ("bucket", "prefix", "accountId", "accountAlias", "identity", "healthy", "verification")
    bare |= dict.fromkeys((*hidden, "documentStudyCount", "dataStudyCount", "keysChangedAt", "keyCreatedAt"))
    async with running(FakeApi("MEMBER", storages=[{**bare, "uses": []}]), ready="1 storage") as program:
        assert "Named only" in program.text
        assert "s3://" not in program.text
        assert "never" not in program.text
        await program.press("c")
        await program.until("dwtui storages show")
        assert "S3 URI" not in program.text


@pytest.mark.parametrize("theme", THEMES)
async def test_the_row_under_the_cursor_can_be_told_from_the_others(theme: str) -> None:
    async with running(theme=theme) as program:
        await program.press("j")
        table = program.page.query_one("#rows")
        here, there = ({segment.style for segment in table.render_line(y)} for y in (2, 3))
        assert here.isdisjoint(there)


async def test_without_colours_the_cursor_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(theme="terminal") as program:
        table = program.page.query_one("#rows")
        assert all(segment.style.reverse for segment in table.render_line(1))
        assert "NoColor" in [type(line_filter).__name__ for line_filter in program.app.get_line_filters()]
