"""What went wrong, as the errors that programs expect of files; the words stay those of the API."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from dwtui.client.address import BadAddress
from dwtui.client.errors import (
    ApiError,
    BadInput,
    Conflict,
    ConnectionLost,
    Damaged,
    Detached,
    Forbidden,
    LimitExceeded,
    NotFound,
    Stranded,
    Unauthenticated,
)
from dwtui.settings import SettingsError


class StrandedDocument(OSError):
    """The bytes do not lie where the study looks for them; the message says where, and what brings them back."""


class ApiUnreachable(ConnectionError):
    """The API could not be reached, or went away in the middle."""


_KINDS: tuple[tuple[type[ApiError], type[OSError], int], ...] = (
    (NotFound, FileNotFoundError, errno.ENOENT),
    (Unauthenticated, PermissionError, errno.EACCES),
    (Forbidden, PermissionError, errno.EACCES),
    (Conflict, FileExistsError, errno.EEXIST),
    (Stranded, StrandedDocument, errno.ENODATA),
    (Detached, StrandedDocument, errno.ENODATA),
    (Damaged, OSError, errno.EIO),
    (ConnectionLost, ApiUnreachable, errno.ECONNABORTED),
    (LimitExceeded, OSError, errno.EFBIG),
    (BadInput, OSError, errno.EINVAL),
)


@contextmanager
def as_file_errors(path: str | None = None) -> Iterator[None]:
    """What the client raises inside becomes an OSError that names the path."""
    try:
        yield
    except ApiError as error:
        raise _file_error(error, path) from error
    except (SettingsError, BadAddress) as error:
        raise OSError(errno.EINVAL, str(error), path) from error


def _file_error(error: ApiError, path: str | None) -> OSError:
    kind, number = next(
        ((kind, number) for ours, kind, number in _KINDS if isinstance(error, ours)), (OSError, errno.EIO)
    )
    return kind(number, error.message, path)
