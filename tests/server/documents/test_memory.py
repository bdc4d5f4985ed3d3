"""The API's memory stays flat, however large the documents are and however many come at once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dwtui.client.generated.api import Api
from dwtui.client.outgoing import OutgoingFile
from tests.support.stubbed_api import StubbedApi, stubbed_api
from tests.support.transfers import CREATE_FILE

LARGEST = 512 * 1024 * 1024
AT_ONCE = 8
BUDGET = 200_000_000
BLOCK = bytes(1024 * 1024)


async def zeros() -> AsyncIterator[bytes]:
    for _ in range(LARGEST // len(BLOCK)):
        yield BLOCK


async def all_at_once(api: StubbedApi) -> None:
    async with Api(api.url, api.token) as client:

        async def up(number: int) -> str:
            file = OutgoingFile(f"{number}.bin", zeros(), size=LARGEST)
            return (await client.create_version(file, study=api.study)).id

        versions = await asyncio.gather(*(up(number) for number in range(AT_ONCE)))
        paths = []
        for version in versions:
            made = api.process.client.post(
                CREATE_FILE, {"input": {"version": version, "name": version}}, api.token
            )
            paths.append(made.value["latest"]["downloadPath"])

        async def down(path: str) -> int:
            size = 0
            async with client.downloads().opened(path) as incoming:
                async for block in incoming.blocks():
                    size += len(block)
            return size

        assert await asyncio.gather(*(down(path) for path in paths)) == [LARGEST] * AT_ONCE


@pytest.mark.slow
def test_eight_of_the_largest_documents_at_once(tmp_path: Path) -> None:
    with stubbed_api(tmp_path, "--forget") as api:
        asyncio.run(all_at_once(api))
        peak = api.peak_bytes()
    print(f"\neight documents of 512 MiB at once, up and down: the API's peak was {peak / 1e6:.0f} MB")
    assert peak < BUDGET
