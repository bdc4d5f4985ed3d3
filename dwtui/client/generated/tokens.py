from .base_model import BaseModel
from .fragments import TokenDetails


class Tokens(BaseModel):
    viewer: "TokensViewer"


class TokensViewer(BaseModel):
    token: "TokensViewerToken"
    tokens: list["TokensViewerTokens"]


class TokensViewerToken(BaseModel):
    id: str


TokensViewerTokens = TokenDetails
