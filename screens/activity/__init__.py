"""The activity: who did what, when, to what, with what outcome."""

from screens.activity.page import ActivityPage

__all__ = ["ActivityPage"]
