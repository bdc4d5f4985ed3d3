from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class StudyFolder(BaseModel):
    study: "StudyFolderStudy"


class StudyFolderStudy(BaseModel):
    id: str
    name: str
    created_at: datetime = Field(alias="createdAt")
    document_count: Optional["StudyFolderStudyDocumentCount"] = Field(
        alias="documentCount"
    )


class StudyFolderStudyDocumentCount(BaseModel):
    documents: int
