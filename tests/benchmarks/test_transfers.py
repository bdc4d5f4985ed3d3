"""Bytes through the API against boto3 straight to the same stand-in for S3, in one run: one large file, many small."""

import asyncio
import os
import statistics
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from dwtui.client.generated.api import Api
from dwtui.client.outgoing import OutgoingFile
from tests.support.graphql import GraphQLClient
from tests.support.stubbed_api import STUB_ENVIRONMENT, StubbedApi, stubbed_api
from tests.support.transfers import CREATE_FILE

LARGE = 256 * 1024 * 1024
SMALL, MANY = 20 * 1024, 2_000
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


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


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
    up: list[float] = []
    down: list[float] = []
    straight_up: list[float] = []
    straight_down: list[float] = []
    with stubbed_api(tmp_path) as api:
        s3 = straight_to(api)
        path = ""

        async def upload(client: Api) -> Any:
            return await client.create_version(OutgoingFile.at(source), study=api.study)

        async def download(client: Api) -> Any:
            return await client.download(path, target, overwrite=True)

        for _ in range(ROUNDS):
            straight_up.append(timed(lambda: s3.upload_file(str(source), api.bucket, "straight")))
            begun = time.perf_counter()
            version = with_api(api, upload)
            up.append(time.perf_counter() - begun)
            path = made_document(api, version.id)
            straight_down.append(timed(lambda: s3.download_file(api.bucket, "straight", str(target))))
            down.append(timed(lambda: with_api(api, download)))
        peak = api.peak_bytes()
    for words, ours, theirs in (("up", up, straight_up), ("down", down, straight_down)):
        mine, other = statistics.median(ours), statistics.median(theirs)
        ratio = f"{mine / other:.2f} × (budget 1.5)"
        print(f"\n256 MiB {words}: {mine:.2f} s through the API, {other:.2f} s straight, {ratio}")
    print(f"the API's peak: {peak / 1e6:.0f} MB")


@pytest.mark.benchmark
def test_many_small_files(tmp_path: Path) -> None:
    content = os.urandom(SMALL)
    with stubbed_api(tmp_path) as api:
        s3 = straight_to(api)
        straight_up = timed(
            lambda: [s3.put_object(Bucket=api.bucket, Key=f"small/{n}", Body=content) for n in range(MANY)]
        )
        straight_down = timed(
            lambda: [s3.get_object(Bucket=api.bucket, Key=f"small/{n}")["Body"].read() for n in range(MANY)]
        )
        versions: list[str] = []

        async def upload(client: Api) -> None:
            turns = asyncio.Semaphore(AT_ONCE)

            async def one(number: int) -> None:
                async with turns:
                    file = OutgoingFile(f"{number}.csv", content)
                    versions.append((await client.create_version(file, study=api.study)).id)

            await asyncio.gather(*(one(number) for number in range(MANY)))

        up = timed(lambda: with_api(api, upload))
        paths = [made_document(api, version) for version in versions]

        async def download(client: Api) -> None:
            turns = asyncio.Semaphore(AT_ONCE)

            async def one(number: int, path: str) -> None:
                async with turns:
                    await client.download(path, tmp_path / f"{number}.back")

            await asyncio.gather(*(one(number, path) for number, path in enumerate(paths)))

        down = timed(lambda: with_api(api, download))
        peak = api.peak_bytes()
    print(
        f"\n{MANY:,} × 20 KiB up: {up:.1f} s through the API, {straight_up:.1f} s straight, {up / straight_up:.1f} ×"
    )
    print(
        f"{MANY:,} × 20 KiB down: {down:.1f} s, {straight_down:.1f} s straight, {down / straight_down:.1f} ×"
    )
    print(f"the API's peak: {peak / 1e6:.0f} MB")
