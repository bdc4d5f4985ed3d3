"""An API process whose storage is the fast stand-in for S3: for what is measured rather than checked."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dwtui.server.operating.people import initialise
from tests.support.api import ApiProcess, api_process, settings_for
from tests.support.cloud import REGION, ROOT, Cloud
from tests.support.databases import sqlite_database
from tests.support.graphql import GraphQLClient
from tests.support.world import CREATE_STUDY

STUB_ENVIRONMENT = {
    "AWS_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "not-a-real-secret-at-all",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class StubbedApi:
    """The API, the stand-in's URL, and somebody's token and study."""

    process: ApiProcess
    s3_url: str
    token: str
    study: str

    @property
    def url(self) -> str:
        """Where the API listens."""
        return self.process.client.url

    @property
    def bucket(self) -> str:
        """A bucket of the stand-in: it has any."""
        return Cloud.application_bucket

    def peak_bytes(self) -> int:
        """The most memory that the API's process has had resident."""
        status = Path(f"/proc/{self.process.process.pid}/status").read_text()
        (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024

    def forget_peak(self) -> None:
        """Measure the peak anew from now on."""
        Path(f"/proc/{self.process.process.pid}/clear_refs").write_text("5")


@contextmanager
def running_s3_stub(*options: str) -> Iterator[str]:
    """The stand-in's URL, until the block ends."""
    command = [sys.executable, "-m", "tests.support.s3_stub", *options]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.stdin.close()


@contextmanager
def stubbed_api(folder: Path, *options: str) -> Iterator[StubbedApi]:
    """An API with one organization and one study."""
    settings = settings_for(sqlite_database(folder), folder)
    made = asyncio.run(
        initialise(settings, organization="Rare Kids", name="Ada", email="ada@example.org", days=1)
    )
    with (
        running_s3_stub(*options) as s3_url,
        api_process(settings, {**STUB_ENVIRONMENT, "AWS_ENDPOINT_URL": s3_url}, folder / "log") as process,
    ):
        client: GraphQLClient = process.client
        input = {"name": "Study", "organization": made.organization_id}
        study = client.post(CREATE_STUDY, {"input": input}, made.token.secret).value["id"]
        yield StubbedApi(process, s3_url, made.token.secret, study)
