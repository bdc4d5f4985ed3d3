from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import Permission
from .fragments import DocumentFacts, PageMarks


class DocumentFiles(BaseModel):
    study: "DocumentFilesStudy"


class DocumentFilesStudy(BaseModel):
    id: str
    name: str
    viewer_may: list[Permission] = Field(alias="viewerMay")
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
