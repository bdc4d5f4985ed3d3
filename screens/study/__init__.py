"""One study, with its documents."""

from screens.study.page import StudyPage

__all__ = ["StudyPage"]
