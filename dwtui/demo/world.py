"""The world's process, `python -m dwtui.demo.world FOLDER LIFELINE [--port PORT]`: a local AWS with an API beside it.

It tells the process that started it how far it is, and ends, with all it made, once its lifeline is cut.
"""

import argparse
import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from dwtui.demo.api_process import Address, ApiError, ApiProcess
from dwtui.demo.folder import hold, remove_folder
from dwtui.demo.lifeline import watch
from dwtui.demo.messages import Failed, Message, Note, to_line


class WorldProcess:
    """This process: whom it tells, and what it must end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._api: ApiProcess | None = None
        self._telling = threading.Lock()
        self._ending = threading.Lock()

    def tell(self, message: Message) -> None:
        """Tell the process that started this one; when it is gone, the lifeline says so too."""
        with self._telling, suppress(BrokenPipeError):
            sys.stdout.buffer.write(to_line(message))
            sys.stdout.buffer.flush()

    def look_after(self, api: ApiProcess) -> None:
        """End that API when the world ends."""
        self._api = api

    def keep_running(self) -> None:
        """Stay for as long as the API can be kept running."""
        if self._api is not None:
            self._api.keep_running(lambda text: self.tell(Note(text)))

    def end(self, status: int = 0) -> NoReturn:
        """End the world, whatever it is doing."""
        with self._ending:
            if self._api is not None:
                self._api.end()
            remove_folder(self.folder)
            os._exit(status)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Build the world, keep it running, end."""
    parser = argparse.ArgumentParser(prog="python -m dwtui.demo.world", description=__doc__)
    parser.add_argument("folder", type=Path, help="an empty private folder, removed in the end")
    parser.add_argument("lifeline", type=int, help="the descriptor of the lifeline's reading end")
    parser.add_argument("--port", type=int, help="the API's TCP port, 0: a free one; default: a Unix socket")
    given = parser.parse_args(arguments)

    hold(given.folder)
    process = WorldProcess(given.folder)
    watch(given.lifeline, process.end)
    _end_on_signals(process)
    try:
        _build(process, _address(given.folder, given.port))
        process.keep_running()
    except ApiError as error:
        process.tell(Failed(str(error)))
    except Exception as error:  # noqa: BLE001  the world's outermost edge: whatever it is, it is told in a line
        traceback.print_exc()
        process.tell(Failed(f"The sample world could not be built: {error or type(error).__name__}"))
    process.end(1)


def _build(process: WorldProcess, address: Address) -> None:
    from dwtui.demo.building.world import build

    build(process.folder, address, process.tell, process.look_after)


def _end_on_signals(process: WorldProcess) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        # Not in the handler itself: it may interrupt what `end` waits for.
        threading.Thread(target=process.end, daemon=True).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _address(folder: Path, port: int | None) -> Address:
    if port is None:
        return Address(uds=folder / "api.sock")
    if port:
        return Address(port=port)
    with socket.create_server(("127.0.0.1", 0)) as free:
        return Address(port=free.getsockname()[1])


if __name__ == "__main__":
    main()
