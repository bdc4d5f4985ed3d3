from pydantic import Field

from .base_model import BaseModel
from .fragments import StorageDetails


class UpdateStorageBackend(BaseModel):
    update_storage_backend: "UpdateStorageBackendUpdateStorageBackend" = Field(
        alias="updateStorageBackend"
    )


UpdateStorageBackendUpdateStorageBackend = StorageDetails
