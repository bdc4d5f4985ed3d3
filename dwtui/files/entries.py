"""What is told of a document at one of its versions."""

import errno
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dwtui.files.errors import StrandedDocument
from dwtui.files.paths import FOLDER


class VersionFacts(Protocol):
    """What the API tells of a version, in whichever answer."""

    id: str
    size: int
    sha_256: str | None
    content_type: str
    created_at: datetime
    storage_name: str
    obstacle: str | None
    download_path: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document at one version. The bytes of a version never change."""

    study: str
    name: str
    document: str
    """The document's id."""
    version: str
    """The version's id."""
    size: int
    sha256: str | None
    """64 hexadecimal digits; None for an adopted file that was never read."""
    content_type: str
    created: datetime
    """When the document was made."""
    modified: datetime
    """When the version was uploaded."""
    storage: str
    """The name of the storage it lies in, or lay in."""
    obstacle: str | None
    """What keeps it from being opened, and what would bring it back; None: it is at hand."""
    download_path: str

    @property
    def path(self) -> str:
        """The path of the document's newest version."""
        return f"{self.study}/{FOLDER}/{self.name}"

    def obstruction(self) -> StrandedDocument | None:
        """The error that says where the bytes lie; None when they can be read."""
        if self.obstacle is None:
            return None
        return StrandedDocument(errno.ENODATA, self.obstacle, self.path)

    def openable(self) -> "Entry":
        """This entry. Raises `StrandedDocument` when its bytes can not be read."""
        if error := self.obstruction():
            raise error
        return self


def entry_of(study: str, name: str, document: str, created: datetime, version: VersionFacts) -> Entry:
    """An entry made of what the API answered."""
    return Entry(
        study=study,
        name=name,
        document=document,
        version=version.id,
        size=version.size,
        sha256=version.sha_256,
        content_type=version.content_type,
        created=created,
        modified=version.created_at,
        storage=version.storage_name,
        obstacle=version.obstacle,
        download_path=version.download_path
        or f"/download/study/{study}/file/{document}/version/{version.id}",
    )
