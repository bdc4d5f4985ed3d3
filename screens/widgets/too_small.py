"""What is shown instead of everything in a terminal below 60x16."""

from textual.content import Content
from textual.widget import Widget


class TooSmall(Widget):
    """Covers the page while the terminal is too small for it. Its breakpoints are the application's."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    TooSmall {
        display: none;
        layer: above;
        width: 100%;
        height: 100%;
        content-align: center middle;
        background: $background;
    }
    """

    def render(self) -> Content:
        return Content("terminal too small\n60x16 at least")
