"""`dwtui` in a terminal of its own, with somebody who reads and types."""

import sys
from collections.abc import Mapping

from tests.support import terminal


class Terminal(terminal.Terminal):
    """`dwtui` with its arguments; what is waited for is what came since something was typed."""

    def __init__(self, *arguments: str, environment: Mapping[str, str], columns: int = 80) -> None:
        command = [sys.executable, "-m", "dwtui", *arguments]
        super().__init__(command, environment=environment, columns=columns)

    def wait_for(self, text: str, seconds: float = 30) -> None:  # type: ignore[override]
        self.wait_until_shown(text, seconds)

    @property
    def raw(self) -> bytes:
        """Every byte that came."""
        return bytes(self.bytes)

    def send(self, text: str) -> None:
        """Type something, and forget what was shown before."""
        self.type(text)
