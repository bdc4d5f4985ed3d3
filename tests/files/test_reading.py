"""Documents read as files: from anywhere, several at once, and never bytes that are not the document's."""

import os
import pickle
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest

from dwtui.files.errors import StrandedDocument
from dwtui.files.filesystem import DewrangleFileSystem
from tests.files.conftest import Study, new_study
from tests.support.cloud import Cloud, Place
from tests.support.world import World

CONTENT = random.Random(3).randbytes(9_000_000)  # more than is read ahead
SMALL = CONTENT[:100]


@pytest.fixture(scope="module")
def large(shared_world: World) -> Study:
    """A study with one large document, which stays as it is."""
    study = new_study(shared_world)
    study.files().pipe_file(f"{study.folder}/data.bin", CONTENT)
    return study


@pytest.fixture
def large_path(large: Study) -> str:
    return f"{large.folder}/data.bin"


@pytest.fixture
def path(files: DewrangleFileSystem, study: Study) -> str:
    """A small document."""
    path = f"{study.folder}/small.bin"
    files.pipe_file(path, SMALL)
    return path


def test_one_can_go_anywhere_in_it(large: Study, large_path: str) -> None:
    files, path = large.files(), large_path
    with files.open(path) as file:
        assert file.size == len(CONTENT)
        assert file.read(10) == CONTENT[:10]
        assert file.seek(-10, os.SEEK_END) == len(CONTENT) - 10
        assert file.read() == CONTENT[-10:]
        assert file.read() == b""
        file.seek(8_000_000)
        assert file.read(500_000) == CONTENT[8_000_000:8_500_000]
    with files.open(path) as file:
        assert b"".join(iter(lambda: file.read(1_000_003), b"")) == CONTENT


def test_slices(large: Study, large_path: str) -> None:
    files, path = large.files(), large_path
    assert files.cat_file(path, 5, 10) == CONTENT[5:10]
    assert files.cat_file(path, -5) == CONTENT[-5:]
    assert files.cat_file(path, 10, -10) == CONTENT[10:-10]
    assert files.cat_file(path, len(CONTENT), len(CONTENT) + 5) == b""
    assert files.cat_file(path) == CONTENT
    missing = path.replace("data", "missing")
    pieces = files.cat_ranges([path, missing, "nowhere", path], [0, 0, 0, -7], [3, 3, 3, None])
    assert pieces[0] == CONTENT[:3]
    assert isinstance(pieces[1], FileNotFoundError)
    assert isinstance(pieces[2], FileNotFoundError)
    assert pieces[3] == CONTENT[-7:]
    with pytest.raises(FileNotFoundError):
        files.cat_ranges([path, missing], 0, 3, on_error="raise")


def test_two_threads_share_a_file_system(large: Study, large_path: str) -> None:
    files, path = large.files(), large_path
    starts = list(range(0, len(CONTENT), 700_000))
    with ThreadPoolExecutor(2) as pool:
        pieces = list(pool.map(lambda start: files.cat_file(path, start, start + 700_000), starts))
    assert b"".join(pieces) == CONTENT


def test_what_is_open_stays_the_version_it_was(
    files: DewrangleFileSystem, study: Study, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with files.open(path) as file:
        file.read(3)
        files.pipe_file(path, b"newer")
        assert file.read(3) == SMALL[3:6]
        assert file.info()["version"] != files.info(path)["version"]
        monkeypatch.setenv("DWTUI_TOKEN", study.token())
        assert pickle.loads(pickle.dumps(file)).read() == SMALL[6:]


def test_stranded_documents_say_where_they_lie(
    files: DewrangleFileSystem, study: Study, path: str, place: Place
) -> None:
    study.move_to(place)
    told = files.info(path)
    assert told["stranded"] is True
    assert "Default Storage" in told["obstacle"]
    for read in (files.open, files.cat_file, lambda path: files.get_file(path, os.devnull)):
        with pytest.raises(StrandedDocument, match="Default Storage"):
            read(path)
    (answer,) = files.cat_ranges([path], 0, 5)
    assert isinstance(answer, StrandedDocument)
    files.pipe_file(path, b"newest version is at hand")
    assert files.cat_file(path) == b"newest version is at hand"


def test_bytes_that_were_changed_in_the_bucket_are_not_taken_for_the_document(
    files: DewrangleFileSystem, study: Study, place: Place, cloud: Cloud
) -> None:
    study.move_to(place)
    path = f"{study.folder}/a.txt"
    files.pipe_file(path, b"as it was")
    s3 = cloud.client("s3", place.account)
    (stored,) = s3.list_objects_v2(Bucket=place.bucket, Prefix=f"dewrangle/studies/{study.id}/")["Contents"]
    s3.put_object(Bucket=place.bucket, Key=stored["Key"], Body=b"as it IS!")
    for read in (files.cat_file, lambda path: files.open(path).read()):
        with pytest.raises(OSError, match="not the one that was uploaded"):
            read(path)


def test_bytes_with_another_sha256_are_not_taken_for_the_document(
    files: DewrangleFileSystem, study: Study, path: str, tmp_path: Path
) -> None:
    study.world.sql(
        "UPDATE versions SET sha256 = :other WHERE study_id = :study", other="0" * 64, study=study.id
    )

    def in_pieces(path: str) -> None:
        with files.open(path, block_size=20) as file:
            while file.read(30):
                pass

    with pytest.raises(OSError, match="SHA-256 differs"):
        in_pieces(path)
    with (tmp_path / "b").open("wb") as local, ThreadPoolExecutor(3) as pool:
        reads = [
            pool.submit(files.cat_file, path),
            pool.submit(files.get_file, path, tmp_path / "a"),
            pool.submit(files.get_file, path, local),
        ]
        assert all(isinstance(read.exception(), OSError) for read in reads)
    assert not (tmp_path / "a").exists()
    assert files.cat_file(path, 5, 10) == SMALL[5:10]


def test_a_signed_url_gives_the_bytes_once_without_a_token(files: DewrangleFileSystem, path: str) -> None:
    import httpx

    url = files.sign(path)
    assert httpx.get(url).content == SMALL
    assert httpx.get(url).status_code >= 400


@pytest.mark.parametrize("cache", ["simplecache", "filecache", "blockcache"])
def test_local_caches_stand_before_it(large: Study, large_path: str, tmp_path: Path, cache: str) -> None:
    options = {"dewrangle": large.options(), cache: {"cache_storage": str(tmp_path)}}
    for _ in range(2):
        with fsspec.open(f"{cache}::dewrangle://{large_path}", **options) as file:
            assert file.read() == CONTENT


@pytest.mark.parametrize("kind", ["none", "bytes", "mmap", "blockcache", "background", "all", "first"])
def test_each_way_of_reading_ahead_gives_the_same(large: Study, large_path: str, kind: str) -> None:
    with large.files().open(large_path, cache_type=kind) as file:
        file.seek(5_000_000)
        assert file.read(3_000_000) == CONTENT[5_000_000:8_000_000]
        file.seek(0)
        assert file.read(10) == CONTENT[:10]


def test_fsspec_finds_us_by_the_url(large: Study, large_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWTUI_URL", large.url)
    monkeypatch.setenv("DWTUI_TOKEN", large.token())
    with fsspec.open(f"dewrangle://{large_path}") as file:
        assert file.read(5) == CONTENT[:5]
    seen: list[bytes] = []
    thread = threading.Thread(
        target=lambda: seen.append(fsspec.open(f"dewrangle://{large_path}").open().read(5))
    )
    thread.start()
    thread.join()
    assert seen == [CONTENT[:5]]
