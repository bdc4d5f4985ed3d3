from typing import Optional

from .base_model import BaseModel
from .fragments import VersionFacts


class VersionFile(BaseModel):
    version: "VersionFileVersion"


class VersionFileVersion(VersionFacts):
    document: Optional["VersionFileVersionDocument"]


class VersionFileVersionDocument(BaseModel):
    id: str
