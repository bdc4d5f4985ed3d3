"""What there is: listings, details, patterns."""

import pytest

from dwtui.files.filesystem import DewrangleFileSystem
from tests.files.conftest import Study
from tests.support.documents import add_documents
from tests.support.world import MEMBER, OUTSIDER, STUDY_MEMBER, SUPPORT


@pytest.fixture
def listed(study: Study) -> Study:
    storage = next(row["id"] for row in study.world.storages().values() if row["isDefault"])
    names = ["b.csv", "A.csv", "notes [draft] 100%.txt", "données – 👩‍🔬 שלום.tsv"]
    add_documents(study.world, study.id, names, storage=storage, versions=2, size=12)
    return study


def test_a_study_holds_one_folder_with_its_documents(listed: Study) -> None:
    files = listed.files()
    assert files.ls(f"dewrangle://{listed.id}", detail=False) == [listed.folder]
    names = [path.removeprefix(f"{listed.folder}/") for path in files.ls(listed.folder, detail=False)]
    assert names == ["A.csv", "b.csv", "données – 👩‍🔬 שלום.tsv", "notes [draft] 100%.txt"]
    assert files.find(listed.id) == files.ls(listed.folder, detail=False)
    assert files.info(listed.folder)["type"] == "directory"
    assert files.du(listed.id) == 4 * 12


def test_details_of_a_document(listed: Study) -> None:
    files = listed.files()
    told = files.info(f"dewrangle://{listed.folder}/b.csv")
    assert {key: told[key] for key in ("name", "type", "size", "sha256", "ContentType", "stranded")} == {
        "name": f"{listed.folder}/b.csv",
        "type": "file",
        "size": 12,
        "sha256": "0" * 64,
        "ContentType": "text/csv",
        "stranded": False,
    }
    assert files.ls(f"{listed.folder}/b.csv") == [told]
    assert files.checksum(told["name"]) == files.ukey(told["name"]) == "0" * 64
    assert files.created(told["name"]) == told["created"]
    newest, oldest = files.versions(told["name"])
    assert newest["version"] == told["version"] != oldest["version"]
    assert files.info(oldest["name"])["version"] == oldest["version"]


def test_a_name_is_found_whatever_its_case_as_the_study_has_it_once(listed: Study) -> None:
    files = listed.files()
    assert files.exists(f"{listed.folder}/B.CSV")
    assert files.exists(f"{listed.folder}/notes [draft] 100%.txt")
    assert not files.exists(f"{listed.folder}/notes")


def test_patterns(listed: Study) -> None:
    assert listed.files().glob(f"{listed.folder}/*.csv") == [
        f"{listed.folder}/A.csv",
        f"{listed.folder}/b.csv",
    ]


def test_a_version_belongs_to_its_document(listed: Study) -> None:
    files = listed.files()
    version = files.info(f"{listed.folder}/A.csv")["version"]
    for other in (f"{listed.folder}/b.csv@{version}", f"{listed.folder}/b.csv@FV_00000000"):
        with pytest.raises(FileNotFoundError):
            files.info(other)


def test_a_long_list_comes_whole(study: Study) -> None:
    storage = next(row["id"] for row in study.world.storages().values() if row["isDefault"])
    names = [f"{number:04}.csv" for number in range(450)]
    add_documents(study.world, study.id, names, storage=storage)
    assert study.files().ls(study.folder, detail=False) == [f"{study.folder}/{name}" for name in names]


def test_what_is_not_there(files: DewrangleFileSystem, study: Study) -> None:
    for path in (
        f"{study.folder}/a.csv",
        "SD_00000000/uploads",
        "SD_00000000/uploads/a.csv",
        f"{study.id}/source",
    ):
        assert not files.exists(path)
        with pytest.raises(FileNotFoundError):
            files.info(path)
    assert files.ls(study.folder) == []


@pytest.mark.parametrize("who", [SUPPORT, STUDY_MEMBER])
def test_who_may_read_documents_lists_them(listed: Study, who: str) -> None:
    assert len(listed.files(who).ls(listed.folder)) == 4


def test_who_may_not_is_told_so_rather_than_shown_an_empty_folder(listed: Study) -> None:
    for who in (MEMBER, OUTSIDER):
        with pytest.raises(FileNotFoundError):
            listed.files(who).ls(listed.folder)
    other_administrator = listed.files()
    with pytest.raises(PermissionError, match="You may not read the documents of"):
        other_administrator.ls(f"{listed.world.other_study}/uploads")
    with pytest.raises(PermissionError):
        other_administrator.exists(f"{listed.world.other_study}/uploads/a.csv")
