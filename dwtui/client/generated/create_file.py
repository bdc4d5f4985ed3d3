from pydantic import Field

from .base_model import BaseModel
from .fragments import DocumentSummary


class CreateFile(BaseModel):
    create_file: "CreateFileCreateFile" = Field(alias="createFile")


CreateFileCreateFile = DocumentSummary
