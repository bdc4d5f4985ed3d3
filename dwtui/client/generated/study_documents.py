from pydantic import Field

from .base_model import BaseModel
from .fragments import DocumentSummary, PageMarks


class StudyDocuments(BaseModel):
    study: "StudyDocumentsStudy"


class StudyDocumentsStudy(BaseModel):
    documents: "StudyDocumentsStudyDocuments"


class StudyDocumentsStudyDocuments(BaseModel):
    edges: list["StudyDocumentsStudyDocumentsEdges"]
    page_info: "StudyDocumentsStudyDocumentsPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class StudyDocumentsStudyDocumentsEdges(BaseModel):
    node: "StudyDocumentsStudyDocumentsEdgesNode"
    cursor: str


StudyDocumentsStudyDocumentsEdgesNode = DocumentSummary
StudyDocumentsStudyDocumentsPageInfo = PageMarks
