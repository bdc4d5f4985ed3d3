"""Tones of text: what a colour means. Words always stand beside them, so nothing is lost without colours."""

from typing import ClassVar, Literal, NamedTuple

from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from dwtui.visible import visible

Tone = Literal["plain", "muted", "strong", "good", "warn", "bad", "key"]


class Cell(NamedTuple):
    """A text with its tone. The text may come from anywhere; it is made visible when it is drawn."""

    text: str
    tone: Tone = "plain"


class Toned(Widget):
    """A widget that draws text in tones. The colours of the tones are set in the style sheet of the theme."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tone--muted",
        "tone--strong",
        "tone--good",
        "tone--warn",
        "tone--bad",
        "tone--key",
    }

    DEFAULT_CSS = """
    Toned {
        & > .tone--muted { color: $foreground-muted; }
        & > .tone--strong { text-style: bold; }
        & > .tone--good { color: $text-success; }
        & > .tone--warn { color: $text-warning; }
        & > .tone--bad { color: $text-error; }
        & > .tone--key { color: $accent; }
        &:ansi > .tone--muted { color: ansi_default; text-style: dim; }
        &:ansi > .tone--good { color: ansi_green; }
        &:ansi > .tone--warn { color: ansi_yellow; }
        &:ansi > .tone--bad { color: ansi_red; }
        &:ansi > .tone--key { color: ansi_cyan; }
    }
    """

    def tone_style(self, tone: Tone) -> Style:
        """The style of a tone, without a background."""
        return Style.null() if tone == "plain" else self.get_visual_style(f"tone--{tone}", partial=True)

    def tone_rich_style(self, tone: Tone) -> RichStyle:
        """The same for a line drawn from segments."""
        return (
            RichStyle.null()
            if tone == "plain"
            else self.get_component_rich_style(f"tone--{tone}", partial=True)
        )

    def toned(self, *cells: Cell | str) -> Content:
        """One line of content from texts and tones, never read as markup."""
        parts = [Cell(cell) if isinstance(cell, str) else cell for cell in cells]
        return Content.assemble(*[(visible(part.text), self.tone_style(part.tone)) for part in parts])
