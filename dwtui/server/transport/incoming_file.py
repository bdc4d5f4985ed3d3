"""A file that comes with a request: its name, its type, and its bytes while they arrive."""

import re
from collections.abc import AsyncIterator, Callable
from urllib.parse import unquote_to_bytes

from multipart import MultipartSegment

OCTETS = "application/octet-stream"
"""The media type of bytes of which nothing is known."""

_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}")
_EXTENDED_NAME = re.compile(r";\s*filename\*\s*=\s*utf-8'[^']*'([^\s;]+)", re.IGNORECASE)


class IncomingFile:
    """What the scalar `Upload` is to a resolver. Its bytes can be taken once."""

    def __init__(
        self, segment: MultipartSegment, at_most: int | None, blocks: Callable[[], AsyncIterator[bytes]]
    ) -> None:
        """`at_most`: how many bytes can come, where the request told its length."""
        self.file_name = _name_of(segment)
        self.content_type = _type_of(segment)
        self.at_most = at_most
        self._blocks = blocks

    def __repr__(self) -> str:
        return "<IncomingFile>"

    def blocks(self) -> AsyncIterator[bytes]:
        """The bytes as they arrive. Raises ApplicationError when the upload breaks off or stalls."""
        return self._blocks()


def _name_of(segment: MultipartSegment) -> str:
    """The file's name. `filename*` tells any name exactly; `filename` is what browsers send."""
    extended = _EXTENDED_NAME.search(segment.header("Content-Disposition") or "")
    if extended:
        return unquote_to_bytes(extended.group(1)).decode("utf-8", "replace")
    return segment.filename or ""


def _type_of(segment: MultipartSegment) -> str:
    kind = (segment.content_type or "").lower()
    return kind if _MEDIA_TYPE.fullmatch(kind) else OCTETS
