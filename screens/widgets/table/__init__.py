"""A table drawn line by line, for lists of any length."""

from screens.widgets.table.columns import Column
from screens.widgets.table.rows import Chunk, Rows
from screens.widgets.table.table import Table

__all__ = ["Chunk", "Column", "Rows", "Table"]
