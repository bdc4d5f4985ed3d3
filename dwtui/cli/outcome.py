"""How a command ends: its exit code, and what is said when it did not work."""

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from dwtui.client import errors
from dwtui.client.address import BadAddress
from dwtui.settings import SettingsError


class Exit(IntEnum):
    """The exit codes, documented in `dwtui --help`."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    NOT_SIGNED_IN = 3
    FORBIDDEN = 4
    NOT_FOUND = 5
    CONFLICT = 6
    UNHEALTHY = 7
    CONNECTION_LOST = 8
    STRANDED = 9
    PARTLY = 10
    INTERRUPTED = 130


EXIT_CODES_HELP = """Exit codes: 0 done; 1 failed; 2 wrong usage or input; 3 not signed in;
4 not allowed; 5 not found; 6 conflict with what is there; 7 a verification
did not come out healthy; 8 no connection to the API; 9 the bytes lie in another
storage; 10 done in part; 130 interrupted."""


class UsageError(Exception):
    """The command can not be run as it was given; the message says what to write instead."""


class Failed(Exception):
    """The command did not do what it was asked to; the message says why."""


_EXITS: dict[type[Exception], Exit] = {
    UsageError: Exit.USAGE,
    BadAddress: Exit.USAGE,
    errors.BadInput: Exit.USAGE,
    errors.Unauthenticated: Exit.NOT_SIGNED_IN,
    errors.Forbidden: Exit.FORBIDDEN,
    errors.NotFound: Exit.NOT_FOUND,
    errors.Conflict: Exit.CONFLICT,
    errors.VerificationFailed: Exit.UNHEALTHY,
    errors.Stranded: Exit.STRANDED,
    errors.Detached: Exit.STRANDED,
    errors.ConnectionLost: Exit.CONNECTION_LOST,
}

EXPECTED = (UsageError, Failed, SettingsError, BadAddress, errors.ApiError)
"""What a command may end with; anything else is a defect."""


def exit_of(error: Exception) -> Exit:
    """The exit code for an error."""
    return next((code for kind, code in _EXITS.items() if isinstance(error, kind)), Exit.FAILURE)


def lines_of(error: Exception) -> Iterator[str]:
    """What is said of an error: what happened, why, who can mend it."""
    message = str(error)
    yield message
    if isinstance(error, errors.BadInput) and error.field and error.field not in message:
        yield f"It is about `{error.field}`."
    if isinstance(error, errors.VerificationFailed):
        for check in error.checks:
            if check.required and check.status.value in ("FAIL", "INCONCLUSIVE"):
                yield f"- {check.title}: {check.message} {check.remedy or ''}".rstrip()
    if isinstance(error, errors.Unauthenticated) and "dwtui login" not in message:
        yield "Sign in with `dwtui login`."
    if isinstance(error, errors.ServerFailed) and error.request_id and error.request_id not in message:
        yield f"The API's operator finds it in the log as request {error.request_id}."


def document_of(error: Exception) -> dict[str, Any]:
    """The error for scripts, as `--json` prints it."""
    document: dict[str, Any] = {"code": _code_of(error), "message": str(error)}
    if isinstance(error, errors.ApiError):
        document |= {"field": error.field, "requestId": error.request_id}
    if isinstance(error, errors.VerificationFailed):
        document["checks"] = list(error.extensions.get("checks") or [])
    return {"error": document}


def _code_of(error: Exception) -> str:
    if isinstance(error, errors.ApiError):
        return str(error.extensions.get("code") or error.code)
    return {Exit.USAGE: "USAGE"}.get(exit_of(error), "FAILED")
