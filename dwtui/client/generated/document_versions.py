from pydantic import Field

from .base_model import BaseModel
from .fragments import PageMarks, VersionDetails


class DocumentVersions(BaseModel):
    document: "DocumentVersionsDocument"


class DocumentVersionsDocument(BaseModel):
    versions: "DocumentVersionsDocumentVersions"


class DocumentVersionsDocumentVersions(BaseModel):
    edges: list["DocumentVersionsDocumentVersionsEdges"]
    page_info: "DocumentVersionsDocumentVersionsPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class DocumentVersionsDocumentVersionsEdges(BaseModel):
    node: "DocumentVersionsDocumentVersionsEdgesNode"
    cursor: str


DocumentVersionsDocumentVersionsEdgesNode = VersionDetails
DocumentVersionsDocumentVersionsPageInfo = PageMarks
