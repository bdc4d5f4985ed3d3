"""The world's folder: private, temporary, and removed even if nobody of the world is left to do it."""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

_PREFIX = "dwtui-demo-"
_LOCK = "in-use"
_REMOVAL_SECONDS = 3.0


def create_folder() -> Path:
    """A new folder that only its owner may enter; it counts as used while a process of the world holds it."""
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


def hold(folder: Path) -> int:
    """Mark a folder as used until the returned descriptor is closed, or the process ends."""
    descriptor = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def remove_folder(folder: Path) -> None:
    """Remove a folder with all it holds, whatever is still being written there, or removed by others."""
    deadline = time.monotonic() + _REMOVAL_SECONDS
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.01)


def remove_abandoned_folders() -> None:
    """Remove folders of worlds whose every process was killed at once."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _is_abandoned(folder):
            remove_folder(folder)


def _is_abandoned(folder: Path) -> bool:
    try:
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            return False
        # A folder without the lock is only just being made.
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
