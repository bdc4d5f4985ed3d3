"""One study and its documents, by key presses."""

import pytest

from tests.screens.fake_documents import STUDY, DocumentsApi
from tests.screens.program import lines_with, running
from tests.screens.test_hostile import HOSTILE

READY = "1.2 MB  ✓ at hand"


async def test_its_documents_are_listed_with_where_they_lie() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY) as program:
        assert "Kept in “Default storage”  ✓ healthy   3 documents, 1.7 MB   ✗ 2 stranded" in program.text
        assert lines_with(program.text, r"consent-form.pdf +other +1 +312 kB +✗ stranded in N")
        assert lines_with(program.text, r"participants.csv +clinical +3 +48.2 kB +! 1 older stranded")
        assert lines_with(program.text, r"manif.* +sequencing +1 +1.2 MB +✓ at hand")


async def test_documents_are_filtered_sorted_and_kept_to_what_is_stranded() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY) as program:
        await program.press("p")
        await program.until_gone("sequencing-m")
        assert "only stranded" in program.text
        await program.press("escape")
        await program.until(READY)
        await program.press("s", "3")
        await program.until("SIZE ↓")
        await program.until(lambda: program.text.index("sequencing-m") < program.text.index("consent-form"))
        await program.press("slash")
        await program.type("part")
        await program.until_gone("sequencing-m")
        await program.press("enter", "escape")
        await program.until(READY)


async def test_on_a_wide_terminal_all_of_a_document_stands_beside() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="sequencing-m", size=(120, 40)) as program:
        await program.until("about ")
        await program.press("j")
        await program.until("about       One row a participant")
        assert "tags        release-1" in program.text
        assert "SHA-256     0000" in program.text


async def test_it_is_read_only_for_support_and_its_storages_are_seen() -> None:
    async with running(DocumentsApi("SUPPORT"), open=STUDY, ready=READY) as program:
        for action in (
            "upload",
            "new_version",
            "edit_document",
            "delete_document",
            "assign_storages",
            "download",
        ):
            assert program.page.check_action(action, ()) is False, action
        await program.press("tab")
        await program.until("IN STORAGE")
        assert lines_with(program.text, "documents +Default storage +✓ healthy")
        assert lines_with(program.text, "data +Brain tumors, source +✓ healthy")


async def test_whose_documents_may_not_be_read_are_said_to_be_others() -> None:
    api = DocumentsApi("MEMBER")
    api.documents.clear()
    async with running(api, open=STUDY, ready="shown to those who work on this study"):
        pass


async def test_a_study_that_is_not_there_says_so() -> None:
    async with running(DocumentsApi(), open="SD_0000ZZZZ", ready="There is no study SD_0000ZZZZ") as program:
        await program.press("escape")
        await program.until("3 studies")


async def test_what_can_be_copied() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY) as program:
        await program.press("j", "c")
        await program.until("Copy")
        for name in ("document id", "SHA-256", "download URL", "S3 URI", "dwtui command"):
            assert name in program.text
        await program.press("5")
        await program.until("Sent to the terminal's clipboard")
        assert program.app.clipboard.startswith(
            "http://127.0.0.1:1/download/study/SD_00000001/file/SF_00000000"
        )


async def test_a_link_that_works_once_is_made_when_it_is_chosen_and_not_shown() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY) as program:
        await program.press("j", "c")
        await program.until("link that works once")
        assert "signed_url" not in program.api.asked
        (line,) = lines_with(program.text, "link that works once")
        await program.press(line.split()[0])
        await program.until("Sent to the terminal's clipboard: link that works once")
        assert program.app.clipboard.startswith("http://127.0.0.1:1/download/FV_")
        assert program.app.clipboard.endswith("?token=once")
        assert "token=once" not in program.text


async def test_a_document_is_opened_with_its_versions() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY) as program:
        await program.press("j", "enter")
        await program.until("3 versions, 135 kB   ✗ 1 stranded")
        await program.press("G")
        await program.until("Switch the study back to")
        assert "place       ✗ stranded in Neuroblastoma aligned reads" in program.text


async def test_a_deep_link_opens_a_document_and_leads_to_its_study() -> None:
    async with running(DocumentsApi(), open="SF_00000000", ready="3 versions") as program:
        await program.press("o")
        await program.until("Kept in “Default storage”")
        await program.press("escape", "escape")
        await program.until("3 studies")


async def test_a_document_that_is_not_there_says_so() -> None:
    async with running(DocumentsApi(), open="SF_0000ZZZZ", ready="There is no document SF_0000ZZZZ"):
        pass


async def test_what_is_said_of_a_document_is_edited() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY) as program:
        await program.press("j", "e")
        await program.until("release-1")
        await program.press("enter", "right", "enter", "end")
        await program.type(" each")
        await program.press("ctrl+n")
        await program.until("“participants.csv” is saved.")
        edited = program.api.documents[STUDY][0]
        assert (edited["fileType"], edited["description"]) == ("SEQ", "One row a participant each")
        assert edited["tags"] == ["release-1"]


async def test_a_name_that_is_taken_is_told_at_the_field() -> None:
    async with running(DocumentsApi(), open="SF_00000000", ready="3 versions") as program:
        await program.press("e")
        await program.until("release-1")
        program.page.query_one("#name").value = "consent-form.pdf"
        await program.press("ctrl+n")
        await program.until("✗ The study has a document of that name already.")
        await program.press("escape")
        await program.until("Leave without saving?")


async def test_the_later_of_two_editors_is_shown_what_the_other_did() -> None:
    async with running(DocumentsApi(), open="SF_00000000", ready="3 versions") as program:
        await program.press("e")
        await program.until("release-1")
        program.api.documents[STUDY][0].update(description="Theirs", revision=7)
        program.page.query_one("#tags").value = "mine"
        await program.press("ctrl+n")
        await program.until("! Somebody else made it “Theirs”")
        assert program.page.query_one("#tags").value == "mine"
        await program.press("ctrl+n")
        await program.until("is saved")
        assert program.api.documents[STUDY][0]["description"] == "Theirs"
        assert program.api.documents[STUDY][0]["tags"] == ["mine"]


async def test_a_document_is_deleted_only_after_its_name_was_typed() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY) as program:
        await program.press("j", "D")
        await program.until("Delete “participants.csv” with 3 versions")
        await program.type("participants")
        await program.press("enter")
        await program.until("That is not its name; nothing was done.")
        assert len(program.api.documents[STUDY]) == 3
        await program.type(".csv")
        await program.press("enter")
        await program.until(lambda: not lines_with(program.text, "participants.csv +clinical"))
        assert len(program.api.documents[STUDY]) == 2


async def test_one_version_is_deleted_the_others_stay() -> None:
    async with running(DocumentsApi(), open="SF_00000000", ready="3 versions") as program:
        await program.press("j", "D")
        await program.until("Delete the version of 2026-11-03")
        await program.type("participants.csv")
        await program.press("enter")
        await program.until("2 versions, 88.3 kB")


@pytest.mark.parametrize(("name", "shown"), HOSTILE.items(), ids=range(len(HOSTILE)))
async def test_hostile_names_are_shown_as_they_are(name: str, shown: str) -> None:
    api = DocumentsApi()
    for one in api.documents[STUDY]:
        one |= {"name": name, "description": name, "tags": [name]}
        for version in one["versions"]:
            version |= {"fileName": name, "description": name, "storageName": name, "key": name}
    api.studies_[1] |= {"name": name, "shortCode": name}
    async with running(api, open=STUDY, ready=shown, size=(120, 40)) as program:
        await program.until(lambda: len(lines_with(program.text, "description|about")) > 0)
        for keys, sign in ((["enter"], "UPLOADED"), (["e"], "Tags"), (["escape", "D"], "Type its name")):
            await program.press(*keys)
            await program.until(sign)
            assert shown in program.text
            assert name == shown or name not in program.text


async def test_the_help_names_the_commands_that_do_the_same_here() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=READY, size=(120, 60)) as program:
        await program.press("j", "question_mark")
        await program.until("AS A COMMAND")
        for command in (
            "dwtui documents upload SD_00000001 FILE",
            "dwtui documents download SF_00000000",
            "dwtui documents edit SF_00000000",
            "dwtui documents delete SF_00000000",
            "dwtui studies storages SD_00000001",
        ):
            assert command in program.text, command
