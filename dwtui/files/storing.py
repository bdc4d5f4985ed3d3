"""Storing documents through the API: a new one in two steps, or a new version of one that is there."""

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from dwtui.client.errors import ApiError, Conflict, NotFound
from dwtui.files.entries import Entry, entry_of
from dwtui.files.finding import looked_up
from dwtui.files.paths import DocumentPath

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.outgoing import OutgoingFile, Progress


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a document is to be stored."""

    path: DocumentPath
    exclusive: bool
    """Whether it has to be a new one."""
    existing: Entry | None
    """The document of that name, which gets a new version; None: there is none."""


async def destination(api: "Api", path: DocumentPath, *, exclusive: bool) -> Destination:
    """Where a document can be stored; an OSError when the viewer may not, or when it is there and must not be."""
    if not path.name or path.version is not None:
        raise OSError(
            errno.EINVAL,
            "Documents are written by their name, SD_…/uploads/name; versions never change",
            str(path),
        )
    study, existing = await looked_up(api, path)
    if "UPLOAD_DOCUMENTS" not in study.viewer_may:
        raise PermissionError(
            errno.EACCES,
            f"You may not upload documents to {study.name!r}. Ask its administrators to make you a member",
            str(path),
        )
    if exclusive and existing is not None:
        raise _already_there(path)
    return Destination(path, exclusive, existing)


async def store(api: "Api", where: Destination, file: BinaryIO, progress: "Progress | None") -> Entry:
    """Upload a file from its beginning. What somebody else did to the name meanwhile is taken into account."""
    if not file.seek(0, os.SEEK_END):
        raise OSError(errno.EINVAL, "It is empty, and empty documents are not kept", str(where.path))
    existing = where.existing
    if existing is not None:
        try:
            return await _add_version(api, where.path, existing, file, progress)
        except NotFound:  # it was deleted, or never ours to see: then it becomes a new one, or fails again
            pass
    try:
        return await _make_document(api, where.path, file, progress)
    except Conflict as error:
        if where.exclusive:
            raise _already_there(where.path) from error
        _, existing = await looked_up(api, where.path)
        if existing is None:
            raise
        return await _add_version(api, where.path, existing, file, progress)


async def _add_version(
    api: "Api", path: DocumentPath, existing: Entry, file: BinaryIO, progress: "Progress | None"
) -> Entry:
    version = await api.create_version(_outgoing(path, file, progress), file_id=existing.document)
    return entry_of(path.study, existing.name, existing.document, existing.created, version)


async def _make_document(
    api: "Api", path: DocumentPath, file: BinaryIO, progress: "Progress | None"
) -> Entry:
    from dwtui.client.generated.input_types import CreateFileInput

    version = await api.create_version(_outgoing(path, file, progress), study=path.study)
    try:
        document = await api.create_file(CreateFileInput(version=version.id, name=path.name))
    except ApiError:
        with suppress(ApiError):  # otherwise the API removes it after a day
            await api.delete_version(version.id)
        raise
    return entry_of(path.study, document.name, document.id, document.created_at, document.latest)


def _outgoing(path: DocumentPath, file: BinaryIO, progress: "Progress | None") -> "OutgoingFile":
    from dwtui.client.outgoing import OutgoingFile

    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return OutgoingFile(path.name, file, size=size, progress=progress)


def _already_there(path: DocumentPath) -> FileExistsError:
    return FileExistsError(errno.EEXIST, f"The study has a document of that name: {path.name!r}", str(path))
