"""`dwtui documents download`: files, folders, stdout; what is there already, what can not be had."""

import subprocess
import sys
from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from tests.cli.conftest import Run
from tests.cli.documents.lab import FIRST, SECOND, LabStudy, new_study, written

BODY = bytes(range(256)) * 9000
FILES = {"a.csv": b"1,2\n", "b.bin": BODY, "sub/c.txt": b"words"}


@pytest.fixture
def filled(study: LabStudy, tmp_path: Path) -> LabStudy:
    """The study with three documents."""
    assert study.upload(written(tmp_path / "of it", FILES), "-r").code == Exit.OK
    return study


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder one is in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_document_comes_here_into_a_folder_or_under_another_name(filled: LabStudy, here: Path) -> None:
    get = [filled.run, "documents", "download", f"{filled.code}/b.bin"]
    assert get[0](*get[1:]).code == Exit.OK
    assert (here / "b.bin").read_bytes() == BODY
    assert get[0](*get[1:], "--to", "new/").code == Exit.OK
    assert get[0](*get[1:], "--to", "other.bin").code == Exit.OK
    assert sorted(str(it.relative_to(here)) for it in here.rglob("*") if it.is_file()) == [
        "b.bin",
        "new/b.bin",
        "other.bin",
    ]


def test_all_documents_of_a_study_are_downloaded_and_not_again(filled: LabStudy, here: Path) -> None:
    done = filled.run("documents", "download", filled.code, "--all", "--to", "all")
    assert done.code == Exit.OK, done.err
    assert {it.name: it.read_bytes() for it in (here / "all").iterdir()} == {
        name.replace("/", "__"): body for name, body in FILES.items()
    }
    again = filled.run("documents", "download", filled.code, "--all", "--to", "all", "--json")
    assert {one["outcome"] for one in again.json["files"]} == {"THERE"}
    assert filled.run("documents", "download", filled.id).code == Exit.USAGE


def test_hidden_files_are_made_by_name_only(filled: LabStudy, here: Path, tmp_path: Path) -> None:
    assert filled.upload(written(tmp_path, {".profile": b"evil"}) / ".profile").code == Exit.OK
    done = filled.run("documents", "download", filled.code, "--all")
    assert done.code == Exit.PARTLY
    assert "by its name" in done.out
    assert sorted(it.name for it in here.iterdir()) == ["a.csv", "b.bin", "sub__c.txt"]
    assert filled.run("documents", "download", f"{filled.code}/.profile").code == Exit.OK
    assert (here / ".profile").read_bytes() == b"evil"


def test_documents_of_several_studies_come_into_a_folder_each(
    filled: LabStudy, ada: Run, here: Path, tmp_path: Path
) -> None:
    other = new_study(ada)
    other.upload(written(tmp_path / "other", {"a.csv": b"of the other"}) / "a.csv")
    assert filled.run("documents", "download", filled.code, other.code, "--all").code == Exit.OK
    assert (here / filled.code / "a.csv").read_bytes() == FILES["a.csv"]
    assert (here / other.code / "a.csv").read_bytes() == b"of the other"


def test_nothing_is_overwritten_unless_that_is_said(filled: LabStudy, here: Path) -> None:
    (here / "a.csv").write_bytes(b"mine")
    named = f"{filled.code}/a.csv"
    refused = filled.run("documents", "download", named)
    assert refused.code == Exit.CONFLICT
    assert "--force" in refused.err
    partly = filled.run("documents", "download", named, f"{filled.code}/b.bin")
    assert partly.code == Exit.PARTLY
    assert (here / "a.csv").read_bytes() == b"mine"
    assert filled.run("documents", "download", named, "--force").code == Exit.OK
    assert (here / "a.csv").read_bytes() == b"1,2\n"
    assert not list(here.glob("*.part"))


def test_bytes_go_to_stdout_alone(filled: LabStudy, here: Path) -> None:
    command = [sys.executable, "-m", "dwtui", "documents", "download", f"{filled.code}/b.bin", "--to", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == BODY
    assert done.stderr == b""
    assert list(here.iterdir()) == []
    both = filled.run("documents", "download", f"{filled.code}/b.bin", f"{filled.code}/a.csv", "--to", "-")
    assert both.code == Exit.USAGE


def test_an_older_version_is_downloaded_by_its_id(filled: LabStudy, here: Path, tmp_path: Path) -> None:
    newer = written(tmp_path / "newer", {"a.csv": b"newer"}) / "a.csv"
    filled.upload(newer, "--new-version")
    older = filled.run("documents", "show", f"{filled.code}/a.csv", "--json").json["versions"][1]["id"]
    assert filled.run("documents", "download", older, "--to", "older.csv").code == Exit.OK
    assert filled.run("documents", "download", f"{filled.code}/a.csv", "--version", older).code == Exit.OK
    assert filled.run("documents", "download", f"{filled.code}/a.csv", "--to", "newest.csv").code == Exit.OK
    assert (here / "older.csv").read_bytes() == (here / "a.csv").read_bytes() == b"1,2\n"
    assert (here / "newest.csv").read_bytes() == b"newer"
    other = filled.run("documents", "download", f"{filled.code}/b.bin", "--version", older)
    assert other.code == Exit.USAGE


def test_stranded_documents_say_where_they_lie_and_come_back(filled: LabStudy, here: Path) -> None:
    filled.move_to(SECOND)
    refused = filled.run("documents", "download", f"{filled.code}/a.csv", "--json")
    assert refused.code == Exit.STRANDED
    assert refused.json["error"]["code"] == "STRANDED"
    assert FIRST in refused.err
    new = written(here / "new", {"d.csv": b"later"}) / "d.csv"
    filled.upload(new)
    partly = filled.run("documents", "download", filled.code, "--all", "--to", "all")
    assert partly.code == Exit.PARTLY
    assert [it.name for it in (here / "all").iterdir()] == ["d.csv"]
    filled.move_to(FIRST)
    assert filled.run("documents", "download", f"{filled.code}/a.csv").code == Exit.OK


def test_support_may_not_read_bytes(
    filled: LabStudy, ada: Run, people: dict[str, str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada("organizations", "members", "add", "sue@example.org", "support")
    monkeypatch.setenv("DWTUI_TOKEN", people["sue"])
    assert filled.run("documents", "download", f"{filled.code}/a.csv").code == Exit.FORBIDDEN
    assert filled.run("documents", "download", filled.code, "--all").code == Exit.FORBIDDEN
    assert filled.run("documents", "url", f"{filled.code}/a.csv").code == Exit.FORBIDDEN
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "sue@example.org")
    assert list(here.iterdir()) == []


def test_a_place_that_can_not_be_written_is_told(filled: LabStudy, here: Path) -> None:
    (here / "a file").write_bytes(b"x")
    inside = filled.run("documents", "download", f"{filled.code}/a.csv", "--to", "a file/")
    assert inside.code == Exit.FAILURE
    assert "can not be made" in inside.err
    missing = filled.run("documents", "download", f"{filled.code}/a.csv", "--to", "no/such/folder.csv")
    assert missing.code == Exit.USAGE
    assert "can not be written" in missing.err
