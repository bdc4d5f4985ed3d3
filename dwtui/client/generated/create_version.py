from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import VersionPlace


class CreateVersion(BaseModel):
    create_version: "CreateVersionCreateVersion" = Field(alias="createVersion")


class CreateVersionCreateVersion(BaseModel):
    id: str
    file_name: str = Field(alias="fileName")
    size: int
    sha_256: Optional[str] = Field(alias="sha256")
    content_type: str = Field(alias="contentType")
    created_at: datetime = Field(alias="createdAt")
    place: VersionPlace
    obstacle: Optional[str]
    storage_name: str = Field(alias="storageName")
    download_path: Optional[str] = Field(alias="downloadPath")
    document: Optional["CreateVersionCreateVersionDocument"]


class CreateVersionCreateVersionDocument(BaseModel):
    id: str
    name: str
    revision: int
