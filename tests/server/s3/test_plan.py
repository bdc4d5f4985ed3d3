"""The plan: what is asked for which use, and in which order."""

from itertools import chain, combinations

import pytest
from ariadne import load_schema_from_path
from graphql import GraphQLEnumType, build_schema

import dwtui.contract
from dwtui.server.s3 import results
from dwtui.server.s3.plan import NOT_FAILED, plan
from dwtui.server.s3.results import Probe, ProbeStatus, StorageUse

USES = [set(chosen) for chosen in chain.from_iterable(combinations(StorageUse, n) for n in (1, 2))]
WRITING = {Probe.PUT, Probe.MULTIPART, Probe.DELETE}
OF_THE_KEYS = {Probe.IAM_USER, Probe.KEY_AGE, Probe.EXCESS_POWER}


@pytest.mark.parametrize("name", ["Probe", "ProbeStatus", "Actor", "Verdict", "StorageUse"])
def test_names_are_the_contracts(name: str) -> None:
    schema = build_schema(load_schema_from_path(next(iter(dwtui.contract.__path__))))
    kind = schema.type_map[name]
    assert isinstance(kind, GraphQLEnumType)
    assert list(kind.values) == [member.value for member in getattr(results, name)]


@pytest.mark.parametrize("uses", USES)
@pytest.mark.parametrize("blank", [False, True])
def test_each_use_has_its_probes(uses: set[StorageUse], blank: bool) -> None:
    expected = set(Probe)
    if StorageUse.DOCUMENTS not in uses:
        expected -= WRITING
    if blank:
        expected -= OF_THE_KEYS
    assert [step.probe for step in plan(uses, blank_keys=blank)] == [
        probe for probe in Probe if probe in expected
    ]


def required(uses: set[StorageUse], **options: bool) -> set[Probe]:
    return {step.probe for step in plan(uses, **options) if step.required}


def test_required_probes() -> None:
    data = {Probe.IDENTITY, Probe.BUCKET, Probe.LIST, Probe.GET}
    assert required({StorageUse.DATA}) == data
    assert required({StorageUse.DOCUMENTS}) == data | {Probe.PUT, Probe.MULTIPART}
    assert required({StorageUse.DATA}, owner_known=True) == data | {Probe.OWNER}


@pytest.mark.parametrize("uses", USES)
@pytest.mark.parametrize("owner_known", [False, True])
def test_nothing_waits_for_itself_and_whatever_blocks_is_required(
    uses: set[StorageUse], owner_known: bool
) -> None:
    """A probe that keeps a required one from being asked must itself count, or failure passes for health."""
    steps = {step.probe: step for step in plan(uses, owner_known=owner_known)}
    finished: set[Probe] = set()
    while len(finished) < len(steps):
        ready = {p for p, s in steps.items() if p not in finished and set(s.earlier) & set(steps) <= finished}
        assert ready, "a circle"
        finished |= ready
    for step in steps.values():
        for earlier, blocking in step.earlier.items():
            if step.required and ProbeStatus.INCONCLUSIVE in blocking:
                assert steps[earlier].required
            if step.required and blocking == NOT_FAILED:
                assert steps[earlier].required or earlier is Probe.OWNER
