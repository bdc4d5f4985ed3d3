"""What can go wrong between us and the API, as exceptions. Light: it imports no HTTP and no models."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ProbeDetails


class ApiError(Exception):
    """A failure told by the API, or of the way there. Its message is for the person who will read it."""

    code: ClassVar[str] = "INTERNAL"

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        request_id: str | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        """The input's field that is wrong, where one is."""
        self.request_id = request_id
        """The id of the request in the API's log."""
        self.extensions: Mapping[str, Any] = extensions or {}
        self.passing = False
        """Whether the API was not available for a while, or S3 behind it: the same may work later."""


class Unauthenticated(ApiError):
    """No token, or one that is unknown, expired or revoked: sign in again."""

    code = "UNAUTHENTICATED"


class Forbidden(ApiError):
    """The viewer sees the thing but may not do this to it."""

    code = "FORBIDDEN"


class NotFound(ApiError):
    """There is no such thing, or the viewer may not know of it."""

    code = "NOT_FOUND"


class BadInput(ApiError):
    """An input that can not be right; `field` names it."""

    code = "BAD_USER_INPUT"


class Conflict(ApiError):
    """It clashes with what is there now: a duplicate, or a change made meanwhile by somebody else."""

    code = "CONFLICT"


class VerificationFailed(ApiError):
    """Required probes did not pass, so nothing was saved; `checks` tells which and what to do."""

    code = "VERIFICATION_FAILED"

    @property
    def checks(self) -> "list[ProbeDetails]":
        """The results of all probes, in the order of the contract's enumeration."""
        from dwtui.client.generated.fragments import ProbeDetails

        return [ProbeDetails.model_validate(check) for check in self.extensions.get("checks") or []]


class Stranded(ApiError):
    """The bytes of a document lie in another storage than its study's present document storage."""

    code = "STRANDED"


class Detached(ApiError):
    """The bytes of a document lie in a storage that was deleted."""

    code = "DETACHED"


class Damaged(ApiError):
    """What arrived is not what was uploaded."""

    code = "DAMAGED"


class StorageFailed(ApiError):
    """A storage did not take or give bytes; the message says why, and who can do something about it."""

    code = "STORAGE_FAILED"


class LimitExceeded(ApiError):
    """More was asked than the API gives in one go."""

    code = "LIMIT_EXCEEDED"


class ServerFailed(ApiError):
    """Something unexpected inside the API; `request_id` finds it in its log."""

    code = "INTERNAL"


class UnexpectedAnswer(ApiError):
    """What answered is no dwtui API, or one of another version."""

    code = "UNEXPECTED_ANSWER"


class ConnectionLost(ApiError):
    """The API could not be reached, or went away. `sent` tells whether the request may have arrived there."""

    code = "CONNECTION_LOST"

    def __init__(self, message: str, *, sent: bool = False) -> None:
        super().__init__(message)
        self.sent = sent


_BY_CODE: Mapping[str, type[ApiError]] = {
    kind.code: kind
    for kind in (
        Unauthenticated,
        Forbidden,
        NotFound,
        BadInput,
        Conflict,
        VerificationFailed,
        Stranded,
        Detached,
        StorageFailed,
        LimitExceeded,
        ServerFailed,
    )
}


def error_from_answer(error: Mapping[str, Any], request_id: str | None = None) -> ApiError:
    """The exception for one of an answer's `errors`. A code we do not know becomes the plain `ApiError`."""
    extensions = error.get("extensions")
    extensions = extensions if isinstance(extensions, Mapping) else {}
    field = extensions.get("field")
    said_id = extensions.get("requestId")
    # Without a code it is a mistake in the request itself, such as a field the server does not know.
    kind = _BY_CODE.get(str(extensions.get("code")), ApiError) if extensions.get("code") else UnexpectedAnswer
    return kind(
        str(error.get("message") or "The API gave no reason."),
        field=field if isinstance(field, str) else None,
        request_id=said_id if isinstance(said_id, str) else request_id,
        extensions=extensions,
    )
