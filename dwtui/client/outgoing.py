"""A file on its way to the API: where its bytes come from, and the multipart body they travel in."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from dwtui.client.errors import BadInput

BLOCK_BYTES = 1024 * 1024

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have been moved, and of how many; None: that is not known. Called on the event loop."""


@dataclass
class OutgoingFile:
    """A file to be sent with a mutation, as the value of an `Upload`. It is read while it is sent, and only once.

    `content` is a path, a binary file open for reading (from where it stands), bytes, or an iterable of blocks. `size`
    in bytes is found out for paths and bytes; where it is not known the file is sent all the same.
    """

    file_name: str
    content: Path | BinaryIO | bytes | AsyncIterable[bytes] = field(repr=False)
    content_type: str | None = None
    size: int | None = None
    progress: Progress | None = field(default=None, repr=False)

    @classmethod
    def at(cls, path: Path, *, progress: Progress | None = None, **said: Any) -> "OutgoingFile":
        """The file at a path. `said`: another `file_name` or a `content_type`. Raises BadInput."""
        if not path.is_file():
            raise BadInput(f"{path} is no file that can be read.", field="file")
        return cls(**{"file_name": path.name, "content": path, "progress": progress, **said})

    async def blocks(self) -> AsyncIterator[bytes]:
        """The bytes. Raises BadInput when there are not as many as was said: the file is being changed."""
        sent = 0
        async for block in self._read():
            sent += len(block)
            if self.size is not None and sent > self.size:
                raise self._changed()
            yield block
            if self.progress is not None:
                self.progress(sent, self.size)
        if self.size is not None and sent != self.size:
            raise self._changed()

    def measure(self) -> None:
        """Find out the size, where that takes no reading. Raises BadInput."""
        if self.size is None and isinstance(self.content, bytes):
            self.size = len(self.content)
        if self.size is None and isinstance(self.content, Path):
            try:
                self.size = self.content.stat().st_size
            except OSError as error:
                raise self._unreadable(error) from error

    async def _read(self) -> AsyncIterator[bytes]:
        if isinstance(self.content, bytes):
            for start in range(0, len(self.content), BLOCK_BYTES):
                yield self.content[start : start + BLOCK_BYTES]
        elif isinstance(self.content, AsyncIterable):
            async for block in self.content:
                yield block
        elif isinstance(self.content, Path):
            try:
                opened = await asyncio.to_thread(self.content.open, "rb")
            except OSError as error:
                raise self._unreadable(error) from error
            with opened:
                async for block in self._read_open(opened):
                    yield block
        else:
            async for block in self._read_open(self.content):
                yield block

    async def _read_open(self, opened: BinaryIO) -> AsyncIterator[bytes]:
        # the next block is read while one is sent
        reading = asyncio.create_task(asyncio.to_thread(opened.read, BLOCK_BYTES))
        try:
            while block := await asyncio.shield(reading):
                reading = asyncio.create_task(asyncio.to_thread(opened.read, BLOCK_BYTES))
                yield block
        except OSError as error:
            raise self._unreadable(error) from error
        finally:
            await asyncio.wait((reading,))
            reading.exception()  # if it was not told above, nobody waits for it any more

    def _unreadable(self, error: OSError) -> BadInput:
        return BadInput(f"{self.file_name} can not be read: {error.strerror or error}.", field="file")

    def _changed(self) -> BadInput:
        return BadInput(
            f"{self.file_name} was changed while it was being sent, so nothing was kept. Send it again.",
            field="file",
        )


class Form:
    """The body of a GraphQL multipart request: `operations`, `map`, then one file."""

    def __init__(self, operations: Mapping[str, Any], variable: str, file: OutgoingFile) -> None:
        """`variable` names the one that the file is the value of; it is null in `operations`."""
        self._boundary = f"dwtui-{secrets.token_hex(16)}"
        self._file = file
        file.measure()
        head = self._part("operations", json.dumps(operations, ensure_ascii=False))
        head += self._part("map", json.dumps({"0": [f"variables.{variable}"]}))
        kind = file.content_type or "application/octet-stream"
        head += self._head_of("0", _named(file.file_name), f"Content-Type: {kind}\r\n")
        try:
            self._head = head.encode()
        except UnicodeEncodeError as error:
            raise BadInput("A text given is no valid Unicode, so it can not be sent.") from error
        self._tail = f"\r\n--{self._boundary}--\r\n".encode()

    @property
    def headers(self) -> dict[str, str]:
        """The headers that tell of the body."""
        headers = {"Content-Type": f"multipart/form-data; boundary={self._boundary}"}
        if self._file.size is not None:
            headers["Content-Length"] = str(len(self._head) + self._file.size + len(self._tail))
        return headers

    async def body(self) -> AsyncIterator[bytes]:
        """The body, while the file is read."""
        yield self._head
        async for block in self._file.blocks():
            yield block
        yield self._tail

    def _part(self, name: str, text: str) -> str:
        return f"{self._head_of(name)}{text}\r\n"

    def _head_of(self, name: str, more: str = "", headers: str = "") -> str:
        return f'--{self._boundary}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n{headers}\r\n'


def _named(name: str) -> str:
    """A file's name as parameters of a header: for anybody in ASCII, and exactly."""
    plain = "".join(character if character.isalnum() or character in "._- " else "_" for character in name)
    plain = plain.encode("ascii", "replace").decode().replace("?", "_")
    try:
        exact = quote(name, safe="")
    except UnicodeEncodeError as error:
        raise BadInput("The file's name is no valid Unicode, so it can not be sent.", field="file") from error
    return f"; filename=\"{plain}\"; filename*=UTF-8''{exact}"
