"""The memory of an API process, idle and after many verifications with key pairs of their own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from dwtui.server.operating.people import initialise
from tests.support.api import api_process, settings_for
from tests.support.cloud import Cloud

VERIFICATIONS = 200
AT_ONCE = 4
VERIFY = "mutation ($input: VerifyStorageBackendInput) { verifyStorageBackend(input: $input) { verdict } }"


@pytest.mark.benchmark
def test_the_memory_that_verifications_leave_behind(cloud: Cloud, tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'db.sqlite'}", tmp_path)
    first = asyncio.run(initialise(settings, organization="One", name="Ada", email="ada@example.org", days=1))
    places = [cloud.place() for _ in range(2 * AT_ONCE)]
    with api_process(settings, cloud.environment(), tmp_path / "log") as api:
        process = psutil.Process(api.process.pid)

        def megabytes() -> float:
            return process.memory_info().rss / 1e6

        def verify(number: int) -> None:
            place = places[number % len(places)]
            given = {"organization": first.organization_id, "waitForKeys": 0, **place.input()}
            answer = api.client.post(VERIFY, {"input": given}, first.token.secret)
            assert answer.value["verdict"] == "HEALTHY"

        idle = megabytes()
        verify(0)
        once = megabytes()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(verify, range(VERIFICATIONS)))
        after = megabytes()
    print(
        f"\nthe API: {idle:.0f} MB idle (budget 120), {once:.0f} MB after one verification, "
        f"{after:.0f} MB after {VERIFICATIONS} (budget 150)"
    )
