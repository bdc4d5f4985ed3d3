"""The suggested policy of a storage."""

from screens.policy.page import PolicyPage

__all__ = ["PolicyPage"]
