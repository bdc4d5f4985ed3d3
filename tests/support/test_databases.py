"""The PostgreSQL of the tests is gone when they are, however they end."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.cloud import ROOT
from tests.support.databases import running_postgresql

RUN = """
from tests.support.databases import running_postgresql
with running_postgresql() as server:
    print(server.new_database().rpartition("=")[2], flush=True)
    input()
"""


def servers(data: Path) -> list[psutil.Process]:
    """The PostgreSQL processes on that folder."""
    return [it for it in psutil.process_iter(["cmdline"]) if str(data) in (it.info["cmdline"] or [])]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["the run", "all that looks after it"])
def test_nothing_is_left_by_a_run_that_was_killed(who: str) -> None:
    command = [sys.executable, "-c", RUN]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        data = Path(run.stdout.readline().decode().strip())
        running = servers(data)
        assert running
        if who != "the run":
            for process in psutil.Process(run.pid).children():
                process.kill()
        run.kill()
    if who != "the run":
        with running_postgresql():
            pass  # the next run tidies up
    _, alive = psutil.wait_procs(running, timeout=30)
    assert alive == []
    if who != "the run":
        assert not data.parent.exists()
