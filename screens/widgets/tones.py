"""Tones of text: what a colour means. Words always stand beside them, so nothing is lost without colours."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from dwtui.visible import visible

Tone = Literal["plain", "muted", "strong", "good", "warn", "bad", "key"]

_VARIABLES: Mapping[Tone, str] = {
    "muted": "foreground-muted",
    "good": "text-success",
    "warn": "text-warning",
    "bad": "text-error",
    "key": "accent",
}
"""The theme's variables for the tones that have a colour."""
_ANSI: Mapping[Tone, Style] = {
    "plain": Style.null(),
    "strong": Style(bold=True),
    "muted": Style(dim=True),
    "good": Style(foreground=Color.parse("ansi_green")),
    "warn": Style(foreground=Color.parse("ansi_yellow")),
    "bad": Style(foreground=Color.parse("ansi_red")),
    "key": Style(foreground=Color.parse("ansi_cyan")),
}
"""The same in the terminal's own colours."""


class Cell(NamedTuple):
    """A text with its tone. The text may come from anywhere; it is made visible when it is drawn."""

    text: str
    tone: Tone = "plain"


def tones_of(app: App[Any]) -> Mapping[Tone, Style]:
    """The styles of the tones in the present theme. Style sheets would cost a look-up for each tone and widget."""
    if app.native_ansi_color:
        return _ANSI
    return _coloured(tuple(app.theme_variables[name] for name in _VARIABLES.values()))


@lru_cache(maxsize=16)
def _coloured(colours: tuple[str, ...]) -> Mapping[Tone, Style]:
    named = zip(_VARIABLES, colours, strict=True)
    return {
        "plain": Style.null(),
        "strong": Style(bold=True),
        **{tone: Style(foreground=Color.parse(colour)) for tone, colour in named},
    }


class Toned(Widget):
    """A widget that draws text in tones."""

    def toned(self, *cells: Cell | str) -> Content:
        """One line of content from texts and tones, never read as markup."""
        tones = tones_of(self.app)
        parts = [Cell(cell) if isinstance(cell, str) else cell for cell in cells]
        return Content.assemble(*[(visible(part.text), tones[part.tone]) for part in parts])
