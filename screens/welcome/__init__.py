"""The first thing a newcomer sees."""

from screens.welcome.page import WelcomePage
from screens.welcome.workspace_page import WorkspacePage

__all__ = ["WelcomePage", "WorkspacePage"]
