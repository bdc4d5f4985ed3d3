"""How many verifications an organization may run at once: each has threads and connections of its own."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from dwtui.server.errors import LimitExceededError

MOST_AT_ONCE = 20


class Turns:
    """The verifications under way in this process. Not thread-safe: all of it happens on the event loop."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def taken(self, organization_id: str) -> Iterator[None]:
        """Run one verification inside. Raises LimitExceededError where too many are under way."""
        if self._under_way[organization_id] >= MOST_AT_ONCE:
            raise LimitExceededError(
                f"{MOST_AT_ONCE} storages of this organization are being verified at this moment, as many as go at "
                "once. Try again when one of them is finished."
            )
        self._under_way[organization_id] += 1
        try:
            yield
        finally:
            self._under_way[organization_id] -= 1
            if not self._under_way[organization_id]:
                del self._under_way[organization_id]
