from typing import Optional

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    StudyName,
    VersionDetails,
    VersionDetailsCreatedBy,
    VersionDetailsStorage,
)


class Version(BaseModel):
    version: "VersionVersion"


class VersionVersion(VersionDetails):
    document: Optional["VersionVersionDocument"]
    study: "VersionVersionStudy"


class VersionVersionDocument(BaseModel):
    id: str
    name: str


VersionVersionStudy = StudyName
