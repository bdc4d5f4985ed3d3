"""Writing a document: collected in a temporary file, uploaded when closed, and not at all when that went wrong."""

import io
import sys
import tempfile
import warnings
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from dwtui.files.documents import Documents
    from dwtui.files.entries import Entry
    from dwtui.files.storing import Destination

KEPT_IN_MEMORY = 1024 * 1024
"""Bytes up to which no temporary file is made."""


class Discarded(RuntimeWarning):
    """What was written was not uploaded, because an error came in between or the file was never closed."""


class DocumentWriter(io.BufferedIOBase):
    """A document being written. One can seek in it; nothing of it is in the study before it is closed.

    It is thrown away when the `with` block ends with an error. Programs that close it while an error that came up
    since it was opened is still being dealt with mean the same, so that is taken for it, with a warning.
    """

    mode = "wb"

    def __init__(
        self, documents: "Documents", destination: "Destination", *, commit_at_close: bool = True
    ) -> None:
        """`commit_at_close`: whether closing uploads; otherwise `commit` does."""
        self._documents = documents
        self._destination = destination
        self._commit_at_close = commit_at_close
        self._spool = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115  # it lives as long as this
        self._known_error = sys.exc_info()[1]
        self._failed: BaseException | None = None
        self.name = destination.path.name
        self.entry: Entry | None = None
        """What was stored; None before."""

    def writable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Add bytes, or overwrite them."""
        self._need_open()
        try:
            self._spool.write(data)
        except OSError as error:  # such as a full disk: it holds a part of it
            self._failed = error
            raise
        return memoryview(data).nbytes

    def tell(self) -> int:
        """The position of the next byte to be written."""
        self._need_open()
        return self._spool.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to another position."""
        self._need_open()
        self._spool.seek(offset, whence)
        return self._spool.tell()

    def truncate(self, size: int | None = None, /) -> int:
        """Cut what was written."""
        self._need_open()
        size = self._spool.tell() if size is None else size
        self._spool.truncate(size)
        return size

    def close(self) -> None:
        """Upload what was written."""
        if self.closed:
            return
        super().close()
        error = self._failed or _error_since(self._known_error)
        if error is not None:
            self._give_up(f"because of {type(error).__name__}")
        elif self._commit_at_close:
            self.commit()

    def commit(self) -> None:
        """Upload what was written, unless it was thrown away. It needs no call where closing does it."""
        if self._spool.closed:
            return
        with self._spool:
            self.entry = self._documents.store(self._destination, cast(BinaryIO, self._spool))

    def discard(self) -> None:
        """Throw away what was written."""
        self._commit_at_close = False
        self._spool.close()
        super().close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Upload, or throw away where the block ended with an error."""
        if kind is not None:
            self.discard()
        self.close()

    def __del__(self) -> None:
        # A file that nobody closed belongs to a program that did not get to its end.
        if not self.closed:
            self._give_up("because it was never closed")

    def _dealloc_warn(self, _source: object) -> None:
        """Python's text layer says so before it closes us for having been forgotten."""
        self._failed = self._failed or ResourceWarning()

    def _give_up(self, why: str) -> None:
        self.discard()
        warnings.warn(f"{self._destination.path} was not uploaded, {why}.", Discarded, stacklevel=3)

    def _need_open(self) -> None:
        if self.closed:
            raise ValueError(f"{self._destination.path} is closed.")


def _error_since(known: BaseException | None) -> BaseException | None:
    """The error being dealt with, where it came up after the file was opened."""
    error = sys.exc_info()[1]
    return None if error is known else error
