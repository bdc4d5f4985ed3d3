from pydantic import Field

from .base_model import BaseModel
from .fragments import PageMarks, StudySummary


class Studies(BaseModel):
    all_studies: "StudiesAllStudies" = Field(alias="allStudies")


class StudiesAllStudies(BaseModel):
    edges: list["StudiesAllStudiesEdges"]
    page_info: "StudiesAllStudiesPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class StudiesAllStudiesEdges(BaseModel):
    node: "StudiesAllStudiesEdgesNode"
    cursor: str


StudiesAllStudiesEdgesNode = StudySummary
StudiesAllStudiesPageInfo = PageMarks
