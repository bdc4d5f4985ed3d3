"""Documents and their versions: in words, as tables, what can be done to them, and a document's own page."""

from screens.documents.page import DocumentPage

__all__ = ["DocumentPage"]
