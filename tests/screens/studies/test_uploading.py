"""Uploads by key presses: the picker, names that are taken, progress, cancelling, the queue."""

from pathlib import Path

import pytest

from dwtui.client.errors import ConnectionLost
from screens.widgets.lines import KeyLine
from tests.screens.fake_documents import STUDY, DocumentsApi
from tests.screens.program import Program, running

AT_HAND = "1.2 MB  ✓ at hand"


@pytest.fixture(autouse=True)
def files() -> Path:
    """Files in the folder the program is started in, which is home."""
    here = Path.cwd()
    (here / "manifests").mkdir()
    (here / "manifests" / "release-1.csv").write_text("id,sex\n1,F\n")
    (here / "new.csv").write_bytes(b"x" * 1200)
    (here / "more.csv").write_bytes(b"x" * 90_000)
    (here / "participants.csv").write_bytes(b"x" * 5000)
    (here / "empty.csv").touch()
    (here / ".hidden.csv").write_text("x")
    return here


async def pick(program: Program, path: str) -> None:
    """The picker, with a path typed and taken."""
    await program.press("a")
    await program.until("tab completes")
    await program.type(path)
    await program.press("enter")


async def test_a_file_is_found_by_completion_described_and_uploaded() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("a")
        await program.until("manifests/")
        assert ".hidden" not in program.text
        await program.press("m", "a", "tab")
        await program.until("release-1.csv")
        await program.press("tab")
        await program.press("enter")
        await program.until("release-1.csv, 11 B")
        await program.press("enter", "right", "enter")
        await program.type("All of them")
        await program.press("enter")
        await program.type("release, 2026")
        await program.press("enter")
        await program.until("✓ “release-1.csv” is uploaded: 11 B.")
        await program.until(
            lambda: "release-1.csv" in program.text.split("Storages   About")[1].split("✓ “")[0]
        )
        made = program.api.documents[STUDY][-1]
        assert (made["fileType"], made["description"], made["tags"]) == (
            "CLN",
            "All of them",
            ["release", "2026"],
        )


async def test_home_is_a_tilde_and_what_can_not_be_uploaded_says_why(tmp_path: Path) -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("a")
        await program.until("manifests/")
        field = program.page.query_one("#path")
        for typed, said in (
            ("~/empty.csv", "✗ empty.csv: It is empty; there is nothing to upload."),
            ("~/nothing.csv", "✗ nothing.csv: There is no such file."),
            ("/dev/null", "✗ null: That is no ordinary file."),
        ):
            field.value = typed
            await program.press("enter")
            await program.until(said)
        field.value = "~"
        await program.press("enter")
        await program.until("manifests/")


async def test_over_ssh_it_says_whose_disk_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("a")
        await program.until("the machine dwtui runs on")


async def test_a_document_that_is_too_large_is_refused_before_it_is_sent() -> None:
    with Path("large.bin").open("wb") as large:
        large.truncate(2**29 + 1)
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("a")
        await program.until(lambda: "largest_document" in program.api.asked)
        await program.type("large.bin")
        await program.press("enter")
        await program.until("✗ large.bin: It is 537 MB; a document has at most 537 MB.")


async def test_a_name_that_is_taken_can_become_a_new_version() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await pick(program, "participants.csv")
        await program.until("participants.csv, 5.0 kB")
        await program.press("ctrl+n")
        await program.until("The study has “participants.csv” already. Upload this as its new version?")
        await program.press("n")
        await program.until("The study has a document of that name. Give it another one.")
        await program.press("ctrl+n")
        await program.until("Upload this as its new version?")
        await program.press("y")
        await program.until("✓ The new version of “participants.csv” is uploaded: 5.0 kB.")
        assert len(program.api.documents[STUDY][0]["versions"]) == 4


async def test_a_new_version_of_a_document_is_uploaded() -> None:
    async with running(DocumentsApi(), open="SF_00000000", ready="3 versions") as program:
        await program.press("n")
        await program.until("tab completes")
        await program.type("new.csv")
        await program.press("enter")
        await program.until("becomes the newest version of “participants.csv”")
        await program.type("Two more")
        await program.press("enter")
        await program.until("4 versions")
        assert program.api.documents[STUDY][0]["versions"][0]["description"] == "Two more"


async def test_several_queue_go_on_elsewhere_and_are_cancelled() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        program.api.flow.clear()
        await program.press("a")
        await program.until("new.csv")
        await program.press("down", "down", "down", "space", "space")
        await program.until("2 files marked, 91.2 kB")
        await program.press("ctrl+n")
        await program.until("more.csv, new.csv, 91.2 kB")
        await program.press("ctrl+n")
        await program.until("↑ more.csv  50 %")
        assert "+1 waiting" in program.text
        await program.press("escape")
        await program.until("3 studies")
        assert "↑ more.csv" in program.text
        await program.press("X")
        await program.until("“more.csv”: cancelled. Nothing half is kept.")
        await program.until("↑ new.csv")
        program.api.flow.set()
        await program.until("✓ “new.csv” is uploaded: 1.2 kB.")
        await program.until_gone("X cancel")
        assert program.api.sent == ["new.csv"]
        await program.press("P")
        await program.until("- cancelled")
        await program.press("j", "r")
        await program.until(lambda: program.api.sent == ["new.csv", "more.csv"])
        await program.until(lambda: program.text.count("✓ done") >= 2)


async def test_what_waits_is_taken_out_of_the_queue() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        program.api.flow.clear()
        for name in ("new.csv", "more.csv"):
            await pick(program, name)
            await program.until(f"{name}, ")
            await program.press("ctrl+n")
            await program.until("X cancel")
        await program.press("P")
        await program.until("… waiting")
        await program.press("j", "x")
        await program.until("Cancelled before it began.")
        program.api.flow.set()
        await program.until("✓ done")
        assert program.api.sent == ["new.csv"]
        await program.until(lambda: program.page.query_one(KeyLine).region.bottom == 24)


async def test_quitting_asks_while_something_is_under_way() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        program.api.flow.clear()
        await pick(program, "new.csv")
        await program.until("new.csv, 1.2 kB")
        await program.press("ctrl+n")
        await program.until("X cancel")
        await program.press("q")
        await program.until("1 upload or download would be stopped")
        await program.press("n")
        await program.until_gone("would be stopped")
        program.api.flow.set()
        await program.until("is uploaded")


async def test_a_lost_connection_fails_it_and_it_is_tried_again() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        program.api.flow.clear()
        await pick(program, "new.csv")
        await program.until("new.csv, 1.2 kB")
        await program.press("ctrl+n")
        await program.until("50 %")
        program.api.failing = ConnectionLost("The API went away.")
        program.api.flow.set()
        await program.until("✗ “new.csv” was not uploaded: The API went away.")
        program.api.failing = None
        await program.press("P")
        await program.until("✗ failed")
        await program.press("r")
        await program.until("✓ done")
        assert [it["name"] for it in program.api.documents[STUDY]][-1] == "new.csv"


async def test_a_name_taken_meanwhile_is_tried_with_another_without_uploading_again() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        program.api.flow.clear()
        await pick(program, "new.csv")
        await program.until("new.csv, 1.2 kB")
        await program.press("ctrl+n")
        await program.until("50 %")
        program.api.documents[STUDY][2]["name"] = "new.csv"
        program.api.flow.set()
        await program.until("was not uploaded: The study has a document of that name")
        await program.press("P", "r")
        await program.until("The study has “new.csv” already. Another name:")
        await program.press("home")
        await program.type("my-")
        await program.press("enter")
        await program.until("✓ done")
        assert program.api.sent == ["new.csv"]
        assert program.api.documents[STUDY][-1]["name"] == "my-new.csv"


async def test_leaving_with_files_chosen_asks() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await pick(program, "new.csv")
        await program.until("new.csv, 1.2 kB")
        await program.press("escape", "escape")
        await program.until("Leave without uploading?")
