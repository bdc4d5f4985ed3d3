"""Running a verification, as events while it happens or as its report when that is healthy."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from dwtui.server.errors import VerificationFailedError
from dwtui.server.parts import Parts
from dwtui.server.s3.results import Event, Report, Verdict
from dwtui.server.s3.verdict import obstacle_in
from dwtui.server.s3.verification import report_of, verify
from dwtui.server.storage_backends.rules import StorageSettings
from dwtui.server.verification.report import checks_of


async def events_of(
    parts: Parts, organization_id: str, settings: StorageSettings, *, wait_for_keys: int
) -> AsyncGenerator[Event, None]:
    """The events of a verification, the report last. Raises LimitExceededError."""
    run = verify(
        settings.location,
        settings.keys,
        settings.uses,
        wait_for_keys=wait_for_keys,
        expected_account=settings.bucket_owner,
        private_endpoints=parts.settings.allow_private_endpoints,
    )
    with parts.turns.taken(organization_id):
        async with aclosing(run):
            async for event in run:
                yield event


async def verified(
    parts: Parts, organization_id: str, settings: StorageSettings, *, wait_for_keys: int
) -> Report:
    """The report of a verification that came out healthy; VerificationFailedError carries any other."""
    report = await report_of(events_of(parts, organization_id, settings, wait_for_keys=wait_for_keys))
    if report.verdict is not Verdict.HEALTHY:
        raise VerificationFailedError(_why(report), checks=checks_of(report), verdict=report.verdict)
    return report


def _why(report: Report) -> str:
    """What stands in the way, in words, and its remedy."""
    obstacle = obstacle_in(report.probes)
    assert obstacle is not None  # the verdict is not healthy
    if report.verdict is Verdict.INCONCLUSIVE:
        return f"Nothing was saved, because the verification got no answer. {obstacle.message} Try again in a while."
    words = f"Nothing was saved, because the verification failed. {obstacle.title}: {obstacle.message}"
    return f"{words} {obstacle.remedy}" if obstacle.remedy else words
