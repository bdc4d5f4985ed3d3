from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import VersionFacts


class VersionFile(BaseModel):
    version: "VersionFileVersion"


class VersionFileVersion(VersionFacts):
    study: "VersionFileVersionStudy"
    document: Optional["VersionFileVersionDocument"]


class VersionFileVersionStudy(BaseModel):
    id: str


class VersionFileVersionDocument(BaseModel):
    id: str
    name: str
    created_at: datetime = Field(alias="createdAt")
