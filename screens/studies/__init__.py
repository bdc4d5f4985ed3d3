"""The list of studies."""

from screens.studies.page import StudiesPage

__all__ = ["StudiesPage"]
