"""`dwtui studies assign`: many studies at once, from a csv or all alike; partial failures; undoing."""

import shlex
from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from tests.cli.api_process import ApiProcess
from tests.cli.conftest import S3, Ran, Run
from tests.cli.documents.cutting import between
from tests.cli.documents.lab import DATA_ONLY, FIRST, SECOND, LabStudy, new_study, written


@pytest.fixture
def three(study: LabStudy, ada: Run, s3: S3, tmp_path: Path) -> list[LabStudy]:
    """Three studies; the first has a document."""
    study.upload(written(tmp_path / "of it", {"a.csv": b"12345"}) / "a.csv")
    return [study, new_study(ada), new_study(ada)]


def listed(folder: Path, *lines: str, head: str = "study,documents,data,data") -> str:
    path = folder / "list.csv"
    path.write_text("\n".join((head, *lines)) + "\n", "utf-8-sig")
    return str(path)


def outcomes(ran: Ran) -> dict[str, str]:
    return {one["study"]["id"]: one["outcome"] for one in ran.json["studies"]}


def storages(ada: Run, study: LabStudy) -> tuple[str, list[str]]:
    shown = ada("studies", "show", study.id, "--json").json
    return shown["documentStorage"]["name"], [one["name"] for one in shown["dataStorage"]]


def test_a_list_is_previewed_done_and_undone(three: list[LabStudy], ada: Run, tmp_path: Path) -> None:
    first, second, third = three
    before = [storages(ada, study) for study in three]
    path = listed(
        tmp_path,
        f"{first.code},{SECOND},,",
        f"{second.id},,{FIRST},{SECOND}",
        f'"Study {third.code}",{SECOND},-',
    )
    looked = ada("studies", "assign", path, "--dry-run")
    assert looked.code == Exit.OK, looked.err
    assert "3 studies to be changed" in looked.out
    assert "1 document, 5 B of 1 study stay behind" in looked.out
    assert [storages(ada, study) for study in three] == before
    refused = ada("studies", "assign", path)
    assert refused.code == Exit.USAGE
    assert "--yes" in refused.err
    assert [storages(ada, study) for study in three] == before
    done = ada("studies", "assign", path, "--yes", "--json")
    assert done.code == Exit.OK
    assert set(outcomes(done).values()) == {"DONE"}
    assert storages(ada, first) == (SECOND, before[0][1])
    assert storages(ada, second) == (FIRST, [FIRST, SECOND])
    assert storages(ada, third) == (SECOND, [])
    undone = ada(*shlex.split(done.json["undo"])[1:])
    assert undone.code == Exit.OK, undone.err
    assert [storages(ada, study) for study in three] == before


def test_what_is_as_wanted_stays_and_a_part_that_fails_is_told(
    three: list[LabStudy], ada: Run, tmp_path: Path
) -> None:
    first, second, third = three
    path = listed(
        tmp_path,
        f"{first.id};{FIRST}",
        f"{second.id};{SECOND}",
        f"{third.id};{DATA_ONLY}",
        head="study;documents",
    )
    partly = ada("studies", "assign", path, "--yes", "--json")
    assert partly.code == Exit.PARTLY
    assert outcomes(partly) == {first.id: "AS_IT_IS", second.id: "DONE", third.id: "REFUSED"}
    again = ada("studies", "assign", path, "--yes")
    assert again.code == Exit.USAGE
    assert "✗ refused" in again.out
    assert DATA_ONLY in again.out
    assert storages(ada, third)[0] == FIRST


def test_all_that_is_wrong_with_a_list_is_told_before_anything_is_changed(
    three: list[LabStudy], ada: Run, tmp_path: Path
) -> None:
    path = listed(
        tmp_path,
        f"{three[0].id},{SECOND}",
        "Nothing,Nowhere",
        f"{three[0].code},{SECOND}",
        f"{three[1].id},,-,{FIRST}",
    )
    refused = ada("studies", "assign", path, "--yes")
    assert refused.code == Exit.USAGE
    for told in ("line 3: there is no study 'Nothing'", "'Nowhere'", "line 4", "named before", "line 5"):
        assert told in refused.err, refused.err
    assert storages(ada, three[0])[0] == FIRST


@pytest.mark.parametrize(
    "content",
    [b"", b"name,documents\nx,y\n", b"study,places\nx,y\n", b"study,documents\nx,y,z\n", b"\xff\xfe\x00"],
)
def test_what_is_no_list_is_refused(ada: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    assert ada("studies", "assign", str(path)).code == Exit.USAGE
    assert ada("studies", "assign", str(tmp_path / "none.csv")).code == Exit.USAGE


def test_all_studies_are_changed_alike_those_one_administers_only(
    three: list[LabStudy], ada: Run, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada("organizations", "members", "add", "max@example.org", "member")
    for study in three[1:]:
        ada("studies", "members", "set", study.id, "max@example.org", "administrator")
    monkeypatch.setenv("DWTUI_TOKEN", people["max"])
    done = ada("studies", "assign", "--all", "--documents", SECOND, "--json")
    assert done.code == Exit.OK
    assert outcomes(done) == {study.id: "DONE" for study in three[1:]}
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "max@example.org")
    assert storages(ada, three[0])[0] == FIRST


def test_those_who_may_not_change_studies_change_nothing(
    three: list[LabStudy], ada: Run, people: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [storages(ada, study) for study in three]
    ada("organizations", "members", "add", "sue@example.org", "support")
    monkeypatch.setenv("DWTUI_TOKEN", people["sue"])
    for cells in (f"{SECOND},", ",-"):
        path = listed(tmp_path, *(f"{study.code},{cells}" for study in three), head="study,documents,data")
        assert ada("studies", "assign", path, "--yes").code == Exit.FORBIDDEN
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "sue@example.org")
    assert [storages(ada, study) for study in three] == before


def test_an_api_that_is_gone_leaves_the_rest_not_begun(
    three: list[LabStudy], ada: Run, api: ApiProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = listed(tmp_path, *(f"{study.id},,-" for study in three), head="study,documents,data")
    with between(api.url, 0, direction="up", only=b"mutation UpdateStorages") as cut:
        monkeypatch.setenv("DWTUI_URL", cut.url)
        lost = ada("studies", "assign", path, "--json")
    monkeypatch.setenv("DWTUI_URL", api.url)
    assert lost.code == Exit.CONNECTION_LOST
    assert set(outcomes(lost).values()) <= {"UNKNOWN", "WAITING"}
    assert ada("studies", "assign", path).code == Exit.OK


def test_options_that_do_not_fit_are_refused(ada: Run, tmp_path: Path) -> None:
    path = listed(tmp_path, "a,b")
    for arguments in (
        [],
        ["--all"],
        [path, "--all"],
        [path, "--documents", FIRST],
        ["--all", "--data", "x", "--no-data"],
    ):
        assert ada("studies", "assign", *arguments).code == Exit.USAGE
