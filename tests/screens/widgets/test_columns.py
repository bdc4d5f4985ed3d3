"""How columns share the width, and how text is fitted into them."""

from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len

from screens.widgets.table.columns import GAP, Column, fitted, share
from screens.widgets.tones import Cell


def column(number: int, least: int, most: int, grow: int) -> Column[str]:
    return Column(f"c{number}", "", Cell, least, max(least, most), grow, rank=number)


columns = some.lists(
    some.tuples(some.integers(1, 30), some.integers(1, 60), some.integers(0, 3)), min_size=1
).map(lambda sizes: [column(number, *size) for number, size in enumerate(sizes[:9])])


@given(columns, some.integers(1, 300))
def test_the_key_column_stays_and_nothing_is_wider_than_the_terminal(
    given_columns: list[Column[str]], width: int
) -> None:
    shown = share(given_columns, width)
    assert shown[0][0] is given_columns[0]
    assert sum(size for _, size in shown) + GAP * (len(shown) - 1) <= max(width, given_columns[0].least)
    for shown_column, size in shown:
        assert size >= min(shown_column.least, width)
        if len(shown) > 1:
            assert size <= max(shown_column.most, shown_column.least)


@given(columns, some.integers(1, 300))
def test_columns_go_in_the_order_of_their_rank_and_come_back_with_the_width(
    given_columns: list[Column[str]], width: int
) -> None:
    kept = {shown_column.rank for shown_column, _ in share(given_columns, width)}
    wider = {shown_column.rank for shown_column, _ in share(given_columns, width + 10)}
    assert kept == set(range(len(kept)))
    assert kept <= wider


@given(
    some.text(some.characters(exclude_categories=["Cc", "Cs", "Cf", "Mn", "Me"])),
    some.integers(0, 40),
    some.booleans(),
    some.booleans(),
)
def test_a_text_is_fitted_to_the_cell(text: str, width: int, right: bool, middle: bool) -> None:
    shown = fitted(text, width, right, middle)
    assert cell_len(shown) == width
    if cell_len(text) <= width:
        assert shown.strip(" ") == text.strip(" ")
    elif width:
        assert "…" in shown


def test_names_that_differ_at_their_ends_keep_them() -> None:
    assert fitted("lantern-study-us-east-1-prd-crs", 22, middle=True) == "lantern-study…-prd-crs"
    assert fitted("lantern-study-us-east-1-prd-crs", 22) == "lantern-study-us-east…"
