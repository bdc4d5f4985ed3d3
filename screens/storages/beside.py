"""What is told of a storage beside the list, and on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.storages import words
from screens.widgets import times
from screens.widgets.health import who_must_act
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails, StorageSummary
    from screens.widgets.key_values import Pair


def summary(storage: StorageSummary | StorageDetails) -> list[Pair]:
    """What the list knows of it already."""
    pairs: list[Pair] = [
        ("name", Cell(storage.name, "strong")),
        ("place", Cell(words.s3_uri(storage))),
        ("health", words.health_of(storage)),
        ("verified", words.verified(storage)),
        ("for", Cell(words.uses(storage))),
        ("studies", Cell(_studies(storage))),
        ("marked", Cell(words.marks(storage), "key")),
    ]
    return [pair for pair in pairs if pair[1].text]


def identity(storage: StorageDetails) -> list[Pair]:
    """With which identity it is reached, and how old its keys are."""
    key_age = times.age(storage.key_created_at, never="")
    given = times.age(storage.keys_changed_at, never="")
    pairs: list[Pair] = [
        (
            "keys",
            Cell(
                "blank: the application's own identity"
                if storage.identity == "BLANK"
                else f"key pair {storage.access_key or ''}"
            ),
        ),
        ("key made", Cell(key_age, words.keys(storage).tone if key_age else "plain")),
        ("given to us", Cell(given)),
        ("IAM user", Cell(storage.user or "")),
        ("account", Cell(" · ".join(part for part in (storage.account_alias, storage.account_id) if part))),
        ("ARN", Cell(storage.arn or "")),
        ("region", Cell(storage.region or "")),
        ("endpoint", Cell(storage.endpoint_url or "")),
    ]
    return [pair for pair in pairs if pair[1].text]


def record(storage: StorageDetails) -> list[Pair]:
    """Where it comes from."""
    by = f" by {storage.created_by.name}" if storage.created_by else ""
    pairs: list[Pair] = [
        ("id", Cell(storage.id)),
        ("attached", Cell(f"{times.exact(storage.created_at)}{by}" if storage.created_at else "")),
        ("revision", Cell(str(storage.revision))),
    ]
    return [pair for pair in pairs if pair[1].text]


def trouble(storage: StorageDetails) -> list[Pair]:
    """What is wrong with it, and who can mend it."""
    report = storage.verification
    pairs: list[Pair] = []
    for probe in report.probes if report else ():
        if probe.status in ("FAIL", "WARN"):
            failed = probe.status == "FAIL"
            pairs.append(("", Cell(f"{'✗' if failed else '!'} {probe.title}", "bad" if failed else "warn")))
            pairs.append(("", Cell(probe.message, "muted")))
            if probe.remedy and failed:
                actor = who_must_act(probe.who_must_act.value if probe.who_must_act else None)
                pairs.append(
                    ("", Cell(f"{actor[:1].upper()}{actor[1:]}: {probe.remedy}" if actor else probe.remedy))
                )
    return pairs


def _studies(storage: StorageSummary | StorageDetails) -> str:
    if storage.document_study_count is None:
        return ""
    return f"{storage.document_study_count} for documents, {storage.data_study_count or 0} for data"
