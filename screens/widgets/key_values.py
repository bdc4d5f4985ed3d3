"""A panel of names and values, aligned; long values wrap under themselves."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size

from dwtui.visible import visible
from screens.widgets.tones import Cell, Toned, tones_of

Pair = tuple[str, Cell]


class KeyValues(Toned):
    """Names and values. A pair without a name is a line across; one without a value is a heading."""

    ALLOW_SELECT = True

    DEFAULT_CSS = """
    KeyValues { height: auto; width: 1fr; padding: 0 1; }
    """

    def __init__(
        self, pairs: Sequence[Pair] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._pairs = list(pairs)

    @property
    def pairs(self) -> list[Pair]:
        """What is shown."""
        return self._pairs

    def show(self, pairs: Sequence[Pair]) -> None:
        """Show other pairs. Nothing is repainted when they are the same."""
        if list(pairs) != self._pairs:
            self._pairs = list(pairs)
            self.refresh(layout=True)

    def plain(self) -> str:
        """The same as text."""
        widest = max((len(name) for name, _ in self._pairs), default=0)
        lines = [(name, visible(cell.text)) for name, cell in self._pairs]
        return "\n".join(f"{name.ljust(widest)}  {text}".rstrip() if name else text for name, text in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        widest = max((len(name) for name, cell in self._pairs if name and cell.text), default=0)
        return [line for name, cell in self._pairs for line in self._pair(name, cell, widest, max(12, width))]

    def _pair(self, name: str, cell: Cell, widest: int, width: int) -> list[Content]:
        if name and not cell.text:
            return [self.toned(Cell(name, "strong"))]
        indent = widest + 2 if name else 0
        value = Content(visible(cell.text)).stylize(tones_of(self.app)[cell.tone])
        lines = value.wrap(max(8, width - indent))
        label = self.toned(Cell(name.ljust(indent), "muted"))
        return [(label if at == 0 else Content(" " * indent)) + line for at, line in enumerate(lines)] or [
            label
        ]
