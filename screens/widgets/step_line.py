"""The line of steps: where in a flow one is, and what is still to come."""

from collections.abc import Sequence

from textual.content import Content

from screens.widgets.tones import Cell, Toned


class StepLine(Toned):
    """Steps with their numbers; those that lie behind are ticked off."""

    DEFAULT_CSS = """
    StepLine { height: 2; padding: 0 1; }
    """

    def __init__(self, steps: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._steps = list(steps)
        self._current = 0

    def show(self, current: int) -> None:
        """Mark another step as the present one, counted from 0."""
        if current != self._current:
            self._current = current
            self.refresh()

    def render(self) -> Content:
        parts: list[Content] = []
        for at, name in enumerate(self._steps):
            if at < self._current:
                parts.append(self.toned(Cell("✓ ", "good"), Cell(name, "muted")))
            elif at == self._current:
                parts.append(self.toned(Cell(f"{at + 1} ", "key"), Cell(name, "strong")))
            else:
                parts.append(self.toned(Cell(f"{at + 1} {name}", "muted")))
        return self.toned(Cell("  ·  ", "muted")).join(parts)
