"""A list of 1,000 storages against one of 50, in one API process: the time of a page, and the API's memory."""

import asyncio
import statistics
import time
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select

from dwtui.client.generated.operations import STORAGE_BACKENDS_GQL
from dwtui.server.database.engine import Database
from dwtui.server.operating.people import initialise, make_organization
from dwtui.server.s3.location import Location
from dwtui.server.s3.results import Probe, ProbeResult, ProbeStatus, Report, StorageUse, Verdict
from dwtui.server.settings import ServerSettings
from dwtui.server.storage_backends.attaching import new_row
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import StorageSettings
from dwtui.server.verification.keeping import keep_report
from tests.support.api import api_process, settings_for
from tests.support.cloud import Cloud

ROUNDS = 25
EMAIL = "ada@example.org"


def report() -> Report:
    """A report of the usual size."""
    from dwtui.server.clock import now

    results = tuple(
        ProbeResult(
            probe, ProbeStatus.PASS, True, probe.replace("_", " ").capitalize(), "As it must be. " * 6
        )
        for probe in Probe
    )
    return Report(
        Verdict.HEALTHY, tuple(StorageUse), now(), now(), results, "arn:aws:iam::1:user/x", "1" * 12
    )


async def fill(settings: ServerSettings, organization_id: str, storages: int) -> None:
    """Put storages into an organization, as if they had been attached one by one."""
    database = Database(settings.database_url.get_secret_value())
    async with database.change() as session:
        for number in range(storages):
            place = StorageSettings(Location(f"bucket-{number:04d}"), frozenset(StorageUse), None)
            name = f"Storage {number:04d}"
            row = new_row(f"SB_{organization_id[3:7]}{number:04d}", organization_id, name, place, None)
            keep_report(row, report())
            session.add(row)
    async with database.read() as session:
        assert len((await session.scalars(select(StorageBackendRow.id))).all()) >= storages
    await database.close()


@pytest.mark.benchmark
def test_a_page_of_many_storages(cloud: Cloud, tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'db.sqlite'}", tmp_path)
    first = asyncio.run(initialise(settings, organization="Few", name="Ada", email=EMAIL, days=1))
    many = asyncio.run(make_organization(settings, name="Many", administrator_email=EMAIL)).id
    few = first.organization_id
    asyncio.run(fill(settings, few, 50))
    asyncio.run(fill(settings, many, 1000))
    with api_process(settings, cloud.environment(), tmp_path / "log") as api:
        memory = psutil.Process(api.process.pid).memory_info().rss / 1e6
        times: dict[str, list[float]] = {few: [], many: []}
        for _ in range(ROUNDS):
            for organization, taken in times.items():
                begun = time.perf_counter()
                answer = api.client.post(
                    STORAGE_BACKENDS_GQL, {"organization": organization, "first": 50}, first.token.secret
                )
                taken.append(time.perf_counter() - begun)
                assert answer.status == 200, answer.body
        after = psutil.Process(api.process.pid).memory_info().rss / 1e6
    slow, quick = statistics.median(times[many]), statistics.median(times[few])
    print(
        f"\na page of 50 of 1,000 storages: {slow * 1000:.0f} ms, {slow / quick:.2f} × one of 50 (budget 1.5)"
    )
    print(f"the API: {memory:.0f} MB idle, {after:.0f} MB after {2 * ROUNDS} lists (budget 120, 150)")
