"""Requests that are refused before anything is executed, and the form of an error in an answer."""

from collections.abc import Mapping, Sequence
from typing import Any

BAD_USER_INPUT = "BAD_USER_INPUT"
LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
INTERNAL = "INTERNAL"

FormattedError = dict[str, Any]

STATUS_OF_CODE = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    INTERNAL: 500,
}
"""HTTP status of an answer without data, by the code of its first error; 400 for all others."""


def problem(
    code: str,
    message: str,
    *,
    locations: Sequence[tuple[int, int]] = (),
    path: Sequence[str | int] = (),
    extensions: Mapping[str, Any] | None = None,
) -> FormattedError:
    """An error as it stands in an answer. `locations` are lines and columns of the query document, from 1."""
    formatted: FormattedError = {"message": message}
    if locations:
        formatted["locations"] = [{"line": line, "column": column} for line, column in locations]
    if path:
        formatted["path"] = list(path)
    formatted["extensions"] = {**(extensions or {}), "code": code}
    return formatted


class RefusedRequest(Exception):
    """A GraphQL request that is not executed: it can not be read, is not valid, or asks for too much."""

    def __init__(self, *errors: FormattedError, status: int | None = None) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors
        self.status = (
            status if status is not None else STATUS_OF_CODE.get(errors[0]["extensions"]["code"], 400)
        )


class RefusedHttp(RefusedRequest):
    """An HTTP request that carries no GraphQL request at all; its status counts for every media type."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str = BAD_USER_INPUT,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(problem(code, message), status=status)
        self.status: int = status
        self.headers = dict(headers or {})
