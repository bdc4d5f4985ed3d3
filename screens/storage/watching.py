"""Watching a verification while it runs: shared by the storage's page and the flows that verify."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from screens.widgets.probe_matrix import ProbeMatrix, ProbeRow

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from dwtui.client.generated.fragments import ProbeDetails, VerificationDetails
    from dwtui.client.generated.watch_verification import WatchVerificationVerifyStorageBackend


def probe_row(probe: ProbeDetails) -> ProbeRow:
    """A probe's result as a row of the matrix."""
    return ProbeRow(
        probe=probe.probe.value,
        title=probe.title,
        required=probe.required,
        status=probe.status.value,
        message=probe.message,
        error_code=probe.error_code,
        request_id=probe.request_id,
        who_must_act=probe.who_must_act.value if probe.who_must_act else None,
        remedy=probe.remedy,
        statement=probe.statement,
        milliseconds=probe.milliseconds,
    )


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
            if event.waiting_seconds is not None:
                waiting(event.waiting_seconds)
            if event.verification is not None:
                report = event.verification
                matrix.show([probe_row(probe) for probe in report.probes])
    return report
