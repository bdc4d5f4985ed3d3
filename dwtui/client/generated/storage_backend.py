from pydantic import Field

from .base_model import BaseModel
from .fragments import StorageDetails


class StorageBackend(BaseModel):
    storage_backend: "StorageBackendStorageBackend" = Field(alias="storageBackend")


StorageBackendStorageBackend = StorageDetails
