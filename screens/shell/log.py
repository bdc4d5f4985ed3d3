"""The program's own log: what it could not tell in full on the screen. It is made when there is something to write."""

import logging
import os
from io import TextIOWrapper
from pathlib import Path

LARGEST = 1024 * 1024
"""Bytes above which it begins anew."""


def log_path() -> Path:
    """Where it lies. `XDG_STATE_HOME` moves it."""
    from platformdirs import user_log_path

    return user_log_path("dwtui", appauthor=False) / "dwtui.log"


class _PrivateFile(logging.FileHandler):
    """A file for oneself alone, opened with the first line."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        begin_anew = os.O_TRUNC if path.exists() and path.stat().st_size > LARGEST else os.O_APPEND
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | begin_anew, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="replace")


def keep_log() -> None:
    """Send what is logged to the file, and nothing to the terminal, which belongs to the screens."""
    handler = _PrivateFile(log_path(), delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
