"""Documents written as files: they are in the study when they are closed, whole, or not at all."""

import gc
import gzip
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import fsspec
import pytest

from dwtui.files.filesystem import DewrangleFileSystem
from dwtui.files.writing import Discarded
from tests.files.conftest import Study
from tests.support.world import STUDY_MEMBER, SUPPORT


def test_what_is_written_is_read(files: DewrangleFileSystem, study: Study) -> None:
    content = b"id,age\n1,7\n" * 1000
    with files.open(f"{study.folder}/people.csv", "wb") as file:
        file.write(content[:5])
        file.write(content[5:])
        assert files.ls(study.folder) == []
    assert files.cat_file(f"{study.folder}/people.csv") == content
    told = files.info(f"{study.folder}/people.csv")
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    assert told["ContentType"] == "text/csv"


def test_the_same_name_again_is_a_new_version(files: DewrangleFileSystem, study: Study) -> None:
    path = f"{study.folder}/a.txt"
    files.pipe_file(path, b"first")
    with files.open(path) as reading:
        files.pipe_file(f"{study.folder}/A.TXT", b"second")
        assert reading.read() == b"first"
    assert files.cat_file(path) == b"second"
    newest, oldest = files.versions(path)
    assert [files.cat_file(one["name"]) for one in (newest, oldest)] == [b"second", b"first"]
    assert len(files.ls(study.folder)) == 1


def test_an_exclusive_write_needs_a_new_name(files: DewrangleFileSystem, study: Study) -> None:
    path = f"{study.folder}/a.txt"
    late = files.open(path, "xb")
    late.write(b"late")
    with files.open(path, "xb") as file:
        file.write(b"early")
    with pytest.raises(FileExistsError):
        files.open(path, "xb")
    with pytest.raises(FileExistsError):
        files.pipe_file(path, b"create", mode="create")
    with pytest.raises(FileExistsError):
        late.close()
    assert len(files.versions(path)) == 1
    assert files.cat_file(path) == b"early"


def test_who_writes_while_another_makes_the_document_adds_a_version(
    files: DewrangleFileSystem, study: Study
) -> None:
    path = f"{study.folder}/a.txt"
    with files.open(path, "wb") as late:
        late.write(b"late")
        files.pipe_file(path, b"early")
    assert [files.cat_file(one["name"]) for one in files.versions(path)] == [b"late", b"early"]


def test_who_adds_a_version_while_another_deletes_the_document_makes_it_anew(
    files: DewrangleFileSystem, study: Study
) -> None:
    path = f"{study.folder}/a.txt"
    files.pipe_file(path, b"first")
    with files.open(path, "wb") as file:
        file.write(b"second")
        files.rm(path)
    assert [files.cat_file(one["name"]) for one in files.versions(path)] == [b"second"]


def break_off(files: DewrangleFileSystem, path: str) -> None:
    with files.open(path, "wb") as file:
        file.write(b"half")
        raise ZeroDivisionError


def break_off_through_fsspec(files: DewrangleFileSystem, path: str) -> None:
    with fsspec.core.OpenFile(files, path, "wt") as file:
        file.write("half")
        raise ZeroDivisionError


def break_off_compressed(files: DewrangleFileSystem, path: str) -> None:
    with fsspec.core.OpenFile(files, path, "wb", compression="gzip") as file:
        file.write(b"half")
        raise ZeroDivisionError


def break_off_and_close(files: DewrangleFileSystem, path: str) -> None:
    file = files.open(path, "wb")
    try:
        file.write(b"half")
        raise ZeroDivisionError
    finally:
        file.close()


def break_off_a_transaction(files: DewrangleFileSystem, path: str) -> None:
    with files.transaction:
        files.pipe_file(path, b"whole")
        raise ZeroDivisionError


@pytest.mark.filterwarnings("ignore::dwtui.files.writing.Discarded")
@pytest.mark.parametrize(
    "break_it_off",
    [break_off, break_off_through_fsspec, break_off_compressed, break_off_and_close, break_off_a_transaction],
)
def test_an_error_in_between_leaves_nothing(
    files: DewrangleFileSystem, study: Study, break_it_off: Callable[[DewrangleFileSystem, str], None]
) -> None:
    files.pipe_file(f"{study.folder}/kept.txt", b"as it was")
    for name in ("new.txt", "kept.txt"):
        with pytest.raises(ZeroDivisionError):
            break_it_off(files, f"{study.folder}/{name}")
    assert files.ls(study.folder, detail=False) == [f"{study.folder}/kept.txt"]
    assert files.cat_file(f"{study.folder}/kept.txt") == b"as it was"
    versions = study.world.sql("SELECT COUNT(*) FROM versions WHERE study_id = :study", study=study.id)
    assert versions[0][0] == 1


def test_an_error_dealt_with_before_is_no_reason_to_throw_away(
    files: DewrangleFileSystem, study: Study
) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        with fsspec.core.OpenFile(files, f"{study.folder}/a.txt", "wt") as file:
            file.write("whole")
    assert files.cat_file(f"{study.folder}/a.txt") == b"whole"


@pytest.mark.parametrize("mode", ["wb", "wt"])
def test_a_file_that_nobody_closed_is_not_uploaded_and_says_so(
    files: DewrangleFileSystem, study: Study, mode: str
) -> None:
    file = files.open(f"{study.folder}/a.txt", mode)
    file.write(b"half" if mode == "wb" else "half")
    forgotten = [file]
    del file
    with pytest.warns(Discarded, match="not uploaded"):
        forgotten.clear()
    gc.collect()
    assert files.ls(study.folder) == []


def test_a_transaction_uploads_at_its_end(files: DewrangleFileSystem, study: Study) -> None:
    with files.transaction:
        files.pipe_file(f"{study.folder}/a.txt", b"a")
        files.pipe_file(f"{study.folder}/b.txt", b"b")
        assert files.ls(study.folder) == []
    assert len(files.ls(study.folder)) == 2


def test_archives_are_written_which_seek_and_compress(files: DewrangleFileSystem, study: Study) -> None:
    with files.open(f"{study.folder}/a.zip", "wb") as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.txt", "1" * 100)
        archive.writestr("two.txt", "2")
    with files.open(f"{study.folder}/a.zip") as file, zipfile.ZipFile(file) as archive:
        assert archive.read("one.txt") == b"1" * 100
    with fsspec.open(
        f"dewrangle://{study.folder}/a.txt.gz", "wt", compression="infer", **study.options()
    ) as file:
        file.write("packed")
    assert gzip.decompress(files.cat_file(f"{study.folder}/a.txt.gz")) == b"packed"


@pytest.mark.parametrize("mode", ["wb", "xb"])
def test_an_empty_document_is_refused(files: DewrangleFileSystem, study: Study, mode: str) -> None:
    with pytest.raises(OSError, match="empty"), files.open(f"{study.folder}/a.txt", mode):
        pass
    with pytest.raises(OSError, match="empty"):
        files.touch(f"{study.folder}/a.txt")
    assert files.ls(study.folder) == []


ODD = [
    "a b & c=d;é.csv",
    'quote".csv',
    "%41 + #1?.csv",
    "表.xlsx",
    "👩‍🔬 שלום.tsv",
    ".hidden",
    "a@b.csv",
    "n" * 255,
]


def test_odd_names(files: DewrangleFileSystem, study: Study) -> None:
    for name in ODD:
        files.pipe_file(f"{study.folder}/{name}", name.encode())
    paths = [f"{study.folder}/{name}" for name in ODD]
    assert sorted(files.ls(study.folder, detail=False)) == sorted(paths)
    assert files.cat_ranges(paths, 0, None) == [name.encode() for name in ODD]
    for path in paths:
        files.rm_file(path)
    assert files.ls(study.folder) == []


def test_names_that_no_document_may_have(files: DewrangleFileSystem, study: Study) -> None:
    for name in ("\x07.csv", "n" * 256, "a\u202eb.csv", "a\\b", ".."):
        with pytest.raises(OSError, match="name"):
            files.pipe_file(f"{study.folder}/{name}", b"x")
    assert files.ls(study.folder) == []


def test_a_version_is_not_written_to(files: DewrangleFileSystem, study: Study) -> None:
    files.pipe_file(f"{study.folder}/a.txt", b"x")
    version = files.info(f"{study.folder}/a.txt")["version"]
    with pytest.raises(OSError, match="never change"):
        files.open(f"{study.folder}/a.txt@{version}", "wb")
    for mode in ("ab", "r+b"):
        with pytest.raises(OSError, match="as a whole"):
            files.open(f"{study.folder}/a.txt", mode)


def test_folders_can_not_be_made(files: DewrangleFileSystem, study: Study) -> None:
    files.makedirs(study.folder, exist_ok=True)
    with pytest.raises(OSError, match="one folder"):
        files.mkdir(f"{study.folder}/more")
    with pytest.raises(OSError, match="no folders"):
        files.pipe_file(f"{study.folder}/more/a.txt", b"x")


def test_local_files_go_up_and_come_down(files: DewrangleFileSystem, study: Study, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in ("a.txt", "b.txt"):
        (here / name).write_text(name * 1000)
    files.put(f"{here}/", f"{study.folder}/", recursive=True)
    files.get(f"{study.folder}/", f"{tmp_path}/there/", recursive=True)
    assert {path.name: path.read_text() for path in (tmp_path / "there").iterdir()} == {
        name: name * 1000 for name in ("a.txt", "b.txt")
    }


def test_progress_is_told(files: DewrangleFileSystem, study: Study, tmp_path: Path) -> None:
    local = tmp_path / "a.bin"
    local.write_bytes(bytes(3_000_000))
    for move in (
        lambda callback: files.put_file(local, f"{study.folder}/a.bin", callback=callback),
        lambda callback: files.get_file(f"{study.folder}/a.bin", tmp_path / "b.bin", callback=callback),
    ):
        callback = fsspec.callbacks.Callback()
        move(callback)
        assert (callback.size, callback.value) == (3_000_000, 3_000_000)


def test_a_name_that_looks_like_a_pattern_is_that_document_alone(
    files: DewrangleFileSystem, study: Study
) -> None:
    for name in ("1.txt", "*.txt", "[1].txt"):
        files.pipe_file(f"{study.folder}/{name}", b"1")
    files.rm(f"{study.folder}/*.txt")
    files.rm([f"{study.folder}/[1].txt"])
    assert files.ls(study.folder, detail=False) == [f"{study.folder}/1.txt"]
    files.rm(f"{study.folder}/*.txt")
    assert files.ls(study.folder) == []


def test_copying_renaming_and_deleting(files: DewrangleFileSystem, study: Study) -> None:
    folder = study.folder
    files.pipe_file(f"{folder}/a.txt", b"1")
    files.pipe_file(f"{folder}/a.txt", b"2")
    files.cp_file(f"{folder}/a.txt", f"{folder}/copy.txt")
    document = files.info(f"{folder}/a.txt")["document"]
    files.mv(f"{folder}/a.txt", f"{folder}/b.txt")
    assert files.info(f"{folder}/b.txt")["document"] == document
    assert len(files.versions(f"{folder}/b.txt")) == 2
    with pytest.raises(FileExistsError):
        files.mv(f"{folder}/b.txt", f"{folder}/copy.txt")
    with pytest.raises(OSError, match="within their study"):
        files.mv(f"{folder}/b.txt", f"{study.world.own_study}/uploads/b.txt")
    oldest = files.versions(f"{folder}/b.txt")[-1]["name"]
    files.rm_file(oldest)
    assert [files.cat_file(one["name"]) for one in files.versions(f"{folder}/b.txt")] == [b"2"]
    files.rm(folder, recursive=True)
    assert files.ls(folder) == []
    with pytest.raises(FileNotFoundError):
        files.rm(f"{folder}/b.txt")


def test_who_may_write(study: Study) -> None:
    study.files(STUDY_MEMBER).pipe_file(f"{study.folder}/member.txt", b"x")
    with pytest.raises(PermissionError, match="may not upload"):
        study.files(SUPPORT).open(f"{study.folder}/support.txt", "wb")
    with pytest.raises(PermissionError):
        study.files(STUDY_MEMBER).rm(f"{study.folder}/member.txt")
    assert study.files().exists(f"{study.folder}/member.txt")
