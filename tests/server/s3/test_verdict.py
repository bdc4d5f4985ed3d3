"""What probes mean together."""

from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.results import Probe, ProbeResult, ProbeStatus, Verdict
from dwtui.server.s3.verdict import healthy_after, verdict_of

results = st.lists(
    st.builds(
        ProbeResult,
        probe=st.sampled_from(Probe),
        status=st.sampled_from(ProbeStatus),
        required=st.booleans(),
        title=st.just("t"),
        message=st.just("m"),
    )
)


def of(result: ProbeResult, status: ProbeStatus, required: bool) -> ProbeResult:
    return ProbeResult(result.probe, status, required, "t", "m")


@given(results)
def test_only_required_probes_count(probes: list[ProbeResult]) -> None:
    assert verdict_of(probes) is verdict_of([probe for probe in probes if probe.required])


@given(results, st.booleans())
def test_trouble_of_the_service_never_makes_a_storage_unhealthy(
    probes: list[ProbeResult], before: bool
) -> None:
    """Turning any results into INCONCLUSIVE never turns healthy into unhealthy."""
    without_failures = [
        of(p, ProbeStatus.INCONCLUSIVE, p.required) if p.status is ProbeStatus.FAIL else p for p in probes
    ]
    assert verdict_of(without_failures) is not Verdict.UNHEALTHY
    assert healthy_after(True, verdict_of(without_failures)) is True
    if verdict_of(without_failures) is Verdict.INCONCLUSIVE:
        assert healthy_after(before, Verdict.INCONCLUSIVE) is before


@given(results, st.sampled_from(Probe))
def test_required_failure_decides(probes: list[ProbeResult], probe: Probe) -> None:
    failure = ProbeResult(probe, ProbeStatus.FAIL, True, "t", "m")
    assert verdict_of([*probes, failure]) is Verdict.UNHEALTHY
    assert healthy_after(True, Verdict.UNHEALTHY) is False


@given(st.lists(st.sampled_from([ProbeStatus.PASS, ProbeStatus.WARN, ProbeStatus.SKIP])))
def test_warnings_and_skips_are_healthy(statuses: list[ProbeStatus]) -> None:
    assert verdict_of([ProbeResult(Probe.LIST, s, True, "t", "m") for s in statuses]) is Verdict.HEALTHY


@given(results)
def test_order_does_not_matter(probes: list[ProbeResult]) -> None:
    assert verdict_of(probes) is verdict_of(probes[::-1])


def test_never_verified_stays_unknown_without_an_answer() -> None:
    assert healthy_after(None, Verdict.INCONCLUSIVE) is None
