from pydantic import Field

from .base_model import BaseModel
from .fragments import StorageDetails


class CreateStorageBackend(BaseModel):
    create_storage_backend: "CreateStorageBackendCreateStorageBackend" = Field(
        alias="createStorageBackend"
    )


CreateStorageBackendCreateStorageBackend = StorageDetails
