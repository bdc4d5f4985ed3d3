"""Running a verification: the probes concurrently, their results as they come, and nothing left behind."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing

from dwtui.server.s3.identity import Identity
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.plan import plan
from dwtui.server.s3.results import Event, Finished, Planned, Report, StorageUse
from dwtui.server.s3.run import Run
from dwtui.server.s3.subject import Subject


async def verify(
    location: Location,
    keys: KeyPair | None,
    uses: Collection[StorageUse],
    *,
    wait_for_keys: float = 0,
    expected_account: str | None = None,
    quiet: bool = False,
    private_endpoints: bool = False,
    patience: Patience | None = None,
) -> AsyncGenerator[Event, None]:
    """Verify a location for its uses, with a key pair or, when `keys` is None, as the application itself.

    Yields `Planned`, then `ProbeFinished` for each probe, `Waiting` while AWS does not know the keys yet (for
    up to `wait_for_keys` seconds), and at last `Finished`. `expected_account` is the bucket's owner as proven
    before; `quiet` proves writing without leaving versions or delete markers. Closing the iterator stops the
    work and removes what was written.
    """
    if not uses:
        raise ValueError("a verification is for at least one use")
    identity = Identity(location, keys, patience=patience, private_endpoints=private_endpoints)
    subject = Subject(identity, frozenset(uses), expected_account, quiet)
    steps = plan(subject.uses, blank_keys=keys is None, owner_known=expected_account is not None)
    run = Run(subject, steps, wait_for_keys)
    try:
        yield Planned(tuple(step.planned for step in steps))
        run.start()
        while (event := await run.events.get()) is not None:
            yield event
        await run.report_given()
    finally:
        # Cleaning up goes on even if whoever closes us is in a hurry.
        await asyncio.shield(run.end())


async def report_of(events: AsyncGenerator[Event, None]) -> Report:
    """Run a verification to its end, for those who need the report only."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Finished):
                return event.report
    raise RuntimeError("a verification ended without a report")
