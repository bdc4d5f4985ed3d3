"""Studies in words for people: their documents, the health of what they use, and what is wrong."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dwtui.amounts import counted, size_in_words
from dwtui.cli import words
from dwtui.cli.printing import Styled

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import Counted, StorageInUse, StudyDetails, StudyName, StudySummary

    Study = StudySummary | StudyDetails


def label(study: "StudyName") -> str:
    """What it is called in short: its code, or else its name."""
    return study.short_code or study.name


def names_of_data(study: "Study") -> str:
    """The names of the storages its data files lie in."""
    return ", ".join(storage.name for storage in study.data_storage)


def amount(count: "Counted") -> str:
    """Documents with their versions and bytes, such as `6 documents, 9 versions, 12 kB`."""
    documents, versions = counted(count.documents, "document"), counted(count.versions, "version")
    return f"{documents}, {versions}, {size_in_words(count.bytes_)}"


def health(study: "Study") -> Styled | None:
    """The health of the storages it uses, the worst of it first; None to those who see names only."""
    used = _storages_of(study)
    if not used:
        return None
    failing = [storage for storage in used if storage.healthy is False]
    if failing:
        found = words.health(False, failing[0].obstacle)
        return Styled(f"{found.text} +{len(failing) - 1}", found.style) if len(failing) > 1 else found
    unknown = [storage for storage in used if storage.healthy is None]
    return words.health(None if unknown else True, None)


def stranded(study: "Study") -> Styled | None:
    """How many of its documents can not be opened; None: none, or that is not for the viewer."""
    count = study.stranded_count
    return Styled(f"✗ {count.documents:,}", "red") if count and count.documents else None


def problems(study: "Study") -> Iterator[Styled]:
    """What is wrong with it, a sentence each."""
    count = study.stranded_count
    if count and count.documents:
        yield Styled(
            f"✗ {amount(count)} can not be opened: the bytes lie in another storage than "
            f"“{study.document_storage.name}”. See: dwtui documents list {study.id} --stranded",
            "red",
        )
    for storage in _storages_of(study):
        if storage.healthy is False:
            found = words.health(False, storage.obstacle)
            yield Styled(
                f"{found.text}: “{storage.name}”. See: dwtui storages show {storage.id}", found.style
            )
    if not study.data_storage:
        yield Styled("! It has no data storage.", "yellow")


def _storages_of(study: "Study") -> "list[StorageInUse]":
    """The storages it uses, each once, that for documents first; none to those who see names only."""
    used = [study.document_storage, *study.data_storage]
    return [it for it in {storage.id: storage for storage in used}.values() if it.bucket is not None]
