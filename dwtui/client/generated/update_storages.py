from pydantic import Field

from .base_model import BaseModel
from .fragments import StudyDetails


class UpdateStorages(BaseModel):
    update_storages: "UpdateStoragesUpdateStorages" = Field(alias="updateStorages")


UpdateStoragesUpdateStorages = StudyDetails
