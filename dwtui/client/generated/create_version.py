from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    VersionDetails,
    VersionDetailsCreatedBy,
    VersionDetailsStorage,
)


class CreateVersion(BaseModel):
    create_version: "CreateVersionCreateVersion" = Field(alias="createVersion")


class CreateVersionCreateVersion(VersionDetails):
    document: Optional["CreateVersionCreateVersionDocument"]


class CreateVersionCreateVersionDocument(BaseModel):
    id: str
    name: str
    revision: int
