"""What is shown instead of everything in a terminal below 60x16."""

from textual.widgets import Static


class TooSmall(Static):
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
    Screen.-too-narrow TooSmall, Screen.-too-short TooSmall { display: block; }
    """

    def __init__(self) -> None:
        super().__init__("terminal too small\n60x16 at least", markup=False)
