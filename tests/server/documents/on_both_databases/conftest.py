"""These rules hang on the database."""

from tests.support.both_databases import database_kind

__all__ = ["database_kind"]
