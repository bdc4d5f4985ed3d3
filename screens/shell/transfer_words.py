"""Uploads and downloads in words."""

from __future__ import annotations

from rich.cells import cell_len

from dwtui.amounts import size_in_words
from dwtui.visible import visible
from screens.shell.transfers import State, Transfer, Transfers
from screens.widgets.table.columns import fitted
from screens.widgets.times import span
from screens.widgets.tones import Cell, Tone

LEAST_NAME = 16


def share_of(transfer: Transfer) -> str:
    """How much of it is through, in percent."""
    return f"{min(100, transfer.done * 100 // max(1, transfer.size))} %"


def amounts(transfer: Transfer) -> str:
    """How much of it is through, in bytes."""
    return f"{size_in_words(transfer.done)} of {size_in_words(transfer.size)}"


def pace(transfer: Transfer) -> str:
    """Its rate and the time left; empty while that is not known."""
    left = transfer.seconds_left
    if left is None:
        return ""
    if transfer.done >= transfer.size:
        return "finishing"
    return f"{size_in_words(int(transfer.rate))}/s, {span(left + 1)} left"


def standing(transfers: Transfers, width: int) -> str:
    """The one under way with how many wait, in at most that many cells. What matters least is left out first."""
    transfer = transfers.current
    waiting = len(transfers.active) - (transfer is not None)
    if transfer is None:
        return f"{waiting} waiting" if waiting else ""
    arrow = "↑" if transfer.kind == "upload" else "↓"
    name = visible(transfer.name)
    parts = [share_of(transfer), pace(transfer), amounts(transfer), f"+{waiting} waiting" if waiting else ""]
    keep = [0, 1, 3, 2]
    kept: set[int] = set()
    used = 2 + min(cell_len(name), LEAST_NAME)
    for at in keep:
        if parts[at] and used + 2 + len(parts[at]) <= width:
            kept.add(at)
            used += 2 + len(parts[at])
    room = max(1, min(cell_len(name), width - used + min(cell_len(name), LEAST_NAME)))
    return "  ".join([f"{arrow} {fitted(name, room, middle=True)}", *(parts[at] for at in sorted(kept))])


_STATES: dict[State, tuple[str, Tone]] = {
    State.WAITING: ("… waiting", "muted"),
    State.RUNNING: ("", "key"),
    State.DONE: ("✓ done", "good"),
    State.FAILED: ("✗ failed", "bad"),
    State.CANCELLED: ("- cancelled", "muted"),
}


def state_of(transfer: Transfer) -> Cell:
    """How it stands."""
    text, tone = _STATES[transfer.state]
    return Cell(text or f"{'↑' if transfer.kind == 'upload' else '↓'} {share_of(transfer)}", tone)


def ending(transfer: Transfer) -> tuple[str, Tone]:
    """What is said when it has come to its end."""
    if transfer.state is State.DONE:
        return f"✓ {transfer.outcome}", "good"
    if transfer.state is State.CANCELLED:
        return f"“{transfer.name}”: {transfer.outcome[:1].lower()}{transfer.outcome[1:]}", "muted"
    what = "uploaded" if transfer.kind == "upload" else "downloaded"
    return f"✗ “{transfer.name}” was not {what}: {transfer.outcome}", "bad"
