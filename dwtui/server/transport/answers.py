"""The HTTP answers: their headers, and the JSON of a result."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from dwtui.server.transport.media_types import GRAPHQL_RESPONSE
from dwtui.server.transport.problems import RefusedHttp, RefusedRequest

HARDENED = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer: it is data for a program, not to be kept, framed or guessed at by a browser."""


def encoded(result: Mapping[str, Any]) -> bytes:
    """A GraphQL result as one line of JSON. Raises TypeError or ValueError for what is no JSON."""
    return json.dumps(result, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def answer(
    body: bytes, media_type: str, request_id: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A single answer to a GraphQL request."""
    return Response(
        body,
        status,
        {**HARDENED, "Vary": "Accept", "X-Request-Id": request_id, **(headers or {})},
        f"{media_type}; charset=utf-8",
    )


def refusal(refused: RefusedRequest, media_type: str, request_id: str) -> Response:
    """The answer to a request that was not executed.

    As GraphQL over HTTP has it, `application/json` hides the status of a well-formed request behind 200.
    """
    over_http = isinstance(refused, RefusedHttp)
    status = refused.status if over_http or media_type == GRAPHQL_RESPONSE else 200
    headers = dict(refused.headers) if isinstance(refused, RefusedHttp) else {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="dwtui"'
    return answer(encoded({"errors": list(refused.errors)}), media_type, request_id, status, headers)
