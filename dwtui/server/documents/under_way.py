"""Which uploads this process is receiving: they say that they are alive, so that no other process gives them up."""

from collections.abc import Iterator
from contextlib import contextmanager


class UploadsUnderWay:
    """The ids of the versions that uploads are to be. For one event loop."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    @contextmanager
    def with_one_more(self, version_id: str) -> Iterator[None]:
        """An upload that is under way until the block ends."""
        self._ids.add(version_id)
        try:
            yield
        finally:
            self._ids.discard(version_id)

    def ids(self) -> list[str]:
        """Those under way now."""
        return list(self._ids)
