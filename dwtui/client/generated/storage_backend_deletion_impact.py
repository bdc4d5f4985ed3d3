from pydantic import Field

from .base_model import BaseModel
from .fragments import DeletionImpact


class StorageBackendDeletionImpact(BaseModel):
    storage_backend_deletion_impact: "StorageBackendDeletionImpactStorageBackendDeletionImpact" = Field(
        alias="storageBackendDeletionImpact"
    )


StorageBackendDeletionImpactStorageBackendDeletionImpact = DeletionImpact
