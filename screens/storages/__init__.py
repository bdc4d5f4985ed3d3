"""The list of storages."""

from screens.storages.page import StoragesPage

__all__ = ["StoragesPage"]
