"""Rows as they come from a connection."""

from hypothesis import given
from hypothesis import strategies as some

from screens.widgets.table.rows import Chunk, Rows


def rows() -> Rows[str]:
    return Rows(lambda row: row[:1])


def test_rows_that_were_not_fetched_count_but_are_not_there() -> None:
    held = rows()
    held.replace(Chunk(["a1", "b1"], 5, "2"))
    assert (len(held), held.loaded, held.complete) == (5, 2, False)
    assert held.get(3) is None
    held.append(Chunk(["c1", "d1", "e1"], 5, None))
    assert (len(held), held.loaded, held.complete) == (5, 5, True)
    assert held.number("d") == 3


def test_a_refresh_tells_which_rows_changed() -> None:
    held = rows()
    held.replace(Chunk(["a1", "b1", "c1"], 3, None))
    assert held.replace(Chunk(["a1", "b2", "c1"], 3, None)) == {1}
    assert held.replace(Chunk(["a1", "b2", "c1"], 3, None)) == set()
    assert held.replace(Chunk(["a1"], 1, None)) is None


def test_a_row_that_moved_between_two_pages_is_not_shown_twice() -> None:
    held = rows()
    held.replace(Chunk(["a1", "b1"], 4, "2"))
    held.append(Chunk(["b1", "c1"], 4, None))
    assert list(held) == ["a1", "b1", "c1"]
    assert len(held) == 3


def test_one_row_is_changed_in_its_place() -> None:
    held = rows()
    held.replace(Chunk(["a1", "b1"], 2, None))
    assert held.update("b2") == 1
    assert held.update("b2") is None
    assert held.update("x1") is None
    assert list(held) == ["a1", "b2"]


@given(some.lists(some.text("abcdefgh", min_size=1, max_size=2), max_size=30), some.integers(1, 7))
def test_however_it_is_cut_the_same_rows_come(texts: list[str], size: int) -> None:
    whole, cut = rows(), rows()
    whole.replace(Chunk(texts, len(texts), None))
    pages = [texts[start : start + size] for start in range(0, len(texts), size)] or [[]]
    for number, page in enumerate(pages):
        end = str(number) if number < len(pages) - 1 else None
        chunk = Chunk(page, len(texts), end)
        cut.append(chunk) if number else cut.replace(chunk)
    assert list(whole) == list(cut)
    assert len(whole) == len(cut)
