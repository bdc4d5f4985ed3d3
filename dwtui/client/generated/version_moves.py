from pydantic import Field

from .base_model import BaseModel
from .fragments import PageMarks, VersionMoveDetails


class VersionMoves(BaseModel):
    relocation_preview: "VersionMovesRelocationPreview" = Field(
        alias="relocationPreview"
    )


class VersionMovesRelocationPreview(BaseModel):
    versions: "VersionMovesRelocationPreviewVersions"


class VersionMovesRelocationPreviewVersions(BaseModel):
    edges: list["VersionMovesRelocationPreviewVersionsEdges"]
    page_info: "VersionMovesRelocationPreviewVersionsPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class VersionMovesRelocationPreviewVersionsEdges(BaseModel):
    node: "VersionMovesRelocationPreviewVersionsEdgesNode"
    cursor: str


VersionMovesRelocationPreviewVersionsEdgesNode = VersionMoveDetails
VersionMovesRelocationPreviewVersionsPageInfo = PageMarks
