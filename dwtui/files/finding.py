"""Finding documents through the API."""

import errno
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from dwtui.files.entries import Entry, entry_of
from dwtui.files.paths import DocumentPath

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.document_files import DocumentFilesStudy
    from dwtui.client.generated.study_folder import StudyFolderStudy

PAGE = 200


async def folder(api: "Api", study: str) -> "StudyFolderStudy":
    """What is told of a study. `PermissionError` when the viewer may not read its documents."""
    found = await api.study_folder(study)
    if found.document_count is None:
        raise PermissionError(
            errno.EACCES,
            f"You may not read the documents of {found.name!r}. Ask its administrators to make you a member",
            study,
        )
    return found


async def every(api: "Api", study: str) -> AsyncIterator[Entry]:
    """All documents of a study, by name."""
    after: str | None = None
    while True:
        found = await api.document_files(study, first=PAGE, after=after)
        if not found.documents.edges:
            await folder(api, study)
        for edge in found.documents.edges:
            document = edge.node
            yield entry_of(study, document.name, document.id, document.created_at, document.latest)
        if not found.documents.page_info.has_next_page:
            return
        after = found.documents.page_info.end_cursor


async def every_version(api: "Api", entry: Entry) -> AsyncIterator[Entry]:
    """All versions of a document, newest first."""
    after: str | None = None
    while True:
        found = (await api.document_versions(entry.document, first=PAGE, after=after)).versions
        for edge in found.edges:
            yield entry_of(entry.study, entry.name, entry.document, entry.created, edge.node)
        if not found.page_info.has_next_page:
            return
        after = found.page_info.end_cursor


async def find(api: "Api", path: DocumentPath) -> Entry:
    """The document at a path, at the version it asks for."""
    _, entry = await looked_up(api, path)
    if entry is None:
        raise FileNotFoundError(
            errno.ENOENT, f"The study has no document of that name: {path.name!r}", str(path)
        )
    if path.version is None or path.version == entry.version:
        return entry
    version = await api.version_file(path.version)
    if version.document is None or version.document.id != entry.document:
        raise FileNotFoundError(errno.ENOENT, f"The document has no version {path.version}", str(path))
    return entry_of(entry.study, entry.name, entry.document, entry.created, version)


async def looked_up(api: "Api", path: DocumentPath) -> "tuple[DocumentFilesStudy, Entry | None]":
    """The study of a path, and the document of that name at its newest version; None: there is none."""
    study = await api.document_files(path.study, first=1, name=path.name)
    for edge in study.documents.edges:
        document = edge.node
        return study, entry_of(path.study, document.name, document.id, document.created_at, document.latest)
    await folder(api, path.study)
    return study, None
