"""Editing what is said of a document."""

from screens.edit_document.page import EditDocumentPage

__all__ = ["EditDocumentPage"]
