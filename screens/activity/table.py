"""The activity as a table, on its own page and on that of a storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.widgets import times
from screens.widgets.table import Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ActivityLine

_OUTCOMES = {
    "SUCCEEDED": Cell("✓ done", "good"),
    "REFUSED": Cell("✗ refused", "warn"),
    "FAILED": Cell("✗ failed", "bad"),
}
_ACTIONS = {
    "storage_backend.create": "attached the storage",
    "storage_backend.update": "edited the storage",
    "storage_backend.rotate": "rotated the keys of",
    "storage_backend.delete": "deleted the storage",
    "storage_backend.verify": "verified the storage",
    "organization.create": "created the organization",
    "organization.update": "changed the organization",
    "study.set_member": "set a member of",
    "study.remove_member": "took a member out of",
    "token.create": "made a token",
    "token.revoke": "revoked a token",
    "blank_keys.allow": "allowed blank keys to",
    "blank_keys.forbid": "forbade blank keys to",
    "study.create": "created the study",
    "study.update_storages": "changed the storages of",
}


def outcome(line: ActivityLine) -> Cell:
    """What became of it, in words."""
    return _OUTCOMES.get(line.outcome.value, Cell(line.outcome.value))


def action(line: ActivityLine) -> Cell:
    """What was done, in words where there are some."""
    return Cell(_ACTIONS.get(line.action, line.action.replace("_", " ").replace(".", ": ")))


def activity_columns(with_subject: bool = True) -> Sequence[Column[ActivityLine]]:
    """The columns; without the subject where all lines have the same."""
    columns: list[Column[ActivityLine]] = [
        Column("at", "WHEN (UTC)", lambda row: Cell(times.short(row.at), "muted"), 12, 12),
        Column("actor", "WHO", lambda row: Cell(row.actor_name), 12, 26, grow=1, rank=2),
        Column("outcome", "OUTCOME", outcome, 9, 9, rank=3),
        Column("action", "DID", action, 20, 30, grow=1, rank=1),
        Column("summary", "MORE", lambda row: Cell(row.summary, "muted"), 24, grow=3, rank=5),
    ]
    if with_subject:
        columns.insert(
            4, Column("subject", "TO", lambda row: Cell(row.subject_name, "strong"), 15, 44, grow=2, rank=4)
        )
    return columns


def activity_table(with_subject: bool = True) -> Table[ActivityLine]:
    """A table of the activity."""
    return Table(
        activity_columns(with_subject),
        lambda row: row.id,
        id="activity",
        opens=with_subject,
        empty=(Cell("Nothing was done yet."),),
    )
