from pydantic import Field

from .base_model import BaseModel
from .fragments import ActivityLine, PageMarks


class Activity(BaseModel):
    activity: "ActivityActivity"


class ActivityActivity(BaseModel):
    edges: list["ActivityActivityEdges"]
    page_info: "ActivityActivityPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class ActivityActivityEdges(BaseModel):
    node: "ActivityActivityEdgesNode"
    cursor: str


ActivityActivityEdgesNode = ActivityLine
ActivityActivityPageInfo = PageMarks
