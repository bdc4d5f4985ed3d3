"""The storage assignment editor: which storage keeps a study's documents, and where its data files lie."""

from screens.assign.page import AssignPage

__all__ = ["AssignPage"]
