from pydantic import Field

from .base_model import BaseModel
from .fragments import StorageName


class DeleteStorageBackend(BaseModel):
    delete_storage_backend: "DeleteStorageBackendDeleteStorageBackend" = Field(
        alias="deleteStorageBackend"
    )


DeleteStorageBackendDeleteStorageBackend = StorageName
