"""A choice among more than fit beside one another: the chosen one is shown, the others follow."""

from textual.content import Content
from textual.style import Style

from screens.widgets.choice import Choice
from screens.widgets.tones import Cell


class OneOf(Choice):
    """One of some values, named one at a time. Left, right and space choose; enter is passed on."""

    def render(self) -> Content:
        values = [value for value, _ in self._options]
        at = values.index(self.value)
        name = self.toned(Cell(f"‹ {self._options[at][1]} ›", "key"))
        if self.has_focus:
            name = name.stylize(Style(reverse=True))
        return name + self.toned(Cell(f"   {at + 1} of {len(values)}, ← → choose", "muted"))
