"""One storage, by key presses."""

from dwtui.client.errors import ConnectionLost
from tests.screens.fake_api import FakeApi
from tests.screens.program import Program, lines_with, running
from tests.screens.sample import NAMES

DENIED = "SB_00000001"


async def opened(program: Program) -> None:
    await program.until("list below the prefix")


async def test_the_matrix_shows_what_is_wrong_who_must_act_and_how() -> None:
    async with running(open=DENIED, ready="✗ failed") as program:
        assert lines_with(program.text, "✗ failed +write an object +")
        assert lines_with(program.text, "✓ passed +read it back")
        await program.until(lambda: bool(lines_with(program.text, "who must act +whoever owns the IAM user")))
        assert lines_with(program.text, "remedy +Add s3:PutObject on the prefix")
        assert '"Action": "s3:PutObject"' in program.text
        assert program.text.index("remedy") < program.text.index("found  ")
        await program.press("k")
        await program.until("found   As it must be.")


async def test_the_views_are_stepped_through() -> None:
    async with running(open=DENIED, ready="✗ failed") as program:
        await program.press("tab")
        await program.until("IAM user     dwtui-nbl-aligned-reads")
        assert "key made     31 d ago" in program.text
        await program.press("tab")
        await program.until("No study uses it.")
        await program.press("tab")
        await program.until("verified the storage")
        await program.press("tab")
        await program.until("list below the prefix")
        await program.press("shift+tab")
        await program.until("verified the storage")


async def test_a_study_that_uses_it_can_be_opened() -> None:
    async with running(open="SB_00000000", ready="list below the prefix") as program:
        await program.press("tab", "tab")
        await program.until("KF-CBT")
        await program.press("enter")
        await program.until("Kept in “Default storage”")


async def test_on_a_wide_terminal_what_it_is_stands_beside() -> None:
    async with running(open=DENIED, ready="✗ failed", size=(140, 40)) as program:
        await program.until("IAM user")
        assert "About" not in program.text
        assert "list below the prefix" in program.text


async def test_a_verification_grows_live_and_its_outcome_is_told() -> None:
    async with running(open=DENIED, ready="✗ failed") as program:
        await program.press("v")
        await program.until("… verifying")
        planned = [{"probe": "IDENTITY", "title": "whose keys they are", "required": True}]
        planned += [{"probe": "LIST", "title": "list below the prefix", "required": True}]
        program.api.events.put_nowait({"planned": planned})
        await program.until(lambda: len(lines_with(program.text, r"… running +\w+")) == 2)
        program.api.events.put_nowait({"waitingSeconds": 42})
        await program.until("AWS does not know this key yet; asking again for 42 s at most")
        await program.until(lambda: len(lines_with(program.text, r"… waiting +\w+.* AWS does not know")) == 1)
        program.api.tell_verification(DENIED)
        await program.until("Verified: ✓ healthy")
        await program.until("✓ healthy, 2 h ago")
        await program.press("escape")
        await program.until("DOC/DATA" if program.app.size.width > 90 else "NAME")
        await program.until(lambda: bool(lines_with(program.text, "Neuroblastoma.*✓ healthy")))


async def test_a_verification_that_breaks_off_says_so_and_leaves_the_report() -> None:
    async with running(open=DENIED, ready="✗ failed") as program:
        await program.press("v")
        planned = [{"probe": "IDENTITY", "title": "whose keys they are", "required": True}]
        program.api.events.put_nowait({"planned": planned})
        program.api.events.put_nowait(ConnectionLost("The API went away in mid-stream."))
        await program.until("✗ The API went away in mid-stream.")
        await program.until("✗ access denied, 2 h ago")
        assert "… running" not in program.text


async def test_verifying_from_the_list_is_watched_on_the_page() -> None:
    async with running() as program:
        program.api.tell_verification("SB_00000000")
        await program.press("v")
        await program.until("Verified: ✓ healthy")
        assert program.api.asked.count("watch_verification") == 1


async def test_what_nobody_may_do_to_the_default_storage_is_not_offered() -> None:
    async with running(open="SB_00000005", ready="Default storage") as program:
        await program.until("list below the prefix")
        for action in ("edit_storage", "rotate_keys", "delete_storage"):
            assert program.page.check_action(action, ()) is False
        assert program.page.check_action("verify_storage", ()) is True


async def test_the_policy_comes_in_its_forms_and_can_be_saved(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(open=DENIED, ready="✗ failed") as program:
        await program.press("p")
        await program.until("1. Open IAM")
        await program.press("tab")
        await program.until("aws iam create-user --user-name dwtui-nbl-aligned-reads")
        await program.press("w")
        await program.until("Written to")
        assert (tmp_path / "policy.sh").read_text().startswith("aws iam create-user")
        await program.press("w")
        await program.until("-2.sh")
        await program.press("c")
        await program.until(lambda: "aws iam create-user" in program.app.clipboard)


async def test_a_storage_that_is_not_there_is_told_in_words() -> None:
    async with running(open="SB_ZZZZZZZZ", ready="✗ There is no storage SB_ZZZZZZZZ.") as program:
        assert "verified" not in program.text
        await program.press("escape")
        await program.until("Neuroblastoma")


async def test_everything_known_of_it_can_be_had_as_text() -> None:
    async with running(open=DENIED, ready="✗ failed") as program:
        await program.press("t")
        await program.until("› Neuroblastoma aligned reads")
        pane = program.page.query_one("TextPane")
        assert "who must act: whoever owns the IAM user" in pane.text
        assert "arn:aws:iam::012345678901:user/dwtui-nbl-aligned-reads" in pane.text


def test_the_double_knows_the_storage_these_tests_are_about() -> None:
    assert NAMES[1][3] == "denied"
    assert FakeApi().storages[1]["id"] == DENIED
