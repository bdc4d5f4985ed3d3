"""Starts the world: a process of its own, which ends with the one that holds this object."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, cast

from dwtui.demo.environment import clean_environment
from dwtui.demo.folder import create_folder, hold, remove_abandoned_folders, remove_folder
from dwtui.demo.lifeline import Lifeline
from dwtui.demo.messages import Message, from_line

_END_SECONDS = 8.0


class World:
    """A running world. Its messages are read once, either way; after the last one it is over."""

    def __init__(
        self, folder: Path, holding: int, process: "subprocess.Popen[bytes]", lifeline: Lifeline
    ) -> None:
        self._folder = folder
        self._holding = holding
        self._process = process
        self._lifeline = lifeline

    @classmethod
    def start(cls, *, port: int | None = None) -> "World":
        """Start a world; `port` None: the API listens on a Unix socket; 0: on any free port."""
        remove_abandoned_folders()
        folder = create_folder()
        holding = hold(folder)
        lifeline = Lifeline()
        process = _spawn(folder, lifeline, port)
        lifeline.handed_over()
        return cls(folder, holding, process, lifeline)

    def messages(self) -> Iterator[Message]:
        """What the world tells, as it happens; waits in between."""
        output = cast(IO[bytes], self._process.stdout)
        for line in output:
            yield from_line(line)

    async def telling(self) -> AsyncIterator[Message]:
        """The same without blocking the event loop."""
        output = cast(IO[bytes], self._process.stdout)
        while line := await asyncio.to_thread(output.readline):
            yield from_line(line)

    def end(self) -> None:
        """End the world and wait until nothing is left of it. Ending twice is no error."""
        self._lifeline.cut()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        # The world has done so already, unless somebody killed it.
        remove_folder(self._folder)

    def __enter__(self) -> "World":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


def _spawn(folder: Path, lifeline: Lifeline, port: int | None) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "dwtui.demo.world", str(folder), str(lifeline.reading_end)]
    if port is not None:
        command += ["--port", str(port)]
    with (folder / "world.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603  # our own program
            command,
            cwd=folder,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            pass_fds=(lifeline.reading_end,),
            # Its end is the lifeline's business: ctrl-c goes to the terminal's processes, all at once.
            start_new_session=True,
        )
