"""`dwtui studies` about documents: what a reassignment does is told, confirmed, done and undone."""

import shlex
from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from tests.cli.conftest import Run
from tests.cli.documents.lab import DATA_ONLY, FIRST, SECOND, LabStudy, written


@pytest.fixture
def filled(study: LabStudy, tmp_path: Path) -> LabStudy:
    """The study with two documents, one of them with two versions: 7 bytes."""
    folder = written(tmp_path / "of it", {"a.csv": b"1", "b.csv": b"two"})
    study.upload(folder, "-r")
    (folder / "a.csv").write_bytes(b"one")
    study.upload(folder / "a.csv", "--new-version")
    return study


def documents_in(study: LabStudy) -> str:
    name: str = study.run("studies", "show", study.id, "--json").json["documentStorage"]["name"]
    return name


def test_a_dry_run_tells_in_words_and_numbers_and_saves_nothing(filled: LabStudy) -> None:
    told = filled.run("studies", "storages", filled.code, "--documents", SECOND, "--dry-run")
    assert told.code == Exit.OK
    assert f"{FIRST} → {SECOND}" in told.out
    assert "cannot be opened until they are moved or this is undone" in told.out
    assert any(line.split() == ["become", "stranded", "2", "3", "7", "B"] for line in told.out.splitlines())
    assert "fit for documents" in told.out
    assert "Nothing was saved" in told.err
    assert documents_in(filled) == FIRST
    keys = filled.run(
        "studies", "storages", filled.code, "--documents", SECOND, "--dry-run", "--keys", "--json"
    )
    moves = keys.json["versions"]
    assert {one["fate"] for one in moves} == {"BECOMES_STRANDED"}
    assert len(moves) == 3
    assert all(one["oldKey"].startswith("papers/dewrangle/studies/") for one in moves)
    assert keys.json["preview"]["stranded"] == {"documents": 2, "versions": 3, "bytes": 7}
    assert keys.json["change"]["documentBucket"] == keys.json["preview"]["proposed"]["id"]
    assert filled.run("studies", "storages", filled.code, "--documents", SECOND, "--keys").code == Exit.USAGE


def test_what_strands_documents_is_refused_where_nobody_can_be_asked(filled: LabStudy) -> None:
    refused = filled.run("studies", "storages", filled.code, "--documents", SECOND)
    assert refused.code == Exit.USAGE
    assert "2 documents" in refused.err
    assert "--yes" in refused.err
    assert documents_in(filled) == FIRST


def test_it_is_done_with_yes_told_as_a_problem_and_undone_by_what_is_printed(filled: LabStudy) -> None:
    done = filled.run("studies", "storages", filled.code, "--documents", SECOND, "--no-data", "--yes")
    assert done.code == Exit.OK
    undo = next(line for line in done.err.splitlines() if line.startswith("To undo this: "))
    for problem in ("stranded-documents", "no-data-storage"):
        listed = filled.run("studies", "list", "--problem", problem, "--json").json
        assert filled.id in {one["id"] for one in listed}
    shown = filled.run("studies", "show", filled.code)
    assert "2 documents, 3 versions, 7 B can not be opened" in shown.out
    command = shlex.split(undo.removeprefix("To undo this: "))
    assert command[0] == "dwtui"
    undone = filled.run(*command[1:], "--json")
    assert undone.code == Exit.OK
    assert undone.json["documentStorage"]["name"] == FIRST
    assert len(undone.json["dataStorage"]) == 1
    assert undone.json["preview"]["comingBack"]["versions"] == 3
    assert filled.run("studies", "list", "--problem", "stranded-documents", "--search", filled.code).out == ""


def test_without_documents_in_the_way_nobody_is_asked(study: LabStudy) -> None:
    assert study.run("studies", "storages", study.code, "--documents", SECOND).code == Exit.OK
    same = study.run("studies", "storages", study.code, "--documents", SECOND)
    assert "Nothing was to be changed" in same.err


def test_a_storage_for_data_only_is_not_taken_for_documents(study: LabStudy) -> None:
    looked = study.run("studies", "storages", study.code, "--documents", DATA_ONLY, "--dry-run")
    assert "not fit for documents" in looked.out
    refused = study.run("studies", "storages", study.code, "--documents", DATA_ONLY)
    assert refused.code == Exit.USAGE
    assert "--yes" in refused.err
    assert study.run("studies", "storages", study.code, "--documents", DATA_ONLY, "--yes").code == Exit.USAGE
    assert documents_in(study) == FIRST


def test_lists_tell_of_documents_and_health(filled: LabStudy) -> None:
    line = next(line for line in filled.run("studies", "list").out.splitlines() if filled.id in line)
    assert "7 B" in line
    assert "never verified" in line  # the default storage, for its data files
    listed = filled.run("studies", "list", "--search", filled.code, "--json").json[0]
    assert listed["documentCount"] == {"documents": 2, "versions": 3, "bytes": 7}
    assert filled.run("studies", "list", "--problem", "odd").code == Exit.USAGE


def test_a_study_administrator_sees_previews_of_own_studies_only(
    filled: LabStudy, ada: Run, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ada("studies", "create", f"Not of {filled.code}", "--json").json["id"]
    ada("organizations", "members", "add", "max@example.org", "member")
    ada("studies", "members", "set", filled.id, "max@example.org", "administrator")
    monkeypatch.setenv("DWTUI_TOKEN", people["max"])
    assert ada("studies", "storages", filled.id, "--documents", SECOND, "--dry-run").code == Exit.OK
    assert ada("studies", "storages", other, "--documents", SECOND, "--dry-run").code == Exit.FORBIDDEN
    row = next(one for one in ada("studies", "list", "--json").json if one["id"] == other)
    assert row["documentCount"] is None
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "max@example.org")
