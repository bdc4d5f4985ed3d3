from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import Probe
from .fragments import ProbeDetails, VerificationDetails


class WatchVerification(BaseModel):
    verify_storage_backend: "WatchVerificationVerifyStorageBackend" = Field(
        alias="verifyStorageBackend"
    )


class WatchVerificationVerifyStorageBackend(BaseModel):
    planned: Optional[list["WatchVerificationVerifyStorageBackendPlanned"]]
    probe: Optional["WatchVerificationVerifyStorageBackendProbe"]
    waiting_seconds: Optional[int] = Field(alias="waitingSeconds")
    verification: Optional["WatchVerificationVerifyStorageBackendVerification"]


class WatchVerificationVerifyStorageBackendPlanned(BaseModel):
    probe: Probe
    title: str
    required: bool


WatchVerificationVerifyStorageBackendProbe = ProbeDetails
WatchVerificationVerifyStorageBackendVerification = VerificationDetails
