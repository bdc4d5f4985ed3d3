"""A Django storage that keeps files as documents of a study: `"BACKEND": "dwtui.files.django.DewrangleStorage"`."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any, Literal, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils import timezone

from dwtui.files.access import Access
from dwtui.files.documents import Documents
from dwtui.files.entries import Entry
from dwtui.files.paths import document_path, is_study
from dwtui.files.reading import open_reader
from dwtui.files.writing import DocumentWriter


class DewrangleStorage(Storage):
    """Files as documents of one study. A name is a document's name: a study has no folders.

    Migrations name the storage of a field; the token is left out there. What is not given is found as the command
    line finds it: `DWTUI_URL` and `DWTUI_TOKEN`, then the profiles of `dwtui login`.
    """

    def __init__(
        self,
        study: str,
        url: str | None = None,
        token: str | None = None,
        profile: str | None = None,
        overwrite: Literal["version"] | None = None,
        links: Literal["signed", "download"] = "signed",
    ) -> None:
        """`overwrite="version"`: a name that is taken gets a new version; otherwise a fresh name is made up.

        `links`: what `url` gives. `signed` needs no token and works once, within a minute; `download` stays and
        needs one.
        """
        if not is_study(study):
            raise ImproperlyConfigured("DewrangleStorage needs the id of a study: study='SD_…'.")
        if overwrite not in (None, "version"):
            raise ImproperlyConfigured("overwrite of DewrangleStorage is 'version' or left out.")
        if links not in ("signed", "download"):
            raise ImproperlyConfigured("links of DewrangleStorage is 'signed' or 'download'.")
        self._study, self._overwrite, self._links = study, overwrite, links
        self._settings = {"url": url, "profile": profile}
        self._access = Access(url, token, profile)
        self._documents = Documents(self._access)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._study} at {self._access!r}>"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How migrations write it: without the token."""
        said: dict[str, Any] = {
            "study": self._study,
            **self._settings,
            "overwrite": self._overwrite,
            "links": None if self._links == "signed" else self._links,
        }
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        return path, [], {name: value for name, value in said.items() if value is not None}

    def exists(self, name: str) -> bool:
        """Whether the study has a document of that name. Fails when that can not be known."""
        try:
            self._find(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        """The bytes of its newest version."""
        return self._find(name).size

    def delete(self, name: str) -> None:
        """Delete the document with all its versions; nothing where there is none."""
        if not name:
            raise ValueError("The name must be given to delete().")
        try:
            self._documents.delete(self._find(name))
        except FileNotFoundError:
            return

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """No folders, and the names of the study's documents."""
        if path.strip("./"):
            raise FileNotFoundError(f"A study has no folders: {path!r}")
        return [], [entry.name for entry in self._documents.entries(self._study)]

    def url(self, name: str | None) -> str:
        """Where the bytes of its newest version can be had, as `links` says."""
        if not name:
            raise ValueError("This file has no name, so it has no URL.")
        entry = self._find(name)
        if self._links == "signed":
            return self._documents.sign(entry)
        return self._documents.address(f"/download/study/{self._study}/file/{entry.document}")

    def get_created_time(self, name: str) -> datetime:
        """When the document was made."""
        return _as_settings_want(self._find(name).created)

    def get_modified_time(self, name: str) -> datetime:
        """When its newest version was uploaded."""
        return _as_settings_want(self._find(name).modified)

    def is_name_available(self, name: str, max_length: int | None = None) -> bool:
        """Whether a file can be saved under a name."""
        if self._overwrite:
            return not (max_length and len(name) > max_length)
        return super().is_name_available(name, max_length=max_length)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        kind = mode.replace("b", "").replace("t", "")
        stream: io.BufferedIOBase
        if kind == "r":
            stream = open_reader(self._documents, self._find(name))
        elif kind in ("w", "x"):
            stream = self._writer(name, exclusive=kind == "x")
        else:
            raise ValueError(f"A document is read or written as a whole, not {mode!r}.")
        # Django's types know files by another name than Python's.
        return File(
            cast(IO[Any], stream if "b" in mode else io.TextIOWrapper(stream, encoding="utf-8")), name
        )

    def _save(self, name: str, content: "File[Any]") -> str:
        while True:
            try:
                with self._writer(name, exclusive=not self._overwrite) as writer:
                    for chunk in _pieces(content):
                        writer.write(chunk)
            except FileExistsError:
                # Somebody else took the name between the look and the upload.
                name = self.get_available_name(name)
            else:
                return writer.entry.name if writer.entry else name

    def _writer(self, name: str, *, exclusive: bool) -> DocumentWriter:
        if "/" in name:
            raise SuspiciousFileOperation(
                f"{name!r} has a folder in it, and a study has none. Leave `upload_to` of the field empty."
            )
        where = self._documents.destination(document_path(self._study, name), exclusive=exclusive)
        return DocumentWriter(self._documents, where)

    def _find(self, name: str) -> Entry:
        return self._documents.find(document_path(self._study, name))


def _pieces(content: "File[Any]") -> Iterable[bytes]:
    for piece in content.chunks():
        yield piece.encode() if isinstance(piece, str) else piece


def _as_settings_want(moment: datetime) -> datetime:
    return moment if settings.USE_TZ else timezone.make_naive(moment)
