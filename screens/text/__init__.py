"""Plain text: to be read, selected, copied and saved."""

from screens.text.page import TextPage

__all__ = ["TextPage"]
