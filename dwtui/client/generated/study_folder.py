from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import Permission


class StudyFolder(BaseModel):
    study: "StudyFolderStudy"


class StudyFolderStudy(BaseModel):
    id: str
    name: str
    created_at: datetime = Field(alias="createdAt")
    viewer_may: list[Permission] = Field(alias="viewerMay")
    document_count: Optional["StudyFolderStudyDocumentCount"] = Field(
        alias="documentCount"
    )


class StudyFolderStudyDocumentCount(BaseModel):
    documents: int
