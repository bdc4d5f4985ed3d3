"""The failures a client is told of. Anything else is masked by the transport as INTERNAL."""

from collections.abc import Mapping
from typing import Any


class ApplicationError(Exception):
    """A failure with a code of the contract, told in words for the person who will read them.

    `extensions` become the GraphQL error's `extensions`, next to `code`. They hold no secrets.
    """

    code = "INTERNAL"

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(message)
        self.message = message
        self.extensions: Mapping[str, Any] = extensions


class UnauthenticatedError(ApplicationError):
    """No token, or one that is unknown, expired or revoked."""

    code = "UNAUTHENTICATED"


class ForbiddenError(ApplicationError):
    """The viewer sees the thing but may not do this to it."""

    code = "FORBIDDEN"


class NotFoundError(ApplicationError):
    """There is no such thing, or the viewer may not know of it."""

    code = "NOT_FOUND"


class BadInputError(ApplicationError):
    """An input that can not be right; `field` names it."""

    code = "BAD_USER_INPUT"

    def __init__(self, field: str, message: str, **extensions: Any) -> None:
        super().__init__(message, field=field, **extensions)
        self.field = field


class ConflictError(ApplicationError):
    """It clashes with what is there now: a duplicate, or a revision that has passed."""

    code = "CONFLICT"


class StrandedError(ApplicationError):
    """The bytes lie in another storage than the one the study looks in; the message says what brings them back."""

    code = "STRANDED"


class DetachedError(ApplicationError):
    """The bytes lie in a storage that was deleted; the message says what brings them back."""

    code = "DETACHED"


class VerificationFailedError(ApplicationError):
    """The required probes did not pass; `checks` is the list of all probe results."""

    code = "VERIFICATION_FAILED"


class StorageFailedError(ApplicationError):
    """A storage did not take or give bytes; the message says why, and who can do something about it.

    `passing`: the same may work later without anybody doing anything.
    """

    code = "STORAGE_FAILED"

    def __init__(self, message: str, *, passing: bool, in_time: bool = True, **extensions: Any) -> None:
        super().__init__(message, passing=passing, **extensions)
        self.passing = passing
        self.in_time = in_time
        """Whether it answered at all."""


class LimitExceededError(ApplicationError):
    """More was asked than the API gives in one go."""

    code = "LIMIT_EXCEEDED"


class UnavailableError(ApplicationError):
    """A part that the application stands on fails for a while; nothing was changed."""

    code = "INTERNAL"
