from pydantic import Field

from .base_model import BaseModel
from .fragments import RelocationSummary


class RelocationPreview(BaseModel):
    relocation_preview: "RelocationPreviewRelocationPreview" = Field(
        alias="relocationPreview"
    )


RelocationPreviewRelocationPreview = RelocationSummary
