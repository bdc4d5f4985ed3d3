from pydantic import Field

from .base_model import BaseModel
from .fragments import DeletionDetails


class DeleteVersion(BaseModel):
    delete_version: "DeleteVersionDeleteVersion" = Field(alias="deleteVersion")


DeleteVersionDeleteVersion = DeletionDetails
