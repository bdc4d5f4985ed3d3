"""Downloads by key presses: where to, nothing replaced unasked, what is stranded."""

from pathlib import Path

import pytest

from dwtui.client.errors import ConnectionLost
from screens.transfers.destination import file_name
from screens.transfers.paths import completed, entries, typed_path
from tests.screens.fake_documents import STUDY, DocumentsApi
from tests.screens.program import Program, running

AT_HAND = "1.2 MB  ✓ at hand"


async def where(program: Program) -> None:
    """The question where to, for the document under the cursor."""
    await program.press("d")
    await program.until("Download to")


async def test_a_document_is_written_where_one_says() -> None:
    Path("here").mkdir()
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("j")
        await where(program)
        field = program.page.query_one("#destination")
        assert field.value == str(Path.cwd() / "participants.csv")
        field.value = "~/he"
        await program.press("end", "tab")
        await program.until(lambda: field.value == "~/here/")
        await program.press("enter")
        await program.until("its SHA-256 agrees.")
        assert Path("here/participants.csv").stat().st_size == 48_213


async def test_nothing_is_replaced_unasked() -> None:
    there = Path("participants.csv")
    there.write_text("mine")
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("j")
        await where(program)
        await program.press("enter")
        await program.until("exists already.")
        await program.press("n")
        await program.until("Download to")
        await program.press("escape")
        assert there.read_text() == "mine"
        await where(program)
        await program.press("enter")
        await program.until("exists already.")
        await program.press("y")
        await program.until("its SHA-256 agrees.")
        assert there.stat().st_size == 48_213


async def test_a_folder_that_is_not_there_is_told_at_once() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("j")
        await where(program)
        program.page.query_one("#destination").value = "/nowhere/x.csv"
        await program.press("enter")
        await program.until("✗ There is no folder /nowhere")


async def test_what_is_stranded_says_where_it_lies_and_the_way_out_is_a_key() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("d")
        await program.until(
            "It lies in “Neuroblastoma aligned reads”, which is not the study's document storage."
        )
        await program.until("S goes to the study's storages.")
        await program.press("S")
        await program.until("stay in “Default storage”")


async def test_what_was_stranded_meanwhile_is_told_by_the_api_with_the_same_way_out() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        await program.press("j")
        await where(program)
        program.api.change_elsewhere(STUDY, documents=7)
        await program.press("enter")
        await program.until("✗ “participants.csv” was not downloaded: It lies in “Default storage”.")
        await program.until("S goes to the study's storages.")
        assert not Path("participants.csv").exists()


async def test_an_older_version_is_told_apart_by_its_date() -> None:
    async with running(DocumentsApi(), open="SF_00000000", ready="3 versions") as program:
        await program.press("j")
        await where(program)
        assert program.page.query_one("#destination").value.endswith("/participants-2026-11-03.csv")


async def test_a_lost_connection_is_told_and_nothing_is_there() -> None:
    async with running(DocumentsApi(), open=STUDY, ready=AT_HAND) as program:
        program.api.flow.clear()
        await program.press("j")
        await where(program)
        await program.press("enter")
        await program.until("csv  49 %")
        program.api.failing = ConnectionLost("The API went away.")
        program.api.flow.set()
        await program.until("✗ “participants.csv” was not downloaded: The API went away.")
        assert not Path("participants.csv").exists()


async def test_members_download_and_support_does_not() -> None:
    async with running(DocumentsApi("SUPPORT"), open=STUDY, ready=AT_HAND) as program:
        await program.press("j")
        assert program.page.check_action("download", ()) is False


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("~root", "root"),
        ("..", "document"),
        ("a\x1b]0;x\x07.csv", "a_]0;x_.csv"),
        ("a\u202egpj.exe", "a_gpj.exe"),
    ],
)
def test_a_documents_name_leads_nowhere_else_as_a_files(name: str, made: str) -> None:
    assert file_name(name) == made


def test_a_long_name_fits() -> None:
    assert len(file_name("😀" * 255).encode()) <= 250


def test_paths_are_completed_as_far_as_they_have_in_common(tmp_path: Path) -> None:
    for name in ("manifest-1.csv", "manifest-2.csv", "other.txt"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    start = f"{tmp_path}/"
    assert completed(f"{start}m", entries(tmp_path, "m")) == f"{start}manifest-"
    assert completed(f"{start}o", entries(tmp_path, "o")) == f"{start}other.txt"
    assert completed(f"{start}f", entries(tmp_path, "f")) == f"{start}folder/"
    assert completed(f"{start}z", entries(tmp_path, "z")) == f"{start}z"
    assert typed_path("../x", tmp_path / "folder") == tmp_path / "x"
    assert typed_path("~nobody-of-that-name/x", tmp_path).name == "x"
