"""The line that tells how an upload or download stands, on whatever page one is."""

from textual.content import Content

from screens.shell.transfer_words import standing
from screens.shell.transfers import Transfers
from screens.widgets.lines import Clickable
from screens.widgets.tones import Cell

TICK_SECONDS = 0.5


class ProgressLine(Clickable):
    """Name, share, amounts, rate and time left. It repaints itself while something is under way."""

    DEFAULT_CSS = """
    ProgressLine { height: 1; padding: 0 1; background: $surface; }
    """

    def __init__(self, transfers: Transfers) -> None:
        super().__init__()
        self._transfers = transfers
        self._shown = ""

    def on_mount(self) -> None:
        """Look at it now and then."""
        self.set_interval(TICK_SECONDS, self._look)
        self._look()

    def _look(self) -> None:
        text = standing(self._transfers, self.size.width - 2 - len(HINT))
        if text != self._shown:
            self._shown = text
            self.refresh()

    def on_resize(self) -> None:
        """There may be room for more words."""
        self._look()

    def render(self) -> Content:
        self._targets.clear()
        left = self.toned(self._shown)
        room = max(0, self.size.width - left.cell_length - len(HINT))
        line = left + Content(" " * room)
        for key, word, action in KEYS:
            line += self.clickable(
                line.cell_length, self.toned(Cell(f"{key} ", "key"), Cell(word, "muted")), action
            )
            line += "  "
        return line[: len(line) - 2]


KEYS = (("X", "cancel", "app.cancel_transfer"), ("P", "all", "app.show_transfers"))
HINT = "  ".join(f"{key} {word}" for key, word, _ in KEYS)
