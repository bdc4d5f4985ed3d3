"""Ids: two letters, `_`, eight Crockford base32 characters (no I, L, O, U), 40 random bits."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORM = re.compile(r"[A-Z]{2}_[0-9A-Z]{8}")


def new_id(kind: str) -> str:
    """A new random id of a kind such as `SB`."""
    return f"{kind}_" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def is_id(text: str, kind: str) -> bool:
    """Whether a text has the form of an id of that kind."""
    head, _, tail = text.partition("_")
    return head == kind and len(tail) == 8 and all(character in ALPHABET for character in tail)


def shown_id(text: str) -> str:
    """An id as a message may repeat it; whatever else was given in its place is not repeated."""
    return text if _FORM.fullmatch(text) else "such thing"
