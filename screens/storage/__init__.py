"""One storage."""

from screens.storage.page import StoragePage

__all__ = ["StoragePage"]
