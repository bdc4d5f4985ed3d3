"""How far the building of the world is."""

from collections.abc import Callable

from dwtui.demo.messages import Message, Progress


class Steps:
    """Counts the steps, and tells of each as it begins."""

    def __init__(self, total: int, tell: Callable[[Message], None]) -> None:
        self._done, self._total, self._tell = 0, total, tell

    def next(self, text: str) -> None:
        """Begin the next step."""
        self._tell(Progress(self._done, self._total, text))
        self._done += 1
