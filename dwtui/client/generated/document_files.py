from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import DocumentFacts, PageMarks


class DocumentFiles(BaseModel):
    study: "DocumentFilesStudy"


class DocumentFilesStudy(BaseModel):
    id: str
    name: str
    document_count: Optional["DocumentFilesStudyDocumentCount"] = Field(
        alias="documentCount"
    )
    documents: "DocumentFilesStudyDocuments"


class DocumentFilesStudyDocumentCount(BaseModel):
    documents: int


class DocumentFilesStudyDocuments(BaseModel):
    edges: list["DocumentFilesStudyDocumentsEdges"]
    page_info: "DocumentFilesStudyDocumentsPageInfo" = Field(alias="pageInfo")


class DocumentFilesStudyDocumentsEdges(BaseModel):
    node: "DocumentFilesStudyDocumentsEdgesNode"


DocumentFilesStudyDocumentsEdgesNode = DocumentFacts
DocumentFilesStudyDocumentsPageInfo = PageMarks
