"""A version being read through fsspec, and what fsspec is told of one."""

from typing import TYPE_CHECKING, Any

from fsspec.spec import AbstractBufferedFile

from dwtui.files.checking import Check
from dwtui.files.entries import Entry
from dwtui.files.receiving import piece_of

if TYPE_CHECKING:
    from dwtui.files.filesystem import DewrangleFileSystem


class DocumentFile(AbstractBufferedFile):  # type: ignore[misc]
    """A version being read. It stays that version when a newer one is uploaded meanwhile."""

    def __init__(
        self, fs: "DewrangleFileSystem", path: str, entry: Entry, block_size: int | None, **others: Any
    ) -> None:
        self._entry, self._check = entry, Check(entry)
        others.pop("size", None)  # a pickle says it again
        super().__init__(fs, path, "rb", block_size, size=entry.size, **others)
        self.details = told_of(entry, path)

    def __reduce__(self) -> tuple[Any, ...]:
        reopen, (fs, _, *others) = super().__reduce__()
        return reopen, (fs, f"{self._entry.path}@{self._entry.version}", *others)

    def _fetch_range(self, start: int, end: int) -> bytes:
        content: bytes = self.fs.documents.read(piece_of(self._entry, start, end))
        self._check.feed(start, content)
        return content


def told_of(entry: Entry, path: str) -> dict[str, Any]:
    """What fsspec and its users look for of a file."""
    return {
        "name": path,
        "type": "file",
        "size": entry.size,
        "created": entry.created,
        "mtime": entry.modified,
        "sha256": entry.sha256,
        "ContentType": entry.content_type,
        "document": entry.document,
        "version": entry.version,
        "storage": entry.storage,
        "stranded": entry.obstacle is not None,
        "obstacle": entry.obstacle,
    }
