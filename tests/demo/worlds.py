"""Real worlds for tests: `dwtui demo --serve` in a process of its own, and what is left of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

PATIENCE = 60.0


class ServedWorld:
    """A world that was started, with all processes that ever belonged to it."""

    def __init__(self, temporary: Path) -> None:
        self.temporary = temporary
        temporary.mkdir(exist_ok=True)
        self.starter = subprocess.Popen(
            [sys.executable, "-m", "dwtui", "demo", "--serve"],
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._processes: list[psutil.Process] = []

    def next_progress(self) -> str:
        """The next line on stderr."""
        assert self.starter.stderr is not None
        return self.starter.stderr.readline()

    def wait_until_ready(self) -> dict[str, Any]:
        """The line on stdout."""
        assert self.starter.stdout is not None
        line = self.starter.stdout.readline()
        assert line, f"the world ended instead: {self.starter.communicate(timeout=PATIENCE)}"
        ready: dict[str, Any] = json.loads(line)
        return ready

    def processes(self) -> list[psutil.Process]:
        """The starter and all it started that is still there."""
        starter = psutil.Process(self.starter.pid)
        self._processes = [starter, *starter.children(recursive=True)]
        return self._processes

    def process(self, module: str) -> psutil.Process:
        """The process that runs a module."""
        return next(it for it in self.processes() if module in it.cmdline())

    def assert_nothing_is_left(self) -> None:
        """Neither a process nor a file."""
        _, alive = psutil.wait_procs(self._processes, timeout=PATIENCE)
        assert alive == []
        assert [path.name for path in self.temporary.iterdir()] == []

    def end(self) -> None:
        """Whatever a test did: leave no process to the next one."""
        if self.starter.poll() is None:
            self.starter.kill()
        self.starter.communicate()
        psutil.wait_procs(self._processes, timeout=PATIENCE)


@contextmanager
def served_world(temporary: Path) -> Iterator[ServedWorld]:
    """A world that is certainly gone afterwards."""
    world = ServedWorld(temporary)
    try:
        yield world
    finally:
        world.end()


class Asking:
    """Asks a world's API, with a token of its own."""

    def __init__(self, url: str, token: str) -> None:
        self._http = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=PATIENCE
        )

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer: `data`, `errors`."""
        answer = self._http.post("/graphql", json={"query": query, "variables": variables})
        found: dict[str, Any] = answer.json()
        return found

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data; there must be no errors."""
        answer = self(query, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data
