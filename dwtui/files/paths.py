"""Paths of documents: `SD_…/uploads/name`, and `SD_…/uploads/name@FV_…` for one version of it."""

import errno
import re
from dataclasses import dataclass

FOLDER = "uploads"
"""The one folder of a study."""
_ID = "[0-9A-HJKMNP-TV-Z]{8}"
_STUDY = re.compile(f"SD_{_ID}")
_VERSION = re.compile(f"(?P<name>.+)@(?P<version>FV_{_ID})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DocumentPath:
    """Where a document is asked for; without a name it is the study, or its folder."""

    study: str
    folder: bool = False
    """Whether the folder of the study's documents is meant, or something in it."""
    name: str = ""
    version: str | None = None
    """The version asked for; None: the newest."""

    def __str__(self) -> str:
        if not self.folder:
            return self.study
        at = f"@{self.version}" if self.version else ""
        return f"{self.study}/{FOLDER}/{self.name}{at}" if self.name else f"{self.study}/{FOLDER}"


def parse_path(text: str) -> DocumentPath:
    """Read a path without its protocol. FileNotFoundError where nothing can be."""
    study, _, rest = text.strip("/").partition("/")
    folder, _, name = rest.partition("/")
    if not is_study(study):
        raise FileNotFoundError(
            errno.ENOENT, "A path begins with the id of a study: SD_…/uploads/name", text or "/"
        )
    if not rest:
        return DocumentPath(study)
    if folder != FOLDER:
        raise FileNotFoundError(errno.ENOENT, f"A study has one folder, {FOLDER!r}", text)
    if "/" in name:
        raise FileNotFoundError(errno.ENOENT, f"There are no folders below {study}/{FOLDER}", text)
    versioned = _VERSION.fullmatch(name)
    if versioned:
        return DocumentPath(study, True, versioned["name"], versioned["version"])
    return DocumentPath(study, True, name)


def is_study(text: str) -> bool:
    """Whether a text is the id of a study."""
    return _STUDY.fullmatch(text) is not None


def document_path(study: str, name: str) -> DocumentPath:
    """The path of a document's newest version."""
    return DocumentPath(study, True, name)
