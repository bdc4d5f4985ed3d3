"""The studies, and one study."""

from screens.studies.page import StudiesPage
from screens.studies.study_page import StudyPage

__all__ = ["StudiesPage", "StudyPage"]
