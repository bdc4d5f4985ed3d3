"""The headers under which a document's bytes are given: a name that does no harm, and nothing for a browser to run."""

from urllib.parse import quote

from dwtui.server.transport.answers import HARDENED

_KEPT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-()+,=@~")


def disposition(file_name: str) -> str:
    """`Content-Disposition`: to be saved under that name, never shown. RFC 6266, with a name in ASCII for the old."""
    plain = "".join(character if character in _KEPT else "_" for character in file_name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def headers_of(file_name: str, content_type: str, etag: str | None) -> dict[str, str]:
    """All headers that do not depend on the range."""
    headers = {
        **HARDENED,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition(file_name),
        "Content-Security-Policy": f"sandbox; {HARDENED['Content-Security-Policy']}",
        "Content-Type": content_type,
        "Vary": "Authorization",
    }
    if etag is not None:
        headers["ETag"] = f'"{etag}"'
    return headers
