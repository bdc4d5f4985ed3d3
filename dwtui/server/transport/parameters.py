"""Reads a GraphQL request from the body of an HTTP request: size, media type, JSON, and the fields in it."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from dwtui.server.transport.problems import LIMIT_EXCEEDED, RefusedHttp

JSON_DEPTH = 64
"""Levels of arrays and objects in the body. No input of the contract nests deeper than a few."""

_DRAINED_BYTES = 8_388_608


@dataclass(frozen=True, slots=True)
class Parameters:
    """One GraphQL request as the client sent it."""

    query: str = field(repr=False)
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict, repr=False)


async def read_parameters(request: Request, body_bytes: int) -> Parameters:
    """The GraphQL request in the body, of at most `body_bytes`. Raises RefusedHttp, or ClientDisconnect."""
    _require_json(request)
    return parameters_of(decoded(await _body(request, body_bytes), "The body"))


def _require_json(request: Request) -> None:
    # Only a JSON content type: browsers do not send one to another site without asking first, so no simple
    # request can act in a user's name.
    media_type, *parameters = (part.strip() for part in request.headers.get("content-type", "").split(";"))
    if media_type.lower() != "application/json":
        raise RefusedHttp(
            415,
            "Send the GraphQL request as JSON, with Content-Type: application/json; one with a file as "
            "multipart/form-data.",
        )
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(' "').lower() not in ("utf-8", "utf8"):
            raise RefusedHttp(415, "Send the GraphQL request in UTF-8.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusedHttp(415, "Send the GraphQL request without a Content-Encoding.")


async def _body(request: Request, limit: int) -> bytes:
    declared = request.headers.get("content-length", "")
    too_large = declared.isdecimal() and int(declared) > limit
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        too_large = too_large or size > limit
        if too_large:
            # Read on for a while, keeping nothing: a client cut off while it sends may never see the answer.
            chunks.clear()
            if size > limit + _DRAINED_BYTES:
                break
        else:
            chunks.append(chunk)
    if too_large:
        raise RefusedHttp(
            413,
            f"The request is larger than {limit:,} bytes.",
            code=LIMIT_EXCEEDED,
            headers={"Connection": "close"},
        )
    return b"".join(chunks)


def decoded(body: bytes, what: str) -> Any:
    """JSON; `what` it is in words, such as `The body`. Raises RefusedHttp."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedHttp(400, f"{what} is not valid UTF-8.") from None
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise RefusedHttp(400, f"{what} is nested too deeply.", code=LIMIT_EXCEEDED) from None
    except json.JSONDecodeError as error:
        raise RefusedHttp(
            400, f"{what} is not valid JSON (line {error.lineno}, column {error.colno})."
        ) from None
    except ValueError:
        raise RefusedHttp(400, f"{what} holds a number that is not valid in JSON, or far too long.") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def parameters_of(body: Any) -> Parameters:
    """The GraphQL request that decoded JSON holds. Raises RefusedHttp."""
    if isinstance(body, list):
        raise RefusedHttp(400, "Batches are not accepted: send one GraphQL request at a time.")
    if not isinstance(body, dict):
        raise RefusedHttp(400, "The body must be a JSON object with the field `query`.")
    query = body.get("query")
    if not isinstance(query, str) or not query.strip():
        raise RefusedHttp(400, "The field `query` must hold the query document, as text.")
    operation_name = body.get("operationName")
    if operation_name is not None and not isinstance(operation_name, str):
        raise RefusedHttp(400, "The field `operationName` must be text or null.")
    variables = body.get("variables")
    if variables is not None and not isinstance(variables, dict):
        raise RefusedHttp(400, "The field `variables` must be an object or null.")
    if not isinstance(body.get("extensions"), dict | None):
        raise RefusedHttp(400, "The field `extensions` must be an object or null.")
    if _depth_exceeds(variables, JSON_DEPTH):
        raise RefusedHttp(
            400, f"The variables are nested deeper than {JSON_DEPTH} levels.", code=LIMIT_EXCEEDED
        )
    return Parameters(query, operation_name or None, variables or {})


def _depth_exceeds(value: Any, levels: int) -> bool:
    layer = [value]
    for _ in range(levels + 1):
        layer = [
            inner
            for outer in layer
            for inner in (
                outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ()
            )
        ]
        if not layer:
            return False
    return True
