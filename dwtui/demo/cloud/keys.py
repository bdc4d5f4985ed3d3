"""Key pairs of the local AWS: random at every start, like everything that lets somebody in."""

import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True)
class KeyPair:
    """An access key id and its secret."""

    access_key: str
    secret_key: str = field(repr=False)


def new_key_pair() -> KeyPair:
    """A key pair of the form that AWS gives out."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    access_key = "AKIA" + "".join(secrets.choice(letters) for _ in range(16))
    return KeyPair(access_key, secrets.token_urlsafe(30).replace("-", "/").replace("_", "+"))
