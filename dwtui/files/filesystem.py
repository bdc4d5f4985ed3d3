"""`dewrangle://SD_…/uploads/name` for fsspec, and so for pandas, dask and everybody who opens files through it."""

import errno
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from glob import has_magic
from pathlib import Path
from typing import Any, BinaryIO

from fsspec.callbacks import DEFAULT_CALLBACK, Callback
from fsspec.spec import AbstractFileSystem
from fsspec.utils import isfilelike

from dwtui.client.outgoing import Progress
from dwtui.files.access import Access
from dwtui.files.buffered_file import DocumentFile, told_of
from dwtui.files.checking import Check
from dwtui.files.documents import Documents
from dwtui.files.entries import Entry
from dwtui.files.paths import FOLDER, DocumentPath, parse_path
from dwtui.files.receiving import Piece, piece_of
from dwtui.files.writing import DocumentWriter


class DewrangleFileSystem(AbstractFileSystem):  # type: ignore[misc]
    """The documents of studies as files: `SD_…/uploads/name`, `…/name@FV_…` for one version of it.

    What is not given is found as the command line finds it: `DWTUI_URL` and `DWTUI_TOKEN`, then the profiles of
    `dwtui login`. The token given stays in this process: pickles and JSON leave it out unless `share_token` is set,
    and who reads them finds a token of its own.
    """

    protocol = "dewrangle"

    def __init__(
        self,
        *,
        url: str | None = None,
        token: str | None = None,
        profile: str | None = None,
        share_token: bool = False,
        **others: Any,
    ) -> None:
        """`profile`: the name of one that `dwtui login` made."""
        super().__init__(**others)
        self._share_token = share_token
        self._access = Access(url, token, profile)
        self.documents = Documents(self._access)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._access!r}>"

    @property
    def storage_options(self) -> dict[str, Any]:
        """What it was made with, but for a token that is not to be shared."""
        return dict(self._options)

    @storage_options.setter
    def storage_options(self, given: dict[str, Any]) -> None:
        self._options = {name: value for name, value in given.items() if name != "token" or self._share_token}

    def to_dict(self, *, include_password: bool = True) -> dict[str, Any]:
        """As JSON keeps it; without `include_password` never with a token."""
        made: dict[str, Any] = super().to_dict(include_password=include_password)
        if not include_password:
            made.pop("token", None)
        return made

    # What there is

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """A document at its newest version or the one named, or the folder of a study."""
        parsed = parse_path(self._strip_protocol(path))
        if not parsed.name:
            folder = self.documents.folder(parsed.study)
            return {
                "name": str(parsed),
                "type": "directory",
                "size": 0,
                "title": folder.title,
                "created": folder.created,
            }
        return told_of(self.documents.find(parsed), str(parsed))

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """The documents of `SD_…/uploads`; of `SD_…` its one folder."""
        parsed = parse_path(self._strip_protocol(path))
        if parsed.name:
            told = [self.info(path)]
        elif parsed.folder:
            told = [told_of(entry, entry.path) for entry in self.documents.entries(parsed.study)]
        else:
            told = [self.info(f"{parsed.study}/{FOLDER}")]
        return told if detail else [one["name"] for one in told]

    def versions(self, path: str) -> list[dict[str, Any]]:
        """All versions of a document, newest first, each under the path that opens it."""
        entry = self.documents.find(self._document(path))
        return [told_of(one, f"{one.path}@{one.version}") for one in self.documents.versions(entry)]

    def exists(self, path: str, **_: Any) -> bool:
        """Whether there is such a document or folder. Fails when that can not be known."""
        try:
            self.info(path)
        except FileNotFoundError:
            return False
        return True

    def isdir(self, path: str) -> bool:
        """Whether it is the folder of a study. Fails when that can not be known."""
        return not self._names_document(path) and self.exists(path)

    def isfile(self, path: str) -> bool:
        """Whether it is a document. Fails when that can not be known."""
        return self._names_document(path) and self.exists(path)

    def walk(
        self,
        path: str,
        maxdepth: int | None = None,
        topdown: bool = True,
        on_error: Any = None,
        **others: Any,
    ) -> Iterator[Any]:
        """As fsspec's, but only what is not there is passed over, not what could not be asked."""
        walking: Iterator[Any] = super().walk(
            path, maxdepth, topdown, on_error or _raise_unless_missing, **others
        )
        return walking

    def created(self, path: str) -> datetime:
        """When the document was made."""
        return self._find(path).created

    def modified(self, path: str) -> datetime:
        """When the version was uploaded."""
        return self._find(path).modified

    def checksum(self, path: str) -> str:
        """The SHA-256 of the bytes, or the version's id for an adopted file that was never read."""
        entry = self._find(path)
        return entry.sha256 or entry.version

    def ukey(self, path: str) -> str:
        """As `checksum`: it changes when the bytes do."""
        return self.checksum(path)

    def sign(self, path: str, expiration: int = 60, **_: Any) -> str:
        """A URL that gives the bytes without a token, once. The API lets it work for a minute, whatever is asked."""
        return self.documents.sign(self._find(path))

    # Reading

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: Any) -> bytes:
        """The bytes of a document, or of a slice of it."""
        entry = self._find(path).openable()
        piece = piece_of(entry, start, end)
        content = self.documents.read(piece)
        Check(entry).feed(piece.start, content)
        return content

    def cat_ranges(
        self,
        paths: list[str],
        starts: Any,
        ends: Any,
        max_gap: int | None = None,
        on_error: str = "return",
        **_: Any,
    ) -> list[Any]:
        """Slices of documents, several at a time; with `on_error="return"` errors are in the list."""
        if max_gap is not None:
            raise NotImplementedError("max_gap")
        starts = starts if isinstance(starts, list) else [starts] * len(paths)
        ends = ends if isinstance(ends, list) else [ends] * len(paths)
        if not len(starts) == len(ends) == len(paths):
            raise ValueError("paths, starts and ends have different lengths")
        found = self._find_all(paths)
        pieces = [
            piece_of(entry, start, end) if isinstance(entry := found[path], Entry) else entry
            for path, start, end in zip(paths, starts, ends, strict=True)
        ]
        contents = iter(self.documents.read_all([piece for piece in pieces if isinstance(piece, Piece)]))
        told = [next(contents) if isinstance(piece, Piece) else piece for piece in pieces]
        for one in told:
            if isinstance(one, OSError) and on_error != "return":
                raise one
        return told

    def get_file(
        self,
        rpath: str,
        lpath: Any = None,
        callback: Callback = DEFAULT_CALLBACK,
        outfile: BinaryIO | None = None,
        **_: Any,
    ) -> None:
        """Copy a document to a local file, which is there when it is whole."""
        into = outfile or (lpath if isfilelike(lpath) else None)
        if into is None and not self._names_document(rpath):
            Path(lpath).mkdir(parents=True, exist_ok=True)
            return
        entry = self._find(rpath).openable()
        callback.set_size(entry.size)
        if into is not None:
            self.documents.fetch(entry, into, _tells(callback))
            return
        local = Path(lpath)
        local.parent.mkdir(parents=True, exist_ok=True)
        self.documents.download(entry, local, _tells(callback))

    def _open(
        self,
        path: str,
        mode: str = "rb",
        block_size: int | None = None,
        autocommit: bool = True,
        cache_options: dict[str, Any] | None = None,
        **others: Any,
    ) -> "DocumentFile | DocumentWriter":
        if mode == "rb":
            entry = self._find(path).openable()
            return DocumentFile(self, path, entry, block_size, cache_options=cache_options, **others)
        if mode in ("wb", "xb"):
            where = self.documents.destination(self._document(path), exclusive=mode == "xb")
            return DocumentWriter(self.documents, where, commit_at_close=autocommit)
        raise OSError(
            errno.ENOTSUP, f"A document is read (rb) or written (wb, xb) as a whole, not {mode!r}", path
        )

    # Writing

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **others: Any) -> None:
        """Store bytes as a document; with `mode="create"` it has to be a new one."""
        with self.open(path, "xb" if mode == "create" else "wb", **others) as file:
            file.write(value)

    def put_file(
        self,
        lpath: Any,
        rpath: str,
        callback: Callback = DEFAULT_CALLBACK,
        mode: str = "overwrite",
        **_: Any,
    ) -> None:
        """Store a local file as a document; with `mode="create"` it has to be a new one."""
        local = Path(lpath)
        if local.is_dir():
            self.makedirs(rpath, exist_ok=True)
            return
        where = self.documents.destination(self._document(rpath), exclusive=mode == "create")
        with local.open("rb") as file:
            callback.set_size(os.fstat(file.fileno()).st_size)
            self.documents.store(where, file, _tells(callback))

    def cp_file(self, path1: str, path2: str, **_: Any) -> None:
        """Copy a document's newest version, or the one named, by way of this machine."""
        with self.open(path1, "rb") as source, self.open(path2, "wb") as copy:
            shutil.copyfileobj(source, copy, self.blocksize)

    def mv(self, path1: str, path2: str, *_: Any, **__: Any) -> None:
        """Give a document another name in its study. It is the same one afterwards, with all its versions."""
        source, aim = self._document(path1), self._document(path2)
        if source.study != aim.study or source.version or aim.version:
            raise OSError(
                errno.EXDEV, "Documents move within their study only. Copy it, then delete it", path1
            )
        self.documents.rename(self.documents.find(source), aim.name)

    def expand_path(
        self, path: str | list[str], recursive: bool = False, maxdepth: int | None = None, **others: Any
    ) -> list[str]:
        """As fsspec's, but what is the name of a document stands for that one alone, even with `*` or `[` in it."""
        paths = [path] if isinstance(path, str) else list(path)
        named = [one for one in paths if has_magic(one) and self.isfile(one)]
        patterns = [one for one in paths if one not in named]
        found = {self._strip_protocol(one) for one in named}
        if patterns or not named:
            found |= set(super().expand_path(patterns, recursive, maxdepth, **others))
        return sorted(found)

    def rm(self, path: str | list[str], recursive: bool = False, maxdepth: int | None = None) -> None:
        """Delete documents with all their versions; with `recursive` all of a folder. The folder itself stays."""
        for one in self.expand_path(path, recursive=recursive, maxdepth=maxdepth):
            if not recursive or parse_path(one).name:
                self.rm_file(one)

    def rm_file(self, path: str) -> None:
        """Delete a document with all its versions, or the version named where it is not the last."""
        parsed = self._document(path)
        entry = self.documents.find(parsed)
        if parsed.version:
            self.documents.delete_version(entry)
        else:
            self.documents.delete(entry)

    def mkdir(self, path: str, create_parents: bool = True, **_: Any) -> None:
        """Nothing for the folder that a study has; it can have no others."""
        if parse_path(self._strip_protocol(path)).name:
            raise OSError(errno.ENOTSUP, f"A study has the one folder {FOLDER!r}, and none below it", path)

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """As `mkdir`."""
        self.mkdir(path)

    def rmdir(self, path: str) -> None:
        """Refused: a study keeps its folder."""
        raise OSError(errno.ENOTSUP, "A study keeps its folder", path)

    def _document(self, path: str) -> DocumentPath:
        parsed = parse_path(self._strip_protocol(path))
        if not parsed.name:
            raise IsADirectoryError(errno.EISDIR, "It is a folder; name a document in it", str(parsed))
        return parsed

    def _find(self, path: str) -> Entry:
        return self.documents.find(self._document(path))

    def _find_all(self, paths: list[str]) -> dict[str, Entry | OSError]:
        """What can be read at these paths; an error where nothing can."""
        found: dict[str, Entry | OSError] = {}
        asked: dict[str, DocumentPath] = {}
        for path in paths:
            try:
                asked[path] = self._document(path)
            except OSError as error:
                found[path] = error
        for path, one in zip(asked, self.documents.find_all(list(asked.values())), strict=True):
            found[path] = one.obstruction() or one if isinstance(one, Entry) else one
        return found

    def _names_document(self, path: str) -> bool:
        try:
            return bool(parse_path(self._strip_protocol(path)).name)
        except FileNotFoundError:
            return False


def _raise_unless_missing(error: Exception) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _tells(callback: Callback) -> Progress:
    """What moves bytes tells so, for what fsspec shows."""
    return lambda moved, _: callback.absolute_update(moved)
