"""Uploads and downloads that are cut off, stall, or are interrupted: nothing half is left."""

from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from tests.cli.api_process import ApiProcess
from tests.cli.documents.cutting import between
from tests.cli.documents.lab import SECOND, LabStudy, written
from tests.cli.terminal import Terminal

LARGE = bytes(range(256)) * 16_000
"""4 MB"""


@pytest.fixture
def environment(api: ApiProcess, people: dict[str, str], home: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "DWTUI_URL": api.url,
        "DWTUI_TOKEN": people["ada"],
        "LANG": "C.UTF-8",
    }


def test_an_api_that_goes_away_in_mid_upload_leaves_nothing_half(
    study: LabStudy, api: ApiProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"a.csv": b"1", "b.bin": LARGE, "c.csv": b"3", "d.csv": b"4"}
    folder = written(tmp_path / "all", files)
    with between(api.url, 1_000_000) as cut:
        monkeypatch.setenv("DWTUI_URL", cut.url)
        done = study.upload(folder, "-r", "--at-once", "1", "--json")
        assert cut.reached.is_set()
    monkeypatch.setenv("DWTUI_URL", api.url)
    assert done.code == Exit.PARTLY
    told = {one["name"]: one["outcome"] for one in done.json["files"]}
    assert told == {"a.csv": "UPLOADED", "b.bin": "FAILED", "c.csv": "NEW", "d.csv": "NEW"}
    assert study.names() == {"a.csv"}
    again = study.upload(folder, "-r", "--json")
    assert again.code == Exit.OK, again.err
    assert study.names() == set(files)


def test_an_api_that_goes_away_with_the_only_file_is_a_lost_connection(
    study: LabStudy, api: ApiProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, {"b.bin": LARGE}) / "b.bin"
    with between(api.url, 1_000_000) as cut:
        monkeypatch.setenv("DWTUI_URL", cut.url)
        done = study.upload(path)
    monkeypatch.setenv("DWTUI_URL", api.url)
    assert done.code == Exit.CONNECTION_LOST
    assert study.names() == set()


def test_a_download_that_is_cut_off_has_no_name_and_is_gone_on_with(
    study: LabStudy, api: ApiProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.upload(written(tmp_path, {"b.bin": LARGE}) / "b.bin")
    folder = tmp_path / "here"
    get = ["documents", "download", f"{study.code}/b.bin", "--to", f"{folder}/"]
    with between(api.url, 2_500_000, direction="down") as cut:
        monkeypatch.setenv("DWTUI_URL", cut.url)
        lost = study.run(*get)
    assert lost.code == Exit.CONNECTION_LOST
    (part,) = folder.iterdir()
    assert part.suffix == ".part"
    left = part.stat().st_size
    assert 0 < left < len(LARGE)
    # Less than the whole is let through now: it would not be enough from the beginning.
    with between(api.url, len(LARGE) - left + 200_000, direction="down") as cut:
        monkeypatch.setenv("DWTUI_URL", cut.url)
        assert study.run(*get).code == Exit.OK
    monkeypatch.setenv("DWTUI_URL", api.url)
    assert [it.name for it in folder.iterdir()] == ["b.bin"]
    assert (folder / "b.bin").read_bytes() == LARGE


def test_ctrl_c_in_mid_upload_tells_what_is_done_and_leaves_nothing_half(
    study: LabStudy, api: ApiProcess, environment: dict[str, str], tmp_path: Path
) -> None:
    folder = written(tmp_path / "all", {"a.csv": b"1", "b.bin": LARGE})
    with between(api.url, 1_000_000, stalling=True) as stuck:
        environment["DWTUI_URL"] = stuck.url
        arguments = ["documents", "upload", study.id, str(folder), "-r", "--at-once", "1"]
        with Terminal(*arguments, environment=environment, columns=100) as it:
            it.wait_for("Uploading 2 of 2: b.bin")
            assert stuck.reached.wait(20)
            it.interrupt()
            assert it.end() == Exit.INTERRUPTED
            assert "✓ uploaded" in it.shown
            assert "interrupted" in it.shown
            assert "Traceback" not in it.shown
            assert b"\x1b[?25h" in it.raw  # the cursor is shown again
    assert study.names() == {"a.csv"}


def test_names_are_typed_before_documents_are_stranded_or_deleted(
    study: LabStudy, environment: dict[str, str], tmp_path: Path
) -> None:
    study.upload(written(tmp_path, {"a.csv": b"1"}) / "a.csv")
    change = ["studies", "storages", study.code, "--documents", SECOND]
    with Terminal("studies", "assign", "--all", "--documents", SECOND, environment=environment) as it:
        it.wait_for("Type the number of")
        it.interrupt()
        assert it.end() == Exit.INTERRUPTED
    with Terminal(*change, environment=environment) as it:
        it.wait_for(f"Type the name to go on ({study.code} or Study {study.code}): ")
        it.send("no\n")
        assert it.end() == Exit.USAGE
        assert "Nothing was changed." in it.shown
    with Terminal(*change, environment=environment) as it:
        it.wait_for("cannot be opened")
        it.wait_for("): ")
        it.send(f"{study.code}\n")
        assert it.end() == Exit.OK
        assert "To undo this: dwtui studies storages" in it.shown
    with Terminal("documents", "delete", f"{study.code}/a.csv", environment=environment) as it:
        it.wait_for("Type the name to go on (a.csv): ")
        it.send("a.csv\n")
        assert it.end() == Exit.OK
    assert study.names() == set()


def test_bytes_never_go_to_a_terminal(study: LabStudy, environment: dict[str, str], tmp_path: Path) -> None:
    study.upload(written(tmp_path, {"a.csv": b"\x1b[2Jsteer"}) / "a.csv")
    arguments = ["documents", "download", f"{study.code}/a.csv", "--to", "-"]
    with Terminal(*arguments, environment=environment) as it:
        assert it.end() == Exit.USAGE
        assert b"\x1b[2J" not in it.raw
