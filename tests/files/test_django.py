"""A Django project whose files are documents of a study."""

import copy
import io
import os
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

django = pytest.importorskip("django")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.files.project.settings")
django.setup()

from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation  # noqa: E402
from django.core.files.base import ContentFile, File  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from django.core.files.uploadedfile import TemporaryUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.migrations.writer import MigrationWriter  # noqa: E402
from django.test import override_settings  # noqa: E402

from dwtui.files.django import DewrangleStorage  # noqa: E402
from dwtui.files.errors import StrandedDocument  # noqa: E402
from tests.files.conftest import Study  # noqa: E402
from tests.files.project.shelf.models import Report  # noqa: E402
from tests.support.cloud import Place  # noqa: E402
from tests.support.world import SUPPORT  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def tables() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


def storages(study: Study, **options: Any) -> dict[str, Any]:
    """The setting that makes the study the place for files."""
    options = {"study": study.id, **study.options(), **options}
    return {"default": {"BACKEND": "dwtui.files.django.DewrangleStorage", "OPTIONS": options}}


@pytest.fixture
def project(study: Study) -> Iterator[Study]:
    """The project, with the study as its place for files."""
    with override_settings(STORAGES=storages(study)):
        yield study


def names(study: Study) -> list[str]:
    return [path.rpartition("/")[2] for path in study.files().ls(study.folder, detail=False)]


def test_a_file_field_saves_reads_and_deletes(project: Study) -> None:
    report = Report(title="First")
    report.file.save("people 2026.csv", ContentFile(b"id,age\n1,7\n"))
    report = Report.objects.get(pk=report.pk)
    assert report.file.name == "people_2026.csv"
    assert names(project) == ["people_2026.csv"]
    assert report.file.size == 11
    with report.file.open("rb") as file:
        assert file.read(2) == b"id"
        file.seek(0)
        assert list(file) == [b"id,age\n", b"1,7\n"]
    with default_storage.open(report.file.name, "r") as file:
        assert file.read() == "id,age\n1,7\n"
    report.file.delete()
    assert names(project) == []


def test_a_taken_name_makes_a_fresh_one(project: Study) -> None:
    first = default_storage.save("a.csv", ContentFile(b"first"))
    second = default_storage.save("a.csv", ContentFile(b"second"))
    assert first == "a.csv"
    assert second.startswith("a_")
    assert default_storage.open(first).read() == b"first"
    assert default_storage.listdir("") == ([], sorted([first, second]))


def test_a_name_taken_meanwhile_makes_a_fresh_one(project: Study) -> None:
    class Slow(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            default_storage.save("a.csv", ContentFile(b"quicker"))
            yield from super().chunks(chunk_size)

    saved = default_storage.save("a.csv", Slow(b"slow"))
    assert saved.startswith("a_")
    assert default_storage.open("a.csv").read() == b"quicker"
    assert default_storage.open(saved).read() == b"slow"


def test_a_taken_name_gets_a_new_version_where_that_is_wanted(study: Study) -> None:
    with override_settings(STORAGES=storages(study, overwrite="version")):
        for content in (b"first", b"second"):
            assert default_storage.save("a.csv", ContentFile(content)) == "a.csv"
    assert names(study) == ["a.csv"]
    assert len(study.files().versions(f"{study.folder}/a.csv")) == 2


def test_large_uploads_are_streamed(project: Study) -> None:
    size = 5_000_000
    with TemporaryUploadedFile("big.bin", "application/octet-stream", size, None) as upload:
        upload.write(os.urandom(size))
        name = default_storage.save("big.bin", upload)
    assert default_storage.size(name) == size
    default_storage.save("text.txt", ContentFile("naïve"))
    assert default_storage.open("text.txt").read() == "naïve".encode()


@pytest.mark.filterwarnings("ignore::dwtui.files.writing.Discarded")
def test_files_are_written_through_open(project: Study) -> None:
    with default_storage.open("a.txt", "w") as file:
        file.write("written")
    with pytest.raises(ZeroDivisionError), default_storage.open("b.txt", "wb") as file:
        file.write(1 // 0)
    with pytest.raises(ValueError, match="as a whole"):
        default_storage.open("a.txt", "ab")
    assert names(project) == ["a.txt"]


def test_times(project: Study) -> None:
    name = default_storage.save("a.txt", ContentFile(b"x"))
    for moment in (default_storage.get_created_time(name), default_storage.get_modified_time(name)):
        assert abs(moment - datetime.now(UTC)) < timedelta(minutes=5)
    with override_settings(USE_TZ=False, TIME_ZONE="UTC"):
        assert default_storage.get_created_time(name).tzinfo is None


def test_links(project: Study) -> None:
    name = default_storage.save("a.txt", ContentFile(b"linked"))
    assert httpx.get(default_storage.url(name)).content == b"linked"
    with override_settings(STORAGES=storages(project, links="download")):
        url = default_storage.url(name)
    assert httpx.get(url).status_code == 401
    headers = {"Authorization": f"Bearer {project.token()}"}
    assert httpx.get(url, headers=headers).content == b"linked"


def test_what_is_not_there(project: Study) -> None:
    assert not default_storage.exists("missing.csv")
    default_storage.delete("missing.csv")
    for ask in (default_storage.open, default_storage.size, default_storage.url):
        with pytest.raises(FileNotFoundError):
            ask("missing.csv")
    with pytest.raises(NotImplementedError):
        default_storage.path("missing.csv")
    with pytest.raises(FileNotFoundError, match="no folders"):
        default_storage.listdir("more")
    with pytest.raises(ValueError, match="name"):
        default_storage.delete("")


def test_folders_and_empty_files_are_refused_in_words(project: Study) -> None:
    with pytest.raises(SuspiciousFileOperation, match="upload_to"):
        default_storage.save("reports/a.csv", ContentFile(b"x"))
    with pytest.raises(OSError, match="empty"):
        default_storage.save("a.csv", File(io.BytesIO(), "a.csv"))
    assert names(project) == []


def test_refusals(project: Study, place: Place) -> None:
    name = default_storage.save("a.txt", ContentFile(b"x"))
    with (
        override_settings(STORAGES=storages(project, token=project.token(SUPPORT))),
        pytest.raises(PermissionError),
    ):
        default_storage.save("b.txt", ContentFile(b"x"))
    with (
        override_settings(STORAGES=storages(project, url="http://127.0.0.1:9")),
        pytest.raises(ConnectionError),
    ):
        default_storage.exists(name)
    project.move_to(place)
    with pytest.raises(StrandedDocument, match="Default Storage"):
        default_storage.open(name)


def test_migrations_hold_no_token(study: Study) -> None:
    storage = DewrangleStorage(
        study=study.id, url="https://api.example.org", token="dwt_secret", overwrite="version"
    )
    text, imports = MigrationWriter.serialize(storage)
    assert text == (
        f"dwtui.files.django.DewrangleStorage(overwrite='version', study='{study.id}', url='https://api.example.org')"
    )
    assert imports == {"import dwtui.files.django"}
    assert "dwt_secret" not in repr(storage) + repr(vars(storage)) + repr(pickle.dumps(storage))


def test_a_copied_storage_is_still_signed_in(study: Study) -> None:
    storage = DewrangleStorage(study=study.id, **study.options())
    assert copy.deepcopy(storage).listdir("") == ([], [])


@pytest.mark.parametrize(
    "options",
    [
        {"study": "people"},
        {"study": "SD_0123ABCD", "overwrite": "yes"},
        {"study": "SD_0123ABCD", "links": "x"},
    ],
)
def test_wrong_options_are_told(options: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured):
        DewrangleStorage(**options)
