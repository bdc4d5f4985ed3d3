from .base_model import BaseModel
from .fragments import DocumentDetails


class Document(BaseModel):
    document: "DocumentDocument"


DocumentDocument = DocumentDetails
