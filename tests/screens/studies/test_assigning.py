"""The storage assignment editor, by key presses: what would happen, the confirmation, conflicts, the undo."""

from dwtui.client.errors import ConnectionLost, Forbidden
from tests.screens.documents_sample import DEFAULT, OLD
from tests.screens.fake_documents import STUDY, DocumentsApi
from tests.screens.program import Program, lines_with, running

DATA = "SB_00000000"
STRANDS = "✗ 2 documents, 1.3 MB, stay in “Default storage” and cannot be opened until they are moved or this"


async def edit(program: Program) -> None:
    """The editor, with the cursor on the first storage."""
    await program.until("✓ at hand")
    await program.press("S")
    await program.until("stay in “Default storage”")
    await program.press("g")


async def choose_old(program: Program) -> None:
    """The storage in which the older versions lie is chosen for documents."""
    await edit(program)
    await program.press("G", "d")
    await program.until("come back.")


async def test_the_cursor_begins_on_the_present_document_storage() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await program.until("✓ at hand")
        await program.press("S")
        await program.until("stay in “Default storage”")
        await program.until(lambda: program.page.row.id == DEFAULT, "the cursor on the default storage")
        await program.press("g", "r")
        await program.rest()
        assert program.page.row.id == DATA


async def test_what_a_change_does_is_told_before_anything_is_saved() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await choose_old(program)
        assert STRANDS in program.words
        assert "✓ 2 documents, 352 kB, come back." in program.text
        assert "✓ It is fit for documents" in program.text
        assert lines_with(program.text, "→ new .*Neuroblastoma aligned reads")
        assert lines_with(program.text, "○ was .*Default storage")
        await program.press("z")
        await program.until("Documents   stay in “Default storage”")
        assert program.api.saved == []


async def test_what_strands_documents_is_confirmed_by_typing_the_studys_code() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await choose_old(program)
        await program.press("enter")
        await program.until("Type the study's code, KF-NBL")
        await program.type("kf-nbl")
        await program.press("enter")
        await program.until("That is not the study's code; nothing was done.")
        await program.press("escape")
        await program.until_gone("Type the study's code")
        assert program.api.saved == []
        await program.press("enter")
        await program.until("Type the study's code, KF-NBL")
        await program.type("KF-NBL")
        await program.press("enter")
        await program.until("2 of its documents are stranded. u undoes it.")
        assert program.api.saved == [(STUDY, {"documentBucket": OLD})]
        assert "Kept in “Neuroblastoma aligned reads”" in program.text


async def test_the_undo_gives_back_exactly_what_was_there_without_a_question() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("space", "j", "j", "space", "G", "d")
        await program.until("come back.")
        await program.press("enter")
        await program.until("Type the study's code")
        await program.type("KF-NBL")
        await program.press("enter")
        await program.until("u undoes it.")
        assert program.api.saved[-1][1] == {"documentBucket": OLD, "dataBuckets": ["SB_00000002"]}
        assert "u undo" in program.keys
        await program.press("u")
        await program.until("✓ Undone: KF-NBL keeps its documents in “Default storage” now")
        assert program.api.saved[-1][1] == {"documentBucket": DEFAULT, "dataBuckets": [DATA]}
        assert program.page.check_action("undo_assignment", ()) is False


async def test_an_undo_that_strands_what_was_uploaded_since_is_confirmed_too() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await choose_old(program)
        await program.press("enter")
        await program.until("Type the study's code")
        await program.type("KF-NBL")
        await program.press("enter")
        await program.until("u undoes it.")
        later = dict(program.api.documents[STUDY][2], id="SF_00000099", name="later.csv")
        program.api.documents[STUDY].append(later)
        await program.press("u")
        await program.until("and press enter to undo")
        await program.press("escape")
        await program.until_gone("and press enter to undo")
        assert len(program.api.saved) == 1


async def test_an_undo_after_somebody_elses_change_is_refused() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("space")
        await program.until("its files stay there")
        await program.press("enter")
        await program.until("u undoes it.")
        program.api.change_elsewhere(STUDY, data=[2])
        await program.press("u")
        await program.until("can not be given back what it had")
        assert len(program.api.saved) == 1


async def test_a_conflict_is_explained_and_what_was_chosen_is_kept() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("j", "j", "space")
        await program.until("+ “Congenital heart defects”")
        program.api.change_elsewhere(STUDY, documents=1)
        await program.press("enter")
        await program.until("Somebody else changed the study meanwhile")
        assert "it keeps its documents in “Neuroblastoma aligned reads” now" in program.words
        assert "what you chose is kept" in program.words
        assert program.api.saved == []
        assert "+ “Congenital heart defects”" in program.text
        await program.press("enter")
        await program.until("u undoes it.")
        assert program.api.saved[-1][1] == {"dataBuckets": [DATA, "SB_00000002"]}


async def test_a_refusal_is_told_and_nothing_is_lost() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("space")
        await program.until("its files stay there")
        program.api.refusing[STUDY] = Forbidden("You administer this study no more.")
        await program.press("enter")
        await program.until("✗ You administer this study no more.")
        assert "[ ]−" in program.text


async def test_a_change_whose_answer_was_lost_is_recognized() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("space")
        await program.until("its files stay there")
        lost = ConnectionLost("The API went away.", sent=True)
        program.api.refusing[STUDY] = lost
        program.api.gate.clear()
        await program.press("enter")
        await program.until(lambda: program.api.asked[-1] == "update_storages")
        program.api.change_elsewhere(STUDY, data=[])
        program.api.gate.set()
        await program.until("u undoes it.")
        await program.until("Kept in “Default storage”")


async def test_a_connection_lost_before_saving_keeps_the_choice() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("space")
        await program.until("its files stay there")
        program.api.failing = ConnectionLost("The API can not be reached.")
        await program.press("enter")
        await program.until("✗ The API can not be reached.")
        program.api.failing = None
        await program.press("r")
        await program.until_gone("can not be reached")
        assert "[ ]−" in program.text
        await program.press("enter")
        await program.until("u undoes it.")


async def test_a_storage_that_is_not_fit_is_asked_about_and_can_be_verified() -> None:
    api = DocumentsApi()
    api.documents.clear()
    api.unfit.add(OLD)
    async with running(api, open=STUDY, ready="No document yet") as program:
        await program.press("S")
        await program.until("stay in “Default storage”")
        await program.press("G", "d")
        await program.until(
            "✗ It is not fit for documents (last verified just now): s3:PutObject was refused."
        )
        await program.press("enter")
        await program.until("uploads will fail there")
        await program.press("n")
        await program.until_gone("uploads will fail there")
        api.unfit.clear()
        await program.press("v")
        await program.until("✓ It is fit for documents")
        assert api.asked[-1] == "verify"
        await program.press("enter")
        await program.until("u undoes it.")


async def test_a_storage_for_data_only_can_not_keep_documents() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("d")
        await program.until("“Brain tumors, source” is for data only.")
        assert "save" not in program.keys


async def test_leaving_with_something_chosen_asks() -> None:
    async with running(DocumentsApi(), open=STUDY, ready="✓ at hand") as program:
        await edit(program)
        await program.press("space")
        await program.until("its files stay there")
        await program.press("escape")
        await program.until("Leave without saving?")
        await program.press("y")
        await program.until("✓ at hand")
        assert program.api.saved == []
