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
    documents: "DocumentFilesStudyDocuments"


class DocumentFilesStudyDocuments(BaseModel):
    edges: list["DocumentFilesStudyDocumentsEdges"]
    page_info: "DocumentFilesStudyDocumentsPageInfo" = Field(alias="pageInfo")


class DocumentFilesStudyDocumentsEdges(BaseModel):
    node: "DocumentFilesStudyDocumentsEdgesNode"


DocumentFilesStudyDocumentsEdgesNode = DocumentFacts
DocumentFilesStudyDocumentsPageInfo = PageMarks
