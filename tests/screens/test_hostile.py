"""Names that would steer the terminal, break the markup or mislead the eye are shown as they are."""

from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as texts

from dwtui.client.errors import ServerFailed
from screens.widgets.table.columns import fitted
from screens.widgets.tones import Cell, Toned
from tests.screens.fake_api import FakeApi
from tests.screens.program import running
from tests.screens.sample import storage

HOSTILE = {
    "data[/]": "data[/]",
    "[bold]x[/]": "[bold]x[/]",
    "[@click=app.quit]q[/]": "[@click=app.quit]q[/]",
    "\x1b]0;owned\x07": "␛]0;owned␇",
    "\x1b[2Jgone": "␛[2Jgone",
    "a\u202egpj.exe": "a⟨U+202E⟩gpj.exe",
    "two\nlines": "two␊lines",
    "\x9b31mred": "⟨U+009B⟩31mred",
}


def world(name: str) -> FakeApi:
    api = FakeApi(storages=[storage(1, name, name, name, "denied")])
    api.organizations = [(api.organizations[0][0], name, "ADMINISTRATOR")]
    for probe in api.storages[0]["verification"]["probes"]:
        probe |= {
            "title": name,
            "message": name,
            "remedy": name,
            "statement": name,
            "errorCode": "AccessDenied",
        }
    return api


@pytest.mark.parametrize(("name", "shown"), HOSTILE.items(), ids=range(len(HOSTILE)))
async def test_every_screen_shows_a_hostile_name_as_it_is(name: str, shown: str) -> None:
    async with running(world(name), ready="1 storage", size=(140, 40)) as program:
        await program.until(shown)
        for keys, sign in ((["enter"], "✗ access denied"), (["tab"], "No study uses it."), (["t"], shown)):
            await program.press(*keys)
            await program.until(sign)
            assert shown in program.text
            assert name == shown or name not in program.text
        await program.press("escape", "escape", "c")
        await program.until("aws s3 ls")
        assert shown in program.text
        await program.press("2")
        await program.until("Sent to the terminal's clipboard")
        assert program.app.clipboard == name
        await program.press("ctrl+p")
        await program.until("Search for commands")
        program.api.failing = ServerFailed(name)
        await program.press("escape", "r")
        await program.until(f"✗ {shown}")


@given(texts.text())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_drawn_holds_no_control_characters(text: str) -> None:
    from dwtui.visible import visible

    drawn = fitted(visible(text), 20)
    assert not {category(character) for character in drawn} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


async def test_a_toned_line_is_never_read_as_markup() -> None:
    async with running() as program:
        line = program.page.query_one("TopLine")
        assert isinstance(line, Toned)
        assert line.toned(Cell("[red]x[/red]"), "[/]").plain == "[red]x[/red][/]"
