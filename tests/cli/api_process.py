"""A real API in a process of its own, made and run by the commands that operators use."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dwtui.cli.app import main
from tests.support.cloud import Cloud


@dataclass(frozen=True)
class ApiProcess:
    """Where it is, the token of its first administrator, and how to operate it."""

    url: str
    token: str
    organization: str
    environment: Mapping[str, str]

    def operate(self, *arguments: str) -> Any:
        """Run a `dwtui server` command; its JSON."""
        return _server(self.environment, *arguments, "--json")


@contextmanager
def api_process(folder: Path, cloud: Cloud, *address: str) -> Iterator[ApiProcess]:
    """Run an API with a new organization, `Rare Kids`, whose administrator is Ada."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DWTUI_", "AWS_"))},
        "DWTUI_SERVER_DATABASE_URL": f"sqlite:///{folder / 'dwtui.sqlite'}",
        "DWTUI_SERVER_LOCAL_KEY_FILE": str(folder / "key"),
        "DWTUI_SERVER_APPLICATION_BUCKET": cloud.application_bucket,
        **cloud.environment(),
    }
    names = ["--organization", "Rare Kids", "--user", "Ada", "--email", "ada@example.org"]
    made = _server(environment, "init", *names, "--json")
    command = [sys.executable, "-m", "dwtui", "serve", *(address or ("--port", "0"))]
    with (folder / "api.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log)
    try:
        line = process.stdout.readline()
        assert line, (folder / "api.log").read_text()
        yield ApiProcess(json.loads(line)["url"], made["token"], made["organization"], environment)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def _server(environment: Mapping[str, str], *arguments: str) -> Any:
    """Run a `dwtui server` command in this process: what it needs takes seconds to import."""
    output = TextIOWrapper(BytesIO(), "utf-8")
    with patch.dict(os.environ, environment, clear=True), redirect_stdout(output):
        code = main(["server", *arguments])
    output.seek(0)
    assert code == 0
    return json.loads(output.read())
