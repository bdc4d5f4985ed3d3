"""Bulk assignment: the storages of many studies changed at once."""

from screens.assign_many.page import AssignManyPage

__all__ = ["AssignManyPage"]
