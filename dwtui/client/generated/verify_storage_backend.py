from pydantic import Field

from .base_model import BaseModel
from .fragments import VerificationDetails


class VerifyStorageBackend(BaseModel):
    verify_storage_backend: "VerifyStorageBackendVerifyStorageBackend" = Field(
        alias="verifyStorageBackend"
    )


VerifyStorageBackendVerifyStorageBackend = VerificationDetails
