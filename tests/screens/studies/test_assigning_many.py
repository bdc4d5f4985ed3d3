"""Bulk assignment, by key presses: one preview, one result, retry and undo."""

from dwtui.client.errors import ConnectionLost, Forbidden
from tests.screens.documents_sample import DEFAULT, OLD
from tests.screens.fake_documents import STUDY, DocumentsApi
from tests.screens.program import Program, lines_with, running


async def marked(program: Program) -> None:
    """All studies marked, their storages to be changed."""
    await program.press("2")
    await program.until("NAME")
    await program.press("A")
    await program.until("3 marked")
    await program.press("S")
    await program.until("The storages of 3 studies")
    await program.until("d documents…")


async def all_to_old(program: Program) -> None:
    """All of their documents are to be kept in the storage where older versions lie."""
    await marked(program)
    await program.press("d")
    await program.until("Documents of all")
    await program.press("6")
    await program.until("3 studies will be changed.")


async def confirmed(program: Program) -> None:
    """What would be stranded is typed."""
    await program.press("enter")
    await program.until("Type their number, 2, and press enter to change 3 studies.")
    await program.type("2")
    await program.press("enter")


async def test_one_storage_for_all_with_totals_a_typed_confirmation_and_results() -> None:
    async with running(DocumentsApi()) as program:
        await all_to_old(program)
        assert lines_with(program.text, "KF-NBL +Default storage +Neurobl.* +✗ 2 stranded, 1.3 MB")
        assert "✗ 2 documents, 1.3 MB, of 1 study stay behind" in program.text
        assert "✓ 2 documents of 1 study come back." in program.text
        await program.press("enter")
        await program.until("Type their number, 2")
        await program.type("3")
        await program.press("enter")
        await program.until("That is not their number; nothing was done.")
        assert program.api.saved == []
        await program.press("backspace")
        await program.type("2")
        await program.press("enter")
        await program.until("✓ done: 3 studies")
        assert {change["documentBucket"] for _, change in program.api.saved} == {OLD}
        await program.press("escape")
        await program.until("3 studies")
        assert "marked" not in program.text


async def test_all_of_it_is_undone_exactly() -> None:
    async with running(DocumentsApi()) as program:
        await all_to_old(program)
        await confirmed(program)
        await program.until("u undoes all.")
        await program.until(lambda: "u undo" in program.keys)
        await program.press("u")
        await program.until("Give 3 studies back what they had")
        await program.until("✓ 2 come back, 1.3 MB")
        await program.press("enter")
        await program.until("Change the storages of 3 studies?")
        await program.press("y")
        await program.until("✓ done: 3 studies")
        assert {change["documentBucket"] for _, change in program.api.saved[-3:]} == {DEFAULT}
        assert program.app.session.undoable == ()


async def test_the_undo_is_there_in_the_list_too() -> None:
    async with running(DocumentsApi()) as program:
        await all_to_old(program)
        await confirmed(program)
        await program.until("u undoes all.")
        await program.press("escape")
        await program.until(lambda: "u undo" in program.keys)
        await program.press("u")
        await program.until("Give 3 studies back what they had")


async def test_each_study_its_own_storage_by_a_pattern() -> None:
    api = DocumentsApi()
    for at in (1, 5, 6):
        bucket = f"kf-study-us-east-1-prd-sd-000000{ {1: '01', 5: '00', 6: '09'}[at] }"
        api.storages[at] |= {"bucket": bucket, "uses": ["DOCUMENTS", "DATA"]}
    async with running(api) as program:
        await marked(program)
        await program.press("a")
        await program.until("Data files of all")
        await program.press("3")
        await program.until("{end} (of the code) and {external} are the study's")
        await program.press("enter")
        await program.until("! no storage matches")
        assert lines_with(program.text, "KF-NBL .*only data storages change")
        assert lines_with(program.text, "KF-CHD .*! no storage matches")
        await program.press("enter")
        await program.until("Change the storages of 2 studies?")
        await program.press("y")
        await program.until("✓ done: 2 studies")
        assert dict(api.saved) == {
            "SD_00000000": {"dataBuckets": ["SB_00000005"]},
            STUDY: {"dataBuckets": [OLD]},
        }


async def test_a_pattern_that_tells_no_study_from_another_is_refused() -> None:
    async with running(DocumentsApi()) as program:
        await marked(program)
        await program.press("d", "2")
        await program.until("Each study's own storage")
        await program.press("ctrl+u", *["backspace"] * 8)
        await program.type("all")
        await program.press("enter")
        await program.until("✗ It has to hold one of {id}, {code}, {end}, {external}")
        await program.press("escape")
        await program.until_gone("Each study's own storage")


async def test_one_study_gets_another_one_is_left_out() -> None:
    async with running(DocumentsApi()) as program:
        await all_to_old(program)
        await program.press("g", "space", "j", "e")
        await program.until("Documents of KF-CHD")
        await program.press("3")
        await program.until("left out")
        await confirmed_one(program)
        assert program.api.saved == [
            (STUDY, {"documentBucket": OLD}),
            ("SD_00000002", {"documentBucket": "SB_00000007"}),
        ]


async def confirmed_one(program: Program) -> None:
    await program.until("2 studies will be changed")
    await program.press("enter")
    await program.until("Type their number, 2")
    await program.type("2")
    await program.press("enter")
    await program.until("✓ done: 2 studies")


async def test_what_failed_is_told_with_reasons_and_tried_again() -> None:
    api = DocumentsApi()
    api.refusing["SD_00000000"] = Forbidden("You administer this study no more.")
    async with running(api) as program:
        await all_to_old(program)
        api.change_elsewhere("SD_00000002", data=[2])
        await confirmed(program)
        await program.until("✓ done: 1 study")
        assert "✗ conflict: 1 study" in program.text
        assert "✗ refused: 1 study" in program.text
        assert lines_with(program.text, "KF-CHD .*✗ conflict: somebody else")
        assert lines_with(program.text, "KF-CBT .*✗ refused: You administer")
        del api.refusing["SD_00000000"]
        await program.until(lambda: "r retry failed" in program.keys)
        await program.press("r")
        await program.until("Looked again at those that failed.")
        await program.press("enter")
        await program.until("Change the storages of 2 studies?")
        await program.press("y")
        await program.until("✓ done: 3 studies")
        assert len(program.app.session.undoable) == 3


async def test_a_lost_connection_leaves_those_not_begun_as_they_are() -> None:
    api = DocumentsApi(studies=12)
    for one in api.studies_[:4]:
        api.refusing[one["id"]] = ConnectionLost("gone", sent=True)
    async with running(api) as program:
        await program.press("2")
        await program.until("12 studies")
        await program.press("A")
        await program.until("12 marked")
        await program.press("S")
        await program.until("d documents…")
        await program.press("d", "6")
        await program.until("12 studies will be changed.")
        await program.press("enter")
        await program.until("Type their number, 2")
        await program.type("2")
        await program.press("enter")
        await program.until("✗ failed: 4 studies")
        assert "… not changed yet: 8 studies" in program.text
        assert api.saved == []


async def test_a_thousand_are_previewed_in_few_requests() -> None:
    api = DocumentsApi(studies=1200)
    async with running(api) as program:
        await program.press("2")
        await program.until("1,200 studies")
        await program.press("A")
        await program.until("1,200 marked")
        await program.press("S")
        await program.until("d documents…")
        await program.press("d", "6")
        await program.until("1,200 studies will be changed.")
        await program.until(lambda: api.asked.count("relocation_previews") == 3)
