"""Watching a verification while it runs: shared by the storage's page and the flows that verify."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from screens.widgets.probe_matrix import ProbeMatrix, ProbeRow, probe_row

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from dwtui.client.generated.fragments import VerificationDetails
    from dwtui.client.generated.watch_verification import WatchVerificationVerifyStorageBackend


async def watch(
    events: AsyncIterator[WatchVerificationVerifyStorageBackend],
    matrix: ProbeMatrix,
    waiting: Callable[[int], None],
) -> VerificationDetails | None:
    """Show each event in the matrix; the whole report at the end. `waiting` is told of seconds left for new keys."""
    report: VerificationDetails | None = None
    async with aclosing(
        cast("AsyncGenerator[WatchVerificationVerifyStorageBackend, None]", events)
    ) as stream:
        async for event in stream:
            if event.planned:
                matrix.plan([ProbeRow(it.probe.value, it.title, it.required) for it in event.planned])
            if event.probe is not None:
                matrix.finish(probe_row(event.probe))
            matrix.wait(event.waiting_seconds is not None)
            if event.waiting_seconds is not None:
                waiting(event.waiting_seconds)
            if event.verification is not None:
                report = event.verification
                matrix.show([probe_row(probe) for probe in report.probes])
    return report
