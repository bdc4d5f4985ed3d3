from pydantic import Field

from .base_model import BaseModel


class LargestDocument(BaseModel):
    application: "LargestDocumentApplication"


class LargestDocumentApplication(BaseModel):
    largest_document: int = Field(alias="largestDocument")
