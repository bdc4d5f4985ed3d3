from pydantic import Field

from .base_model import BaseModel
from .fragments import TokenDetails


class CreateToken(BaseModel):
    create_token: "CreateTokenCreateToken" = Field(alias="createToken")


class CreateTokenCreateToken(BaseModel):
    token: "CreateTokenCreateTokenToken"
    secret: str = Field(repr=False)


CreateTokenCreateTokenToken = TokenDetails
