"""Creating a study."""

from screens.new_study.page import NewStudyPage

__all__ = ["NewStudyPage"]
