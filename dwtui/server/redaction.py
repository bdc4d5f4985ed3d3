"""Masks what must not be read in a log, however it came there. The second line of defence."""

import re
from collections.abc import Mapping

MASK = "[hidden]"

_KEYWORD = (
    r"(?:secret|passw(?:or)?d|credential|token|signature|authorization|access[_ -]?key|private[_ -]?key)"
)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # the values that SQLAlchemy appends to a failed statement
    (re.compile(r"(?m)^\[parameters: .*$"), f"[parameters: {MASK}]"),
    # our own tokens
    (re.compile(r"\bdwt_[A-Za-z0-9_-]{6,}"), f"dwt_{MASK}"),
    # AWS access key ids, long-lived and temporary
    (re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{12,}"), rf"\1{MASK}"),
    # user:password@ of a URL
    (re.compile(r"(://[^\s/:@]*):[^\s/@]+@"), rf"\1:{MASK}@"),
    # Authorization: Bearer …, Authorization=AWS4-HMAC-SHA256 …
    (
        re.compile(
            r"(?i)(authorization[\"']?\s*[:=,]\s*b?[\"']?(?:bearer|basic|aws4-hmac-sha256)\s+)[^\"'\r\n]+"
        ),
        rf"\1{MASK}",
    ),
    # secretKey: "…", aws_secret_access_key=…, 'password': '…', X-Amz-Signature=…
    (
        re.compile(rf"(?i)([\w-]*{_KEYWORD}[\w-]*[\"']?\s*[:=]\s*(?:b?[\"'])?)(?![\"'\s\[]|(?:none|null|true|false)\b)[^\s\"',;&}}\])]+"),
        rf"\1{MASK}",
    ),
    # forty characters that look like a secret access key, near a word that says so
    (
        re.compile(rf"(?i)({_KEYWORD}[^\r\n]{{0,40}}?)(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{{40}}(?![A-Za-z0-9/+])"),
        rf"\1{MASK}",
    ),
)  # fmt: skip


def redact(text: str) -> str:
    """The text with everything masked that looks like a token, an access key, a secret or a password."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def scrub(text: str, values: Mapping[str, str]) -> str:
    """The text, redacted, with the given values replaced, however spelled, by the name of their place.

    `values` maps each value to that name, such as `$input.secretKey`.
    """
    for value in sorted(values, key=len, reverse=True):
        for spelling in (value, repr(value)[1:-1], value.encode("unicode_escape").decode("ascii")):
            text = text.replace(spelling, f"[{values[value]}]")
    return redact(text)
