"""Bytes through the API against boto3 straight to the same stand-in for S3, in one run: one large file, many small."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import psutil
import pytest
from botocore.config import Config

from dwtui.client.generated.api import Api
from dwtui.client.outgoing import OutgoingFile
from tests.support.graphql import GraphQLClient
from tests.support.stubbed_api import STUB_ENVIRONMENT, StubbedApi, stubbed_api
from tests.support.transfers import CREATE_FILE

LARGE = 256 * 1024 * 1024
SMALL, MANY = 20 * 1024, 2_000
IN_A_ROW = 300
"""One after the other: enough to tell what one costs."""
ROUNDS = 3
AT_ONCE = 8


def straight_to(api: StubbedApi) -> Any:
    """boto3's client with its usual settings."""
    return boto3.client(
        "s3",
        endpoint_url=api.s3_url,
        region_name=STUB_ENVIRONMENT["AWS_REGION"],
        aws_access_key_id=STUB_ENVIRONMENT["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=STUB_ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
        config=Config(s3={"addressing_style": "path"}, max_pool_connections=20),
    )


@dataclass(frozen=True)
class Cost:
    """Seconds: on the clock, and of CPU in this process, in the API's and in the stand-in's."""

    wall: float
    client: float
    api: float
    stub: float

    @property
    def cpu(self) -> float:
        """Of all processes. On a busy machine it tells more than the clock."""
        return self.client + self.api + self.stub


class Meter:
    """Measures what is done inside `with meter(words)`; `words` may be used again."""

    def __init__(self, api: StubbedApi) -> None:
        stubs = [one for one in psutil.Process().children() if "tests.support.s3_stub" in one.cmdline()]
        self._processes = [psutil.Process(), psutil.Process(api.process.process.pid), *stubs]
        self._costs: dict[str, list[Cost]] = {}

    @contextmanager
    def __call__(self, words: str) -> Iterator[None]:
        """Measure what is done inside."""
        began, before = time.perf_counter(), self._cpu()
        yield
        spent = [after - earlier for after, earlier in zip(self._cpu(), before, strict=True)]
        self._costs.setdefault(words, []).append(Cost(time.perf_counter() - began, *spent))

    def median(self, words: str) -> Cost:
        """The one in the middle, by the clock."""
        costs = sorted(self._costs[words], key=lambda cost: cost.wall)
        return costs[len(costs) // 2]

    def told(self, words: str, straight: str, *, times: int = 1, straight_times: int = 1) -> None:
        """Print what one cost, and how much more that is than going straight."""
        mine, other = self.median(words), self.median(straight)
        unit, kind = (1000, "ms") if times > 1 else (1, "s")
        wall = mine.wall / times / (other.wall / straight_times)
        cpu = mine.cpu / times / (other.cpu / straight_times)
        for name, cost, count in ((words, mine, times), (straight, other, straight_times)):
            parts = ", ".join(
                f"{part} {getattr(cost, part) * unit / count:.2f}" for part in ("client", "api", "stub")
            )
            print(f"\n  {name}: {cost.wall * unit / count:.2f} {kind}, CPU: {parts}", end="")
        print(f"\n  {wall:.2f} × by the clock (budget for the large one: 1.5), {cpu:.2f} × in CPU")

    def _cpu(self) -> list[float]:
        return [sum(process.cpu_times()[:2]) for process in self._processes]


def with_api(api: StubbedApi, work: Callable[[Api], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        async with Api(api.url, api.token) as client:
            return await work(client)

    return asyncio.run(run())


def made_document(api: StubbedApi, version: str) -> str:
    """The path of a version that was made a document."""
    client: GraphQLClient = api.process.client
    made = client.post(CREATE_FILE, {"input": {"version": version, "name": version}}, api.token).value
    return str(made["latest"]["downloadPath"])


@pytest.mark.benchmark
def test_one_large_file(tmp_path: Path) -> None:
    source, target = tmp_path / "large.bin", tmp_path / "back.bin"
    with source.open("wb") as file:
        for _ in range(LARGE // 2**20):
            file.write(os.urandom(2**20))
    with stubbed_api(tmp_path) as api:
        s3, meter = straight_to(api), Meter(api)
        path = ""

        async def upload(client: Api) -> Any:
            return await client.create_version(OutgoingFile.at(source), study=api.study)

        async def download(client: Api) -> Any:
            return await client.download(path, target, overwrite=True)

        for _ in range(ROUNDS):
            with meter("up, straight"):
                s3.upload_file(str(source), api.bucket, "straight")
            with meter("up"):
                version = with_api(api, upload)
            path = made_document(api, version.id)
            with meter("down, straight"):
                s3.download_file(api.bucket, "straight", str(target))
            with meter("down"):
                with_api(api, download)
        peak = api.peak_bytes()
    print("\n256 MiB, medians", end="")
    meter.told("up", "up, straight")
    meter.told("down", "down, straight")
    print(f"  the API's peak: {peak / 1e6:.0f} MB (budget 200)")


async def at_once(width: int, count: int, work: Callable[[int], Awaitable[object]]) -> None:
    """Do it for each number below the count, so many of them at once."""
    turns = asyncio.Semaphore(width)

    async def one(number: int) -> None:
        async with turns:
            await work(number)

    await asyncio.gather(*(one(number) for number in range(count)))


@pytest.mark.benchmark
@pytest.mark.parametrize(("width", "count"), [(1, IN_A_ROW), (AT_ONCE, MANY)])
def test_many_small_files(tmp_path: Path, width: int, count: int) -> None:
    content = os.urandom(SMALL)
    versions: list[str] = []
    with stubbed_api(tmp_path) as api:
        s3, meter = straight_to(api), Meter(api)

        async def upload(client: Api, number: int) -> None:
            version = await client.create_version(OutgoingFile(f"{number}.csv", content), study=api.study)
            versions.append(version.id)

        async def download(client: Api, number: int) -> None:
            await client.download(paths[number], tmp_path / f"{number}.back")

        with_api(api, lambda client: upload(client, count))  # the first loads what all later ones use
        versions.clear()
        with meter("up, straight"):
            for number in range(IN_A_ROW):
                s3.put_object(Bucket=api.bucket, Key=f"small/{number}", Body=content)
        with meter("up"):
            with_api(api, lambda client: at_once(width, count, lambda number: upload(client, number)))
        paths = [made_document(api, version) for version in versions]
        with meter("down, straight"):
            for number in range(IN_A_ROW):
                s3.get_object(Bucket=api.bucket, Key=f"small/{number}")["Body"].read()
        with meter("down"):
            with_api(api, lambda client: at_once(width, count, lambda number: download(client, number)))
        peak = api.peak_bytes()
    print(f"\n{count:,} × 20 KiB, {width} at once, for each", end="")
    meter.told("up", "up, straight", times=count, straight_times=IN_A_ROW)
    meter.told("down", "down, straight", times=count, straight_times=IN_A_ROW)
    print(f"  the API's peak: {peak / 1e6:.0f} MB")
