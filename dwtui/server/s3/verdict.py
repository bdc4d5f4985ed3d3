"""What the probes of a verification mean together."""

from collections.abc import Iterable

from dwtui.server.s3.results import ProbeResult, ProbeStatus, Verdict


def verdict_of(results: Iterable[ProbeResult]) -> Verdict:
    """Unhealthy when a required probe failed; inconclusive when one had no answer; healthy otherwise."""
    required = {result.status for result in results if result.required}
    if ProbeStatus.FAIL in required:
        return Verdict.UNHEALTHY
    if ProbeStatus.INCONCLUSIVE in required:
        return Verdict.INCONCLUSIVE
    return Verdict.HEALTHY


def obstacle_in(results: Iterable[ProbeResult]) -> ProbeResult | None:
    """The required probe that stands in the way: the first that failed, or else the first that had no answer."""
    required = [result for result in results if result.required]
    for status in (ProbeStatus.FAIL, ProbeStatus.INCONCLUSIVE):
        for result in required:
            if result.status is status:
                return result
    return None


def healthy_after(before: bool | None, verdict: Verdict) -> bool | None:
    """The health of a storage after a verification: an inconclusive one leaves it what it was."""
    if verdict is Verdict.INCONCLUSIVE:
        return before
    return verdict is Verdict.HEALTHY
