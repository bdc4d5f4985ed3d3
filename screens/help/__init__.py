"""Help: the table of actions as the page it was asked on offers them."""

from screens.help.page import HelpPage

__all__ = ["HelpPage"]
