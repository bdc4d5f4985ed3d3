"""Reading a key pair out of what people paste: AWS's csv file, two lines, what `aws iam create-access-key` prints."""

import csv
import re
from typing import NamedTuple

_ID = re.compile(r"(?<![A-Za-z0-9/+])(A(?:KIA|SIA)[A-Z0-9]{12,124})(?![A-Za-z0-9/+])")
_SECRET = re.compile(r"(?<![A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])")

SHORTEST_ID, SHORTEST_SECRET = 3, 8
"""What S3-compatible servers ask for at least."""


class KeyPairText(NamedTuple):
    """An access key id and its secret. Its repr holds neither."""

    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        return "KeyPairText(…)"


def read_key_pair(text: str) -> KeyPairText | None:
    """The key pair in a pasted text; None: there are not both, so it is a text for one field."""
    rows = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    return _of_csv(rows) or _of_aws(text) or _of_two_lines(rows)


def _of_csv(rows: list[str]) -> KeyPairText | None:
    """As the console offers it, whatever other columns there are."""
    if len(rows) < 2:
        return None
    head, values = next(csv.reader([rows[0]])), next(csv.reader([rows[1]]))
    named = dict(
        zip((name.strip().lower() for name in head), (value.strip() for value in values), strict=False)
    )
    id_, secret = named.get("access key id"), named.get("secret access key")
    return KeyPairText(id_, secret) if id_ and secret else None


def _of_aws(text: str) -> KeyPairText | None:
    """An AWS access key id and, anywhere around it, one secret: JSON, exports, a credentials file."""
    ids = set(_ID.findall(text))
    secrets = set(_SECRET.findall(text)) - ids
    return KeyPairText(ids.pop(), secrets.pop()) if len(ids) == len(secrets) == 1 else None


def _of_two_lines(rows: list[str]) -> KeyPairText | None:
    """The id, then the secret, whatever they look like: other makers of S3 have other keys."""
    lengths = [len(row) for row in rows]
    if len(rows) != 2 or lengths[0] < SHORTEST_ID or lengths[1] < SHORTEST_SECRET:
        return None
    if not any(re.search(r"[\s,;=:{]", row.rstrip("=")) for row in rows):
        return KeyPairText(rows[0], rows[1])
    return None
