"""Editing a storage: its name and what it is used for."""

from screens.edit.page import EditPage

__all__ = ["EditPage"]
