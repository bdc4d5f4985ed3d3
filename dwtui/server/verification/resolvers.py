"""Verification as a mutation that answers at the end, and as a subscription that tells each probe."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any

from ariadne import MutationType, SubscriptionType

from dwtui.server.context import Info
from dwtui.server.s3.results import Event, Finished, Planned, ProbeFinished, Report, Waiting
from dwtui.server.s3.verification import report_of
from dwtui.server.verification.verifying import verification_events

mutation = MutationType()
subscription = SubscriptionType()


@mutation.field("verifyStorageBackend")
async def resolve_verify(
    _parent: Any,
    info: Info,
    id: str | None = None,
    saved: Mapping[str, Any] | None = None,
    input: Mapping[str, Any] | None = None,
) -> Report:
    """The whole report, at the end."""
    return await report_of(await verification_events(info.context, id, saved, input))


@subscription.source("verifyStorageBackend")  # type: ignore[arg-type]  # graphql-core awaits sources, too
async def source_verify(
    _parent: Any,
    info: Info,
    id: str | None = None,
    saved: Mapping[str, Any] | None = None,
    input: Mapping[str, Any] | None = None,
) -> AsyncGenerator[Event, None]:
    """The events, as the probes finish."""
    return await verification_events(info.context, id, saved, input)


@subscription.field("verifyStorageBackend")
def resolve_event(event: Event, _info: Info, **_arguments: Any) -> dict[str, Any]:
    """An event in the contract's form."""
    match event:
        case Planned(probes):
            return {"planned": probes}
        case ProbeFinished(result):
            return {"probe": result}
        case Waiting(seconds):
            return {"waiting_seconds": seconds}
        case Finished(report):
            return {"verification": report}


bindables = [mutation, subscription]
