"""Downloads versions to files, some at a time, and tells what became of each."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from dwtui.cli.upload_run import HOPELESS
from dwtui.client.errors import ApiError, Conflict

if TYPE_CHECKING:
    from dwtui.cli.progress import BytesMoved
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import VersionDetails

AT_ONCE = 4


class Became(Enum):
    """What became of a download."""

    WAITING = "not begun"
    DONE = "downloaded"
    THERE = "there already, with the same bytes"
    FAILED = "failed"


@dataclass
class Download:
    """A version on its way to a file."""

    version: "VersionDetails"
    name: str
    """What it is called to the person: the document's name."""
    target: Path
    became: Became = Became.WAITING
    reason: str = ""
    error: ApiError | None = None

    def failed(self, reason: str, error: ApiError | None = None) -> None:
        """It was not downloaded."""
        self.became, self.reason, self.error = Became.FAILED, reason, error


async def carry_out(api: "Api", downloads: Sequence[Download], moved: "BytesMoved", *, force: bool) -> None:
    """Download what waits for it. Once the API is gone, or refuses the person, nothing more is begun."""
    waiting = [one for one in downloads if one.became is Became.WAITING][::-1]

    async def worker() -> None:
        while waiting:
            one = waiting.pop()
            await _download(api, one, moved, force)
            if isinstance(one.error, HOPELESS):
                waiting.clear()

    async with asyncio.TaskGroup() as group:
        for _ in range(min(AT_ONCE, len(waiting))):
            group.create_task(worker())


async def _download(api: "Api", one: Download, moved: "BytesMoved", force: bool) -> None:
    version = one.version
    try:
        if one.target.exists() and await asyncio.to_thread(_is_there, one.target, version):
            one.became = Became.THERE
        elif one.target.exists() and not force:
            there = f"{one.target} is there already, with other bytes: --force overwrites it"
            one.failed(there, Conflict(f"{there}."))
        elif version.download_path is None:
            one.failed("it was never made a document")
        else:
            await api.download(
                version.download_path,
                one.target,
                sha256=version.sha_256,
                overwrite=force,
                progress=moved.of(one.name),
            )
            one.became = Became.DONE
    except asyncio.CancelledError:
        one.failed("interrupted; the same command goes on where it stopped")
        raise
    except ApiError as error:
        one.failed(str(error), error)
    except OSError as error:
        one.failed(f"{one.target}: {error.strerror}")
    finally:
        moved.ended(one.name, version.size)


def _is_there(path: Path, version: "VersionDetails") -> bool:
    """Whether a file has the bytes of that version."""
    if version.sha_256 is None or not path.is_file() or path.stat().st_size != version.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == version.sha_256
