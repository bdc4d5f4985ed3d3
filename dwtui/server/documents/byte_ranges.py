"""Conditional and ranged requests (RFC 9110, 13 and 14), as far as documents need them."""

import re
from collections.abc import Mapping

from dwtui.server.s3.transfer.opening import Span

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)
_TAG = re.compile(r'(W/)?"([^"]*)"')


class UnsatisfiableError(Exception):
    """The range begins after the last byte."""


def matches(header: str | None, etag: str | None) -> bool:
    """Whether an `If-None-Match` names the ETag."""
    if header is None or etag is None:
        return False
    return header.strip() == "*" or any(tag == etag for _, tag in _TAG.findall(header))


def wanted_span(headers: Mapping[str, str], size: int, etag: str | None) -> Span | None:
    """The single range that is asked for; None: all of it. Raises UnsatisfiableError.

    What is no single range of bytes, or is for other bytes by its `If-Range`, is answered with all of it.
    """
    asked = _RANGE.fullmatch(headers.get("range", "").strip())
    if asked is None or not _still_the_same(headers.get("if-range"), etag):
        return None
    first, last = asked.groups()
    if not first and not last:
        return None
    if not first:  # the last so many bytes
        length = min(int(last), size)
        if length == 0:
            raise UnsatisfiableError
        return Span(size - length, length)
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    if start >= size:
        raise UnsatisfiableError
    return Span(start, end - start + 1)


def _still_the_same(if_range: str | None, etag: str | None) -> bool:
    """Whether the bytes are those that the client has a part of; a date can not tell."""
    return if_range is None or (etag is not None and if_range.strip() == f'"{etag}"')
