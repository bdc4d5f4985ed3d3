from pydantic import Field

from .base_model import BaseModel
from .fragments import StorageCheck


class CheckStorageBackend(BaseModel):
    check_storage_backend: "CheckStorageBackendCheckStorageBackend" = Field(
        alias="checkStorageBackend"
    )


CheckStorageBackendCheckStorageBackend = StorageCheck
