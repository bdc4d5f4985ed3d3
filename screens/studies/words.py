"""A study in words: its documents, what is wrong with it, and with the storages it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dwtui.amounts import counted, size_in_words
from dwtui.obstacles import what_is_wrong
from screens.widgets.health import HEALTHY, health
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import Counted, StorageInUse, StudyDetails, StudyName, StudySummary

    Study = StudySummary | StudyDetails


def label(study: StudyName) -> str:
    """What it is called in short: its code, or else its name."""
    return study.short_code or study.name


def in_full(study: StudyName) -> str:
    """Its name, with its code where it has one."""
    return f"{study.name} ({study.short_code})" if study.short_code else study.name


def amount(count: Counted) -> str:
    """Documents with their bytes, such as `37 documents, 1.2 GB`."""
    return f"{counted(count.documents, 'document')}, {size_in_words(count.bytes_)}"


def storages_of(study: Study) -> list[StorageInUse]:
    """The storages it uses, each once, that for documents first."""
    used = [study.document_storage, *study.data_storage]
    return list({storage.id: storage for storage in used}.values())


def storage_health(storage: StorageInUse) -> Cell:
    """The health of a storage; empty to those who see names only."""
    if storage.bucket is None:
        return Cell("")
    return health(storage.healthy, storage.obstacle, verified=storage.verified_at is not None)


def health_of(study: Study) -> Cell:
    """The health of what it uses: the worst of it, by name where that is only a part."""
    used = [storage for storage in storages_of(study) if storage.bucket is not None]
    if not used:
        return Cell("")
    failing = [storage for storage in used if storage.healthy is False]
    if failing:
        more = f" +{len(failing) - 1}" if len(failing) > 1 else ""
        return Cell(f"✗ {what_is_wrong(failing[0].obstacle)}{more}", "bad")
    unknown = [storage for storage in used if storage.healthy is None]
    return storage_health(unknown[0]) if unknown else HEALTHY


def documents_of(study: Study) -> Cell:
    """How many documents it has; empty to those who may not read them."""
    count = study.document_count
    return Cell(
        "" if count is None else f"{count.documents:,}", "plain" if count and count.documents else "muted"
    )


def stranded_of(study: Study) -> Cell:
    """How many of its documents can not be opened; empty where there are none."""
    count = study.stranded_count
    return Cell(f"✗ {count.documents:,}", "bad") if count and count.documents else Cell("")


def problems_of(study: Study) -> list[Cell]:
    """What is wrong with it, each in a sentence."""
    said = []
    stranded = study.stranded_count
    if stranded is not None and stranded.documents:
        said.append(Cell(f"✗ {amount(stranded)}, can not be opened: stranded in another storage.", "bad"))
    said += [
        Cell(f"✗ “{storage.name}”: {what_is_wrong(storage.obstacle)}.", "bad")
        for storage in storages_of(study)
        if storage.healthy is False
    ]
    if not study.data_storage:
        said.append(Cell("! It has no data storage.", "warn"))
    return said
