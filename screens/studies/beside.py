"""What is told of a study beside the list, and on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.studies import words
from screens.widgets import times
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageInUse, StudyDetails
    from screens.studies.words import Study
    from screens.widgets.key_values import Pair


def summary(study: Study) -> list[Pair]:
    """What the list knows of it already."""
    pairs: list[Pair] = [
        ("name", Cell(study.name, "strong")),
        ("code", Cell(study.short_code or "", "key")),
        ("external id", Cell(study.external_id or "")),
        ("id", Cell(study.id)),
        ("documents", Cell(words.amount(study.document_count) if study.document_count else "")),
    ]
    pairs += _storage("kept in", study.document_storage)
    if not study.data_storage:
        pairs.append(("data in", Cell("no storage", "warn")))
    for at, storage in enumerate(study.data_storage):
        pairs += _storage("data in" if at == 0 else " ", storage)
    problems = words.problems_of(study)
    if problems:
        pairs.append(("", Cell(" ")))
        pairs += [("", problem) for problem in problems]
    return [pair for pair in pairs if pair[1].text]


def record(study: StudyDetails) -> list[Pair]:
    """Where it comes from, and who works on it."""
    pairs: list[Pair] = [("", Cell(" ")), ("created", Cell(times.exact(study.created_at)))]
    for at, member in enumerate(study.members):
        role = "administrator" if member.role == "ADMINISTRATOR" else "member"
        pairs.append(("members" if at == 0 else " ", Cell(f"{member.user.name}, {role}")))
    return pairs


def _storage(name: str, storage: StorageInUse) -> list[Pair]:
    pairs: list[Pair] = [(name, Cell(f"“{storage.name}”"))]
    state = words.storage_health(storage)
    return [*pairs, (" ", state)] if state.text else pairs
