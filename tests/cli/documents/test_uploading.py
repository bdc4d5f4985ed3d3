"""`dwtui documents upload`: files and folders, what is there already, what can not be uploaded."""

import os
from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from tests.cli.conftest import Ran, Run
from tests.cli.documents.lab import LabStudy, written


def outcomes(ran: Ran) -> dict[str, str]:
    """What became of each file, by the document's name."""
    return {one["name"]: one["outcome"] for one in ran.json["files"]}


def test_a_file_becomes_a_document_with_all_that_is_said_of_it(study: LabStudy, tmp_path: Path) -> None:
    folder = written(tmp_path, {"samples.csv": b"a,b\n1,2\n"})
    arguments = ["--description", "All of them", "--type", "sequencing", "--tag", "wgs", "blood"]
    done = study.upload(folder / "samples.csv", *arguments)
    assert done.code == Exit.OK
    assert "✓ uploaded" in done.out
    shown = study.run("documents", "show", f"{study.code}/samples.csv", "--json").json
    assert shown["description"] == "All of them"
    assert shown["fileType"] == "SEQ"
    assert shown["tags"] == ["wgs", "blood"]
    assert shown["latest"]["size"] == 8
    assert shown["latest"]["contentType"] == "text/csv"
    assert shown["latest"]["place"] == "AT_HAND"
    assert [one["id"] for one in shown["versions"]] == [shown["latest"]["id"]]


def test_a_folder_is_uploaded_with_its_folders_in_the_names(study: LabStudy, tmp_path: Path) -> None:
    files = {
        "a.csv": b"1",
        "batch 1/b.tsv": b"2",
        "batch 1/deep/c.txt": b"3",
        ".DS_Store": b"x",
        ".git/config": b"y",
    }
    folder = written(tmp_path / "all", files)
    (folder / "link.csv").symlink_to(folder / "a.csv")
    os.mkfifo(folder / "pipe")
    refused = study.upload(folder)
    assert refused.code == Exit.USAGE
    assert "-r" in refused.err
    done = study.upload(folder, "-r")
    assert done.code == Exit.OK, done.err
    assert study.names() == {"a.csv", "batch 1__b.tsv", "batch 1__deep__c.txt"}
    for passed_over in (".DS_Store is passed over: hidden", "link.csv", "pipe", ".git"):
        assert passed_over in done.err


def test_names_that_would_clash_are_refused_before_anything_is_sent(study: LabStudy, tmp_path: Path) -> None:
    folder = written(tmp_path / "all", {"a/b.csv": b"1", "a__b.csv": b"2", "other.csv": b"3"})
    refused = study.upload(folder, "-r")
    assert refused.code == Exit.USAGE
    assert "a/b.csv" in refused.err
    assert "a__b.csv" in refused.err
    assert study.names() == set()
    upper = written(tmp_path / "more", {"X.csv": b"1", "sub/x.csv": b"2"})
    assert study.upload(upper / "X.csv", upper / "sub" / "x.csv").code == Exit.USAGE


def test_what_is_there_with_the_same_bytes_is_not_uploaded_again(study: LabStudy, tmp_path: Path) -> None:
    folder = written(tmp_path / "all", {"a.csv": b"1", "b.csv": b"2"})
    study.upload(folder, "-r")
    again = study.upload(folder, "-r", "--json")
    assert again.code == Exit.OK
    assert outcomes(again) == {"a.csv": "UNCHANGED", "b.csv": "UNCHANGED"}
    assert {one["versionCount"] for one in study.listed()} == {1}


def test_a_name_that_is_taken_is_a_failure_a_version_or_left(study: LabStudy, tmp_path: Path) -> None:
    folder = written(tmp_path / "all", {"a.csv": b"1", "new.csv": b"n"})
    study.upload(folder / "a.csv")
    (folder / "a.csv").write_bytes(b"1 and more")
    single = study.upload(folder / "a.csv")
    assert single.code == Exit.CONFLICT
    assert "--new-version" in single.err
    partly = study.upload(folder, "-r", "--json")
    assert partly.code == Exit.PARTLY
    assert outcomes(partly) == {"a.csv": "FAILED", "new.csv": "UPLOADED"}
    left = study.upload(folder, "-r", "--skip-existing", "--json")
    assert left.code == Exit.OK
    assert outcomes(left) == {"a.csv": "LEFT", "new.csv": "UNCHANGED"}
    added = study.upload(folder / "a.csv", "--new-version", "--description", "One more", "--json")
    assert outcomes(added) == {"a.csv": "VERSION_UPLOADED"}
    shown = study.run("documents", "show", f"{study.code}/A.CSV", "--json").json
    assert [one["size"] for one in shown["versions"]] == [10, 1]
    assert shown["latest"]["description"] == "One more"
    assert study.upload(folder / "a.csv", "--new-version", "--skip-existing").code == Exit.USAGE


def test_a_file_becomes_a_version_of_a_document_of_another_name(study: LabStudy, tmp_path: Path) -> None:
    folder = written(tmp_path, {"a.csv": b"1", "a (final).csv": b"2"})
    id = study.upload(folder / "a.csv", "--json").json["files"][0]["document"]["id"]
    for number, reference in enumerate((id, "a.csv")):
        (folder / "a (final).csv").write_bytes(f"more {number}".encode())
        done = study.upload(folder / "a (final).csv", "--as-version-of", reference)
        assert done.code == Exit.OK, done.err
    assert study.names() == {"a.csv"}
    assert study.listed()[0]["versionCount"] == 3
    assert study.upload(folder / "a.csv", "--as-version-of", "nothing.csv").code == Exit.NOT_FOUND
    assert study.upload(folder / "a.csv", "--as-version-of", id, "--name", "b").code == Exit.USAGE


def test_a_dry_run_sends_nothing(study: LabStudy, tmp_path: Path) -> None:
    folder = written(tmp_path / "all", {"a.csv": b"1", "b.csv": b"2"})
    told = study.upload(folder, "-r", "--dry-run")
    assert told.code == Exit.OK
    assert "new document" in told.out
    assert "Nothing was uploaded" in told.err
    assert study.names() == set()


def test_what_can_not_be_uploaded_is_told_and_the_rest_is_uploaded(study: LabStudy, tmp_path: Path) -> None:
    folder = written(tmp_path / "all", {"good.csv": b"1", "empty.csv": b""})
    with (folder / "large.bin").open("wb") as file:
        file.truncate(2**29 + 1)  # a hole: it takes no space
    done = study.upload(folder, "-r", "--json")
    assert done.code == Exit.PARTLY
    reasons = {one["name"]: one["reason"] for one in done.json["files"]}
    assert outcomes(done) == {"good.csv": "UPLOADED", "empty.csv": "FAILED", "large.bin": "FAILED"}
    assert "empty" in reasons["empty.csv"]
    assert "536,870,912" in reasons["large.bin"]
    assert study.names() == {"good.csv"}
    for name in ("empty.csv", "large.bin", "missing.csv"):
        alone = study.upload(folder / name)
        assert alone.code == Exit.USAGE, name
        assert name in alone.err
    assert study.upload(folder / "good.csv", "--dry-run", folder / "empty.csv").code == Exit.FAILURE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_told(study: LabStudy, tmp_path: Path) -> None:
    path = written(tmp_path, {"secret.csv": b"1"}) / "secret.csv"
    path.chmod(0)
    assert "permission denied" in study.upload(path).err


def test_hostile_names_are_refused_and_can_not_steer_the_terminal(study: LabStudy, tmp_path: Path) -> None:
    names = ("clear\x1b[2J.csv", "ev\u202egnp.exe", "line\nbreak.csv")
    folder = written(tmp_path / "all", dict.fromkeys(names, b"x") | {"🧬 گزارش.csv": b"1"})
    done = study.upload(folder, "-r")
    assert done.code == Exit.PARTLY
    assert "\x1b[2J" not in done.out + done.err
    assert "\u202e" not in done.out + done.err
    assert "U+001B" in done.out
    assert study.names() == {"🧬 گزارش.csv"}
    undecodable = folder / os.fsdecode(b"caf\xe9.csv")
    undecodable.write_bytes(b"1")
    assert "no valid Unicode" in study.upload(undecodable).err
    assert study.upload(undecodable, "--name", "café.csv").code == Exit.OK


def test_those_who_may_not_upload_are_told_so_once(
    study: LabStudy, ada: Run, people: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path / "all", {f"{number}.csv": b"x" for number in range(9)})
    ada("organizations", "members", "add", "sue@example.org", "support")
    monkeypatch.setenv("DWTUI_TOKEN", people["sue"])
    one = study.upload(folder / "1.csv")
    assert one.code == Exit.FORBIDDEN
    many = study.upload(folder, "-r", "--at-once", "1", "--json")
    assert many.code == Exit.FORBIDDEN
    assert list(outcomes(many).values()).count("FAILED") == 1
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "sue@example.org")
    assert study.names() == set()


def test_members_without_a_role_in_the_study_do_not_find_it(
    study: LabStudy, ada: Run, people: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, {"a.csv": b"x"}) / "a.csv"
    ada("organizations", "members", "add", "max@example.org", "member")
    monkeypatch.setenv("DWTUI_TOKEN", people["max"])
    assert study.upload(path).code == Exit.NOT_FOUND
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("studies", "members", "set", study.id, "max@example.org", "member")
    monkeypatch.setenv("DWTUI_TOKEN", people["max"])
    assert study.upload(path).code == Exit.OK
    assert study.names() == {"a.csv"}
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "max@example.org")
