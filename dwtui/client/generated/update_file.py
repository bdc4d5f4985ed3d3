from pydantic import Field

from .base_model import BaseModel
from .fragments import DocumentSummary


class UpdateFile(BaseModel):
    update_file: "UpdateFileUpdateFile" = Field(alias="updateFile")


UpdateFileUpdateFile = DocumentSummary
