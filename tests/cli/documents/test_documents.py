"""`dwtui documents` list, show, edit, delete and url."""

from pathlib import Path

import httpx
import pytest

from dwtui.cli.outcome import Exit
from tests.cli.api_process import ApiProcess
from tests.cli.conftest import Run
from tests.cli.documents.lab import SECOND, LabStudy, written


@pytest.fixture
def filled(study: LabStudy, tmp_path: Path) -> LabStudy:
    """The study with two documents, one of them with two versions."""
    folder = written(tmp_path / "of it", {"a.csv": b"1", "b.txt": b"some words"})
    study.upload(folder, "-r", "--tag", "first")
    (folder / "a.csv").write_bytes(b"1,2")
    study.upload(folder / "a.csv", "--new-version")
    return study


def test_documents_are_listed_sorted_and_narrowed(filled: LabStudy) -> None:
    run = filled.run
    listed = run("documents", "list", filled.code)
    assert listed.out.split("\n")[1].split()[0] == "a.csv"
    assert "✓ at hand" in listed.out
    by_size = run("documents", "list", filled.code, "--sort", "size", "--json").json
    assert [one["name"] for one in by_size] == ["b.txt", "a.csv"]
    assert [
        one["name"] for one in run("documents", "list", filled.code, "--search", "b.t", "--json").json
    ] == ["b.txt"]
    assert len(run("documents", "list", filled.code, "--limit", "1", "--json").json) == 1
    assert run("documents", "list", filled.code, "--stranded", "--json").json == []
    assert "No document is like that" in run("documents", "list", filled.code, "--stranded").err
    filled.move_to(SECOND)
    stranded = run("documents", "list", filled.code, "--stranded")
    assert stranded.out.count("✗ stranded in First lab") == 2
    assert run("documents", "list", filled.code, "--no-stranded", "--json").json == []


def test_an_empty_study_says_what_to_do_and_support_sees_documents_but_strangers_are_told(
    study: LabStudy, ada: Run, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"dwtui documents upload {study.id}" in ada("documents", "list", study.id).err
    other = ada("studies", "create", f"Beside {study.code}", "--json").json["id"]
    ada("organizations", "members", "add", "max@example.org", "member")
    ada("studies", "members", "set", other, "max@example.org", "administrator")
    monkeypatch.setenv("DWTUI_TOKEN", people["max"])
    hidden = ada("documents", "list", study.id)
    assert hidden.code == Exit.FORBIDDEN
    assert "may not see" in hidden.err
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "max@example.org")


def test_a_document_is_shown_with_its_versions(filled: LabStudy) -> None:
    shown = filled.run("documents", "show", f"{filled.code}/a.csv")
    assert shown.out.count("FV_") >= 3
    assert "2 versions, 4 B in all" in shown.out
    assert f"dewrangle/studies/{filled.id}/uploads/FV_" in shown.out
    assert "Ada" in shown.out
    assert filled.run("documents", "show", f"{filled.code}/c.csv").code == Exit.NOT_FOUND
    assert filled.run("documents", "show", "SF_00000000").code == Exit.NOT_FOUND
    assert filled.run("documents", "show", "a.csv").code == Exit.USAGE


def test_what_is_said_of_a_document_can_be_changed(filled: LabStudy) -> None:
    run, named = filled.run, f"{filled.code}/a.csv"
    changed = run(
        "documents", "edit", named, "--name", "x.csv", "--type", "families", "--no-tags", "--json"
    ).json
    assert (changed["name"], changed["fileType"], changed["tags"]) == ("x.csv", "FAM", [])
    assert run("documents", "edit", changed["id"], "--description", "New words").code == Exit.OK
    assert run("documents", "edit", changed["id"]).code == Exit.USAGE
    assert run("documents", "edit", changed["id"], "--tag", "a", "--no-tags").code == Exit.USAGE
    taken = run("documents", "edit", changed["id"], "--name", "B.txt")
    assert taken.code == Exit.CONFLICT
    assert "already" in taken.err
    assert filled.names() == {"x.csv", "b.txt"}


def test_deleting_needs_a_name_or_yes_and_tells_what_stays(filled: LabStudy) -> None:
    run, named = filled.run, f"{filled.code}/a.csv"
    refused = run("documents", "delete", named)
    assert refused.code == Exit.USAGE
    assert "--yes" in refused.err
    older = run("documents", "show", named, "--json").json["versions"][1]["id"]
    assert run("documents", "delete", older, "--yes", "--json").json["objectsDeleted"] == 1
    last = run("documents", "show", named, "--json").json["latest"]["id"]
    assert run("documents", "delete", last, "--yes").code == Exit.CONFLICT
    gone = run("documents", "delete", named, "--yes")
    assert gone.code == Exit.OK
    assert "1 object" in gone.out
    assert filled.names() == {"b.txt"}


def test_what_stays_in_a_bucket_is_told(filled: LabStudy, ada: Run) -> None:
    """The storage was deleted, so its object is beyond reach."""
    run = filled.run
    keys_of = ada("storages", "list", "--json").json
    first = next(one for one in keys_of if one["name"] == "First lab")
    try:
        assert ada("storages", "delete", first["id"], "--yes-delete", "First lab").code == Exit.OK
        shown = run("documents", "show", f"{filled.code}/b.txt")
        assert "in the deleted storage First lab" in shown.out
        gone = run("documents", "delete", f"{filled.code}/b.txt", "--yes")
        assert gone.code == Exit.OK
        assert "stays in the bucket" in gone.out
        assert "lab-documents" in gone.out
    finally:
        filled.run("documents", "delete", f"{filled.code}/a.csv", "--yes")


def test_a_url_gives_the_bytes_once_without_a_token(filled: LabStudy, api: ApiProcess) -> None:
    printed = filled.run("documents", "url", f"{filled.code}/b.txt")
    url = printed.out.strip()
    assert url.startswith(api.url)
    assert httpx.get(url, trust_env=False).content == b"some words"
    assert httpx.get(url, trust_env=False).status_code == 401
    older = filled.run("documents", "show", f"{filled.code}/a.csv", "--json").json["versions"][1]["id"]
    url = filled.run("documents", "url", f"{filled.code}/a.csv", "--version", older, "--json").json["url"]
    assert httpx.get(url, trust_env=False).content == b"1"
