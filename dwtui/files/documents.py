"""A study's documents for programs that wait: found, listed, read, stored, renamed and deleted."""

import errno
import warnings
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from dwtui.client.address import parse_address
from dwtui.client.outgoing import Progress
from dwtui.files.access import Access
from dwtui.files.checking import Check
from dwtui.files.entries import Entry
from dwtui.files.errors import as_file_errors
from dwtui.files.finding import every, every_version, find, folder
from dwtui.files.paths import DocumentPath
from dwtui.files.receiving import Piece, download, piece_of, read
from dwtui.files.several import several
from dwtui.files.storing import Destination, destination, store

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import DeletionDetails

Result = TypeVar("Result")
READ_AHEAD = 4 * 1024 * 1024
"""Bytes asked for at once where a version is read from its beginning to its end."""


class ObjectsLeft(UserWarning):
    """Objects stay in a bucket though what they belonged to was deleted; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A study as a folder of documents."""

    study: str
    title: str
    """The study's name."""
    created: datetime


class Documents:
    """The documents that the caller's user may see. Raises OSErrors whose words are those of the API."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def __repr__(self) -> str:
        return f"<documents at {self._access!r}>"

    def folder(self, study: str) -> Folder:
        """What is told of a study as a folder."""

        async def ask(api: "Api") -> Folder:
            found = await folder(api, study)
            return Folder(study, found.name, found.created_at)

        return self._call(ask, study)

    def entries(self, study: str) -> list[Entry]:
        """All documents of a study at their newest versions, by name."""

        async def ask(api: "Api") -> list[Entry]:
            return [entry async for entry in every(api, study)]

        return self._call(ask, f"{study}/uploads")

    def find(self, path: DocumentPath) -> Entry:
        """A document at the version asked for."""
        return self._call(lambda api: find(api, path), str(path))

    def find_all(self, paths: Sequence[DocumentPath]) -> list[Entry | OSError]:
        """Documents, several at a time. What fails is in the list as its error."""

        def ask(api: "Api") -> Awaitable[list[Entry | OSError]]:
            return several(paths, lambda path: find(api, path), str)

        return self._call(ask, None)

    def versions(self, entry: Entry) -> list[Entry]:
        """All versions of a document, newest first."""

        async def ask(api: "Api") -> list[Entry]:
            return [version async for version in every_version(api, entry)]

        return self._call(ask, entry.path)

    def read(self, piece: Piece) -> bytes:
        """The bytes of a piece of a version."""
        return self._call(lambda api: read(api, piece), piece.entry.path)

    def read_all(self, pieces: Sequence[Piece]) -> list[bytes | OSError]:
        """Pieces of versions, several at a time. What fails is in the list as its error."""

        def ask(api: "Api") -> Awaitable[list[bytes | OSError]]:
            return several(pieces, lambda piece: read(api, piece), lambda piece: piece.entry.path)

        return self._call(ask, None)

    def download(self, entry: Entry, target: Path, progress: Progress | None = None) -> None:
        """Copy a version to a local file, which is there when it is whole. What broke off is resumed the next time."""
        self._call(lambda api: download(api, entry.openable(), target, progress), entry.path)

    def fetch(self, entry: Entry, into: BinaryIO, progress: Progress | None = None) -> None:
        """Write all bytes of a version into an open file."""
        check = Check(entry.openable())
        for start in range(0, entry.size, READ_AHEAD):
            content = self.read(piece_of(entry, start, start + READ_AHEAD))
            check.feed(start, content)
            into.write(content)
            if progress is not None:
                progress(start + len(content), entry.size)

    def destination(self, path: DocumentPath, *, exclusive: bool = False) -> Destination:
        """Where a document can be stored. `exclusive`: `FileExistsError` when there is one of that name."""
        return self._call(lambda api: destination(api, path, exclusive=exclusive), str(path))

    def store(self, where: Destination, file: BinaryIO, progress: Progress | None = None) -> Entry:
        """Store a file's bytes, from its beginning, as a new document or version."""
        return self._call(lambda api: store(api, where, file, progress), str(where.path))

    def rename(self, entry: Entry, name: str) -> None:
        """Give a document another name. `FileExistsError` when the study has one of that name."""
        from dwtui.client.generated.input_types import UpdateFileInput

        self._call(lambda api: api.update_file(entry.document, UpdateFileInput(name=name)), entry.path)

    def delete(self, entry: Entry) -> None:
        """Delete a document with all its versions. `ObjectsLeft` warns of what stays in a bucket."""
        self._deleted(lambda api: api.delete_file(entry.document), entry.path)

    def delete_version(self, entry: Entry) -> None:
        """Delete one version of a document that has others. `ObjectsLeft` warns of what stays in a bucket."""
        self._deleted(lambda api: api.delete_version(entry.version), entry.path)

    def sign(self, entry: Entry) -> str:
        """A URL that gives the version's bytes without a token, once, within a minute."""
        url = self._call(lambda api: api.signed_url(entry.document, entry.version), entry.path).url
        return self.address(url)

    def address(self, path: str) -> str:
        """The whole URL of a path at the API, or of what is one already."""
        if path.startswith(("http://", "https://")):
            return path
        with as_file_errors(path):
            base = parse_address(self._access.url)
        if base.socket is not None:
            raise OSError(errno.ENOTSUP, "The API listens on a Unix socket: no URL leads there", path)
        return base.base + path

    def _deleted(self, delete: "Callable[[Api], Awaitable[DeletionDetails]]", path: str) -> None:
        left = self._call(delete, path).objects_left
        if left:
            told = "; ".join(f"{thing.uri}: {thing.reason}" for thing in left)
            warnings.warn(f"{path} is deleted, but its bytes stay: {told}", ObjectsLeft, stacklevel=4)

    def _call(self, ask: "Callable[[Api], Awaitable[Result]]", path: str | None) -> Result:
        with as_file_errors(path):
            return self._access.call(ask)
