"""A pipe that tells a process that the one who started it has ended, however it ended."""

import os
import threading
from collections.abc import Callable


class Lifeline:
    """The end that the starting process keeps; the other end's number is handed to the started one."""

    def __init__(self) -> None:
        self.reading_end, self._writing_end = os.pipe()

    def handed_over(self) -> None:
        """Forget the other end, once the started process has it."""
        os.close(self.reading_end)

    def cut(self) -> None:
        """Let the started process know that it is over. Cutting twice is no error."""
        if self._writing_end >= 0:
            os.close(self._writing_end)
            self._writing_end = -1


def watch(reading_end: int, cut: Callable[[], None]) -> None:
    """Call `cut`, in a thread of its own, once the lifeline with that end is cut."""

    def wait() -> None:
        while os.read(reading_end, 1):
            pass
        cut()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
