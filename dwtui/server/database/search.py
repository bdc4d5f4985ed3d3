"""Searching for part of a text."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute


def contains(column: ColumnElement[Any] | InstrumentedAttribute[Any], part: str) -> ColumnElement[bool]:
    """Whether the column holds the text, taken literally: `%` and `_` stand for themselves."""
    return column.contains(part, autoescape=True)
