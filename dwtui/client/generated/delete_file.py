from pydantic import Field

from .base_model import BaseModel
from .fragments import DeletionDetails


class DeleteFile(BaseModel):
    delete_file: "DeleteFileDeleteFile" = Field(alias="deleteFile")


DeleteFileDeleteFile = DeletionDetails
