from pydantic import Field

from .base_model import BaseModel
from .fragments import RelocationSummary


class RelocationPreviews(BaseModel):
    relocation_previews: list["RelocationPreviewsRelocationPreviews"] = Field(
        alias="relocationPreviews"
    )


RelocationPreviewsRelocationPreviews = RelocationSummary
