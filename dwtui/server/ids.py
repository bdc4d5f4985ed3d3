"""Ids: two letters, `_`, eight Crockford base32 characters (no I, L, O, U), 40 random bits."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id(kind: str) -> str:
    """A new random id of a kind such as `SB`."""
    return f"{kind}_" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def is_id(text: str, kind: str) -> bool:
    """Whether a text has the form of an id of that kind."""
    head, _, tail = text.partition("_")
    return head == kind and len(tail) == 8 and all(character in ALPHABET for character in tail)
