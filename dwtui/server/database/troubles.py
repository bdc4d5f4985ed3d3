"""What keeps a database from working for a while, told in words: it is full, it is busy, it does not answer."""

import logging

from sqlalchemy.exc import DBAPIError

from dwtui.server.errors import UnavailableError

_log = logging.getLogger(__name__)

_FULL = "has no room left, or can not be written"
_BUSY = "is busy with something else"
_AWAY = "does not answer"
# The primary result codes of SQLite: BUSY, LOCKED, READONLY, IOERR, FULL.
_OF_SQLITE = {5: _BUSY, 6: _BUSY, 8: _FULL, 10: _FULL, 13: _FULL}
# PostgreSQL's SQLSTATE codes, by how they begin: connections, resources, shutting down, deadlocks, locks.
_OF_POSTGRESQL = {"08": _AWAY, "53": _FULL, "57P": _AWAY, "40P01": _BUSY, "55P03": _BUSY}


def trouble_of(error: DBAPIError) -> UnavailableError | None:
    """The trouble that a failed statement tells of; None when it is another kind of failure."""
    words = _of_sqlite(error.orig) or _of_postgresql(error.orig)
    if words is None:
        return None
    _log.error("the database %s: %s", words, type(error.orig).__name__)
    return UnavailableError(
        f"The application's database {words}, so nothing was saved. Try again in a while; if it stays so, "
        "the operator of this application can mend it."
    )


def _of_sqlite(cause: object) -> str | None:
    code = getattr(cause, "sqlite_errorcode", None)
    return _OF_SQLITE.get(code & 0xFF) if isinstance(code, int) else None


def _of_postgresql(cause: object) -> str | None:
    state = str(getattr(cause, "sqlstate", None) or "")
    return next((words for start, words in _OF_POSTGRESQL.items() if state.startswith(start)), None)
