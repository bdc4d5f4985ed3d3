"""Identities are lent again while they are good, to the same location and keys only, and do not wait for long."""

import asyncio

import pytest

from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.transfer import identities as module
from dwtui.server.s3.transfer.identities import Identities

PLACE = Location("a-bucket", "prefix")


def pair(secret: str = "a-secret-access-key") -> KeyPair:
    return KeyPair("AKIAIOSFODNN7EXAMPLE", secret)


async def test_it_is_lent_again_but_never_to_two_at_once() -> None:
    identities = Identities()
    with (
        identities.lent(PLACE, pair(), private_endpoints=False) as first,
        identities.lent(PLACE, pair(), private_endpoints=False) as second,
    ):
        assert second is not first
    with identities.lent(PLACE, pair(), private_endpoints=False) as third:
        assert third in (first, second)


async def test_other_keys_another_place_or_other_rules_are_another_identity() -> None:
    identities = Identities()
    with identities.lent(PLACE, pair(), private_endpoints=False) as first:
        pass
    for location, keys, private in (
        (PLACE, pair("another-secret-access-key"), False),
        (PLACE, None, False),
        (Location("b-bucket", "prefix"), pair(), False),
        (PLACE, pair(), True),
    ):
        with identities.lent(location, keys, private_endpoints=private) as other:
            assert other is not first
            assert other.keys == keys


async def test_one_that_failed_or_was_cut_is_not_lent_again() -> None:
    identities = Identities()
    with pytest.raises(ValueError, match="went wrong"):  # noqa: SIM117
        with identities.lent(PLACE, None, private_endpoints=False) as failed:
            raise ValueError("went wrong")
    with identities.lent(PLACE, None, private_endpoints=False) as cut:
        cut.cut()
    with identities.lent(PLACE, None, private_endpoints=False) as fresh:
        assert fresh not in (failed, cut)


async def test_it_waits_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)
    identities = Identities()
    with identities.lent(PLACE, pair(), private_endpoints=False) as first:
        closed = asyncio.Event()
        monkeypatch.setattr(first, "close", closed.set)
    await asyncio.wait_for(closed.wait(), 5)
