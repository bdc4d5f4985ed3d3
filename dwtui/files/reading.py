"""Reading a version piece by piece, checked against its SHA-256 where it is read from its beginning to its end."""

import errno
import hashlib
import io
from typing import TYPE_CHECKING

from dwtui.files.entries import Entry

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from dwtui.files.documents import Documents

READ_AHEAD = 4 * 1024 * 1024
"""Bytes asked for at once."""


class Check:
    """Sees the pieces that are read, and compares their SHA-256 once all have come in order."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._hash = hashlib.sha256() if entry.sha256 else None
        self._position = 0

    def feed(self, start: int, piece: bytes) -> None:
        """A piece has come. `OSError` when it was the last and the whole is not what was uploaded."""
        if self._hash is None or start != self._position:
            self._hash = None  # pieces out of order: only the API can tell, for the whole
            return
        self._hash.update(piece)
        self._position += len(piece)
        if self._position == self._entry.size and self._hash.hexdigest() != self._entry.sha256:
            raise OSError(
                errno.EIO,
                "The bytes are not those that were uploaded: their SHA-256 differs. Tell the API's operator",
                self._entry.path,
            )


class DocumentReader(io.RawIOBase):
    """The bytes of a version, from anywhere in it."""

    def __init__(self, documents: "Documents", entry: Entry) -> None:
        self._documents = documents
        self._entry = entry.openable()
        self._check = Check(entry)
        self._position = 0
        self.name = entry.name

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The position of the next byte to be read."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to another position."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._entry.size}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, "There is nothing before the first byte", self._entry.path)
        self._position = base + offset
        return self._position

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read what fits, or what is left."""
        view = memoryview(buffer).cast("B")
        end = min(self._position + len(view), self._entry.size)
        if self._position >= end:
            return 0
        piece = self._documents.read(self._entry, self._position, end)
        self._check.feed(self._position, piece)
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


def open_reader(documents: "Documents", entry: Entry) -> io.BufferedReader:
    """A version as a file of bytes, read ahead."""
    return io.BufferedReader(DocumentReader(documents, entry), READ_AHEAD)
