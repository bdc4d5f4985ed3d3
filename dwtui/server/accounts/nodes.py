"""What the API shows of users and tokens: the contract's types, without their relations."""

from dataclasses import dataclass
from datetime import datetime

from dwtui.server.accounts.permissions import Permission, Standing
from dwtui.server.accounts.rows import TokenRow, UserRow


@dataclass(frozen=True)
class UserNode:
    """`User`."""

    id: str
    name: str
    email: str | None

    @classmethod
    def of(cls, row: UserRow, viewer_id: str, standing: Standing | None = None) -> "UserNode":
        """The user as the viewer sees them: the address is for administrators and for the user."""
        sees_email = row.id == viewer_id or bool(standing and standing.may(Permission.MANAGE_ORGANIZATION))
        return cls(row.id, row.name, row.email if sees_email else None)


@dataclass(frozen=True)
class TokenNode:
    """`Token`."""

    id: str
    name: str
    ending: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, row: TokenRow) -> "TokenNode":
        """The token's record."""
        return cls(row.id, row.name, row.ending, row.created_at, row.expires_at, row.last_used_at)


@dataclass(frozen=True)
class CreatedTokenNode:
    """`CreatedToken`. The secret is not shown by `repr`."""

    token: TokenNode
    secret: str

    def __repr__(self) -> str:
        return f"CreatedTokenNode({self.token!r}, secret=…)"


@dataclass(frozen=True)
class ApplicationNode:
    """`Application`."""

    version: str
    private_endpoints_allowed: bool
    largest_document: int
