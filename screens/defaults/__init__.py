"""The organization's two defaults: the storages that new studies begin with."""

from screens.defaults.page import DefaultsPage

__all__ = ["DefaultsPage"]
