"""Deleting a storage: what would happen first, then the typed name."""

from screens.remove.page import RemovePage

__all__ = ["RemovePage"]
