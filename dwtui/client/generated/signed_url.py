from datetime import datetime

from pydantic import Field

from .base_model import BaseModel


class SignedUrl(BaseModel):
    signed_url: "SignedUrlSignedUrl" = Field(alias="signedUrl")


class SignedUrlSignedUrl(BaseModel):
    url: str
    expires_at: datetime = Field(alias="expiresAt")
