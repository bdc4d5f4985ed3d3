"""Where the bytes of a version are put: the name of its file, made fit for a key, below the study's folder."""

import unicodedata

from dwtui.server.documents.rows import KEY_LENGTH
from dwtui.server.s3.location import DOCUMENTS_FOLDER, Location

_LONGEST_EXTENSION = 32
_JOINING = "\u200c\u200d\ufe0e\ufe0f"
"""Characters that mean nothing at the end of a name: they join with, or change, one that was cut off."""


def key_of(location: Location, study_id: str, version_id: str, file_name: str) -> str:
    """The key of a version relative to the storage's prefix: `dewrangle/studies/SD_…/uploads/FV_…_<file name>`.

    The name is cut, but for its extension, where the whole key would be longer than S3 takes (1,024 bytes).
    """
    head = f"{DOCUMENTS_FOLDER}/studies/{study_id}/uploads/{version_id}_"
    room = KEY_LENGTH - len(location.key(head).encode())
    return head + _fitted(unicodedata.normalize("NFC", file_name), room)


def _fitted(name: str, room: int) -> str:
    """The name within that many bytes, with its extension."""
    if len(name.encode()) <= room:
        return name
    stem, dot, extension = name.rpartition(".")
    tail = f".{extension}" if dot and stem and len(extension) <= _LONGEST_EXTENSION else ""
    if not tail or len(tail.encode()) >= room:
        return _cut(name, room)
    return _cut(stem, room - len(tail.encode())) + tail


def _cut(text: str, room: int) -> str:
    """The beginning of a text, no more than that many bytes, ending with a whole character."""
    kept = text.encode()[:room].decode(errors="ignore")
    base = len(kept)
    while base and (kept[base - 1] in _JOINING or _continues(text, base)):
        base -= 1
    return kept[: base or len(kept)]


def _continues(text: str, at: int) -> bool:
    """Whether the character at that place belongs to the one before it."""
    return at < len(text) and (bool(unicodedata.combining(text[at])) or text[at] in _JOINING)
