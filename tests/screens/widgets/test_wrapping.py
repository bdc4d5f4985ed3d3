"""Long texts wrap below where they begin, whatever they are made of."""

from textual.app import App, ComposeResult

from screens.widgets.key_values import KeyValues
from screens.widgets.text_pane import TextPane
from screens.widgets.tones import Cell

ARN = "arn:aws:iam::123456789012:user/" + "a-long-path/" * 6


class Shown(App[None]):
    """Values and prose, in a narrow terminal."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"foreground-muted": "#888888"}

    def compose(self) -> ComposeResult:
        yield KeyValues([("ARN", Cell(ARN)), ("account", Cell("123456789012"))])
        yield TextPane(f"9. Open the console and choose\n10. Paste {ARN} there", wraps=True)


async def test_values_and_steps_hang_below_their_beginning() -> None:
    app = Shown()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        lines = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
    shown = [line for line in lines if line.strip()]
    values, steps = shown[:5], shown[5:]
    assert [line[:10] for line in values] == [" ARN      ", *[" " * 10] * 3, " account  "]
    assert "".join(line[10:] for line in values[:4]) == ARN
    assert steps[0] == "9. Open the console and choose"
    assert steps[1] == "10. Paste"
    assert all(line.startswith("    ") and line[4] != " " for line in steps[2:])
