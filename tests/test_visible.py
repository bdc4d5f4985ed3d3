"""Nothing that comes from elsewhere can steer the terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.visible import visible, visible_block

STEERING = st.sampled_from(
    [chr(point) for point in (*range(0x20), *range(0x7F, 0xA0))]
    + list("\u202e\u2066\u200f\u2028\ufeff\u200b")
)
TEXTS = st.lists(st.text() | STEERING).map("".join)


@given(TEXTS)
def test_nothing_steering_is_left(text: str) -> None:
    left = {unicodedata.category(character) for character in visible(text)}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(TEXTS)
def test_a_second_time_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(TEXTS)
def test_a_block_keeps_its_lines_and_nothing_else_that_steers(text: str) -> None:
    lines = visible_block(text).split("\n")
    assert len(lines) == text.count("\n") + 1
    assert all(visible(line) == line for line in lines)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_ordinary_text_of_any_script_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("a\nb\tc\x7f", "a␊b␉c␡"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("invoice\u202efdp.exe", "invoice⟨U+202E⟩fdp.exe"),
        ("größe/データ 🧬", "größe/データ 🧬"),
        ("data[/]", "data[/]"),
    ],
)
def test_what_it_looks_like(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_block_shows_tabs_as_spaces_and_carriage_returns_as_signs() -> None:
    assert visible_block("a\tb\r\nc") == "a    b␍\nc"
