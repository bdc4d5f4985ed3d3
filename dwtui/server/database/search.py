"""Searching for part of a text."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from dwtui.server.errors import BadInputError

SEARCH_LENGTH = 1000
"Longer than anything that is searched; databases refuse patterns of some ten thousand characters."


def checked_search(text: str | None, field: str = "search") -> str:
    """The text to look for, without space at its ends (empty: everything); BadInputError when it is too long."""
    part = (text or "").strip()
    if len(part) > SEARCH_LENGTH:
        raise BadInputError(
            field, f"There is nothing this long: search for at most {SEARCH_LENGTH} characters."
        )
    return part


def contains(column: ColumnElement[Any] | InstrumentedAttribute[Any], part: str) -> ColumnElement[bool]:
    """Whether the column holds the text, taken literally: `%` and `_` stand for themselves."""
    return column.contains(part, autoescape=True)
