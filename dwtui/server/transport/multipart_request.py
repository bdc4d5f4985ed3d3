"""Reads a GraphQL multipart request: `operations` and `map` first, then one file, streamed."""

from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser
from multipart import parse_options_header as options_of
from starlette.requests import Request

from dwtui.server.errors import BadInputError
from dwtui.server.transport.incoming_file import IncomingFile
from dwtui.server.transport.parameters import Parameters, decoded, parameters_of
from dwtui.server.transport.problems import LIMIT_EXCEEDED, RefusedHttp
from dwtui.server.transport.request_body import RequestBody

FORM = "multipart/form-data"
HEADER_BYTES = 8_192
"""Longest header of a part: a file name of 255 characters, percent-encoded, is below 3,200."""
_HEADERS = 8
_LONGEST_BOUNDARY = 200
_MAP_BYTES = 4_096
_EPILOGUE_BYTES = 65_536
_SHAPE = (
    "Send the parts in this order: `operations`, `map`, and the file, as in the GraphQL multipart request "
    "specification."
)


def is_multipart(request: Request) -> bool:
    """Whether a request says that a file comes with it."""
    media_type, _ = options_of(request.headers.get("content-type", ""))
    return bool(media_type == FORM)


class MultipartRequest:
    """One GraphQL request with a file. Its `body` outlives it: what nobody read is drained from it."""

    def __init__(self, request: Request, body: RequestBody) -> None:
        """Raises RefusedHttp when the headers are wrong already."""
        # Browsers send this media type to other sites without asking first, but never with an `Authorization` header
        # of the page's choice. With it, it is no simple request any more.
        if "authorization" not in request.headers:
            raise RefusedHttp(
                401, "Sign in first: files are sent with an Authorization header.", code="UNAUTHENTICATED"
            )
        _, options = options_of(request.headers.get("content-type", ""))
        boundary = options.get("boundary", "")
        if not 0 < len(boundary) <= _LONGEST_BOUNDARY or not boundary.isascii():
            raise RefusedHttp(400, "The Content-Type of the request names no usable boundary.")
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise RefusedHttp(415, "Send the request without a Content-Encoding.")
        declared = request.headers.get("content-length", "")
        self._at_most = int(declared) if declared.isdecimal() else None
        self._parser = PushMultipartParser(boundary, max_header_size=HEADER_BYTES, max_header_count=_HEADERS)
        self._events: deque[MultipartSegment | bytearray | bytes | None] = deque()
        self.body = body

    async def parameters(self, most_bytes: int) -> Parameters:
        """The GraphQL request, with an IncomingFile where the map says. Raises RefusedHttp."""
        try:
            operations = decoded(await self._field("operations", most_bytes), "The part `operations`")
            places = decoded(await self._field("map", _MAP_BYTES), "The part `map`")
            segment = await self._next()
        except MultipartError as error:
            raise _unreadable(error) from None
        parameters = parameters_of(operations)
        if segment is None:
            raise RefusedHttp(400, f"The request ends without a file. {_SHAPE}")
        named = places if isinstance(places, dict) else {}
        if not isinstance(segment, MultipartSegment) or segment.name not in named:
            raise RefusedHttp(400, f"A part is not where it should be. {_SHAPE}")
        _put(parameters.variables, places, IncomingFile(segment, self._at_most, self._blocks))
        return parameters

    async def _field(self, name: str, most_bytes: int) -> bytes:
        segment = await self._next()
        if not isinstance(segment, MultipartSegment) or segment.name != name:
            raise RefusedHttp(400, f"The part `{name}` is not where it should be. {_SHAPE}")
        value = bytearray()
        while (piece := await self._next()) is not None:
            assert not isinstance(piece, MultipartSegment)  # the parser ends a part before it begins another
            value += piece
            if len(value) > most_bytes:
                raise RefusedHttp(
                    413, f"The part `{name}` is larger than {most_bytes:,} bytes.", code=LIMIT_EXCEEDED
                )
        return bytes(value)

    async def _blocks(self) -> AsyncIterator[bytes]:
        try:
            while (block := await self._next()) is not None:
                yield block
            await self._end()
        except MultipartError:
            raise BadInputError(
                "file", "The upload broke off before its end, so nothing was kept. Send it again."
            ) from None

    async def _end(self) -> None:
        """Read to the end of the body, after the file. Raises MultipartError when it is not the end of the form."""
        spare = _EPILOGUE_BYTES
        while not self._events and spare >= 0 and (chunk := await self.body.read()):
            spare -= len(chunk)
            self._events.extend(self._parser.parse(chunk))
        if self._events or spare < 0:
            raise BadInputError("file", "More follows after the file. Upload one file at a time.")
        self._parser.close()

    async def _next(self) -> Any:
        """The parser's next event: the head of a part, bytes of it, or None for its end, and for the end of all.

        Raises MultipartError, also when the body ends too early.
        """
        while not self._events:
            chunk = await self.body.read()
            if not chunk:
                self._parser.close()
                return None
            self._events.extend(self._parser.parse(chunk))
        return self._events.popleft()


def _put(variables: dict[str, Any], places: Any, file: IncomingFile) -> None:
    """Put the file where the map says: `{"<part>": ["variables.<name>"]}`."""
    paths = [path for them in places.values() for path in them] if _is_map(places) else []
    if len(paths) != 1:
        raise RefusedHttp(400, "The part `map` names one file and one place for it: one at a time.")
    root, *steps = paths[0].split(".")
    inner: Any = variables
    for step in steps[:-1]:
        inner = inner.get(step) if isinstance(inner, dict) else None
    if root != "variables" or not steps or not isinstance(inner, dict) or inner.get(steps[-1], 0) is not None:
        raise RefusedHttp(400, "The part `map` names a variable that is null in `operations`.")
    inner[steps[-1]] = file


def _is_map(places: Any) -> bool:
    return isinstance(places, dict) and all(
        isinstance(them, list) and all(isinstance(path, str) for path in them) for them in places.values()
    )


def _unreadable(error: MultipartError) -> RefusedHttp:
    if isinstance(error, ParserLimitReached):
        message = f"The head of a part is longer than {HEADER_BYTES:,} bytes: is the file's name that long?"
        return RefusedHttp(400, message, code=LIMIT_EXCEEDED)
    return RefusedHttp(400, "The body is not valid multipart/form-data, or ends too early.")
