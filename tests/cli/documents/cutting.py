"""Something between a command and the API that lets a number of bytes through, and then fails."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Between:
    """Passes bytes on until `limit` of them have gone up (to the API) or down. Then it cuts, or stalls.

    `only`: it counts nothing before it has seen these.
    """

    upstream: tuple[str, int]
    limit: int
    direction: str
    stalling: bool
    only: bytes
    reached: threading.Event = field(default_factory=threading.Event)
    """Set once the limit is reached. From then on nobody is let in."""

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._ended = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return "http://{}:{}".format(*self._listening.getsockname()[:2])

    def end(self) -> None:
        self._ended.set()
        for each in (self._listening, *self._open):
            _close(each)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self.upstream)
                self._open += [client, server]
                for source, target, direction in ((client, server, "up"), (server, client, "down")):
                    threading.Thread(target=self._pass, args=(source, target, direction), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, direction: str) -> None:
        passed, counting = 0, not self.only
        with suppress(OSError):
            while block := source.recv(65536):
                counting = counting or self.only in block
                passed += len(block) if counting else 0
                if direction == self.direction and passed > self.limit:
                    self.reached.set()
                    if self.stalling:
                        self._ended.wait()
                    self.end()
                    return
                target.sendall(block)
        _close(target)


def _close(it: socket.socket) -> None:
    with suppress(OSError):
        it.shutdown(socket.SHUT_RDWR)
    it.close()


@contextmanager
def between(
    url: str, limit: int, *, direction: str = "up", stalling: bool = False, only: bytes = b""
) -> Iterator[Between]:
    """Stand between a command and the API at that URL."""
    parts = urlsplit(url)
    it = Between((str(parts.hostname), int(parts.port or 0)), limit, direction, stalling, only)
    try:
        yield it
    finally:
        it.end()
