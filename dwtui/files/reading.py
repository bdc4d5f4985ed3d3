"""Reading a version piece by piece, checked against its SHA-256 where it is read from its beginning to its end."""

import errno
import io
from typing import TYPE_CHECKING

from dwtui.files.checking import Check
from dwtui.files.documents import READ_AHEAD, Documents
from dwtui.files.entries import Entry
from dwtui.files.receiving import piece_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class DocumentReader(io.RawIOBase):
    """The bytes of a version, from anywhere in it."""

    def __init__(self, documents: Documents, entry: Entry) -> None:
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
        if self._position >= self._entry.size:
            return 0
        end = self._position + len(view)
        piece = self._documents.read(piece_of(self._entry, self._position, end))
        self._check.feed(self._position, piece)
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


def open_reader(documents: Documents, entry: Entry) -> io.BufferedReader:
    """A version as a file of bytes, read ahead."""
    return io.BufferedReader(DocumentReader(documents, entry), READ_AHEAD)
