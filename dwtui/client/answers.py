"""What an API answered over HTTP: its data, or an error with a reason."""

from typing import Any

import httpx

from dwtui.client.address import Address
from dwtui.client.errors import (
    ApiError,
    LimitExceeded,
    ServerFailed,
    Unauthenticated,
    UnexpectedAnswer,
    error_from_answer,
)

BUSY = frozenset({502, 503, 504})
"""Statuses of something in between, or of a server that is starting: worth another try."""


def data_of(address: Address, response: httpx.Response) -> dict[str, Any]:
    """The `data` of an answer; raises the error it tells of."""
    request_id = response.headers.get("x-request-id")
    try:
        answer = response.json()
    except ValueError as error:
        raise _without_json(address, response) from error
    return data_of_result(answer, request_id) if _is_result(answer) else _refuse(address, response)


def data_of_result(answer: Any, request_id: str | None = None) -> dict[str, Any]:
    """The `data` of one GraphQL result, as it comes in answers and in events."""
    if not _is_result(answer):
        raise UnexpectedAnswer(
            "The API's answer is no GraphQL result. Its version may not fit this program's."
        )
    if answer.get("errors"):
        raise error_from_answer(answer["errors"][0], request_id)
    data = answer.get("data")
    if not isinstance(data, dict):
        raise UnexpectedAnswer("The API answered without data and without a reason.", request_id=request_id)
    return data


def _is_result(answer: Any) -> bool:
    if not isinstance(answer, dict):
        return False
    errors = answer.get("errors")
    if errors is None:
        return "data" in answer
    return isinstance(errors, list) and all(isinstance(error, dict) for error in errors)


def _refuse(address: Address, response: httpx.Response) -> Any:
    raise _without_json(address, response)


def _without_json(address: Address, response: httpx.Response) -> ApiError:
    status = response.status_code
    request_id = response.headers.get("x-request-id")
    if status == 401:
        return Unauthenticated(
            f"{address.url} asks for a token. Sign in: `dwtui login`.", request_id=request_id
        )
    if status == 413:
        return LimitExceeded(f"The request is larger than {address.url} takes.", request_id=request_id)
    if status == 429:
        return LimitExceeded(
            f"{address.url} has had too many requests. Wait a moment.", request_id=request_id
        )
    if status in BUSY:
        return ServerFailed(
            f"{address.url} is not available (HTTP {status}). Try again, or ask its operator.",
            request_id=request_id,
        )
    if status >= 500:
        return ServerFailed(f"{address.url} failed (HTTP {status}). Ask its operator.", request_id=request_id)
    if 300 <= status < 400 and "location" in response.headers:
        return UnexpectedAnswer(
            f"{address.url} has moved to {response.headers['location']}. Use that address."
        )
    return UnexpectedAnswer(
        f"{address.url} is no dwtui API (HTTP {status}). Check the address of the profile."
    )
