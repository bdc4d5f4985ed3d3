from pydantic import Field

from .base_model import BaseModel
from .fragments import TokenDetails


class RevokeToken(BaseModel):
    revoke_token: "RevokeTokenRevokeToken" = Field(alias="revokeToken")


RevokeTokenRevokeToken = TokenDetails
