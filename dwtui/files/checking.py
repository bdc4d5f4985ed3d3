"""Whether the bytes that were read are those that were uploaded."""

import errno
import hashlib

from dwtui.files.entries import Entry


class Check:
    """Sees the pieces that are read, and compares their SHA-256 once all have come in order."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._hash = hashlib.sha256() if entry.sha256 else None
        self._position = 0

    def feed(self, start: int, piece: bytes) -> None:
        """A piece has come. `OSError` when it was the last and the whole is not what was uploaded."""
        if self._hash is None or start != self._position:
            self._hash = None  # pieces out of order: only the API can tell, for the whole
            return
        self._hash.update(piece)
        self._position += len(piece)
        if self._position == self._entry.size and self._hash.hexdigest() != self._entry.sha256:
            raise OSError(
                errno.EIO,
                "The bytes are not those that were uploaded: their SHA-256 differs. Tell the API's operator",
                self._entry.path,
            )
