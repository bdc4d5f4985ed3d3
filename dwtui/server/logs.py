"""The API's log: one line of JSON an event, on one stream, with secrets masked."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from dwtui.server.redaction import redact

REQUESTS = logging.getLogger("dwtui.server.requests")
"""One line for every request that was answered."""

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request being answered; every line logged meanwhile carries it."""

# Their debug and info lines hold credentials, signatures, SQL parameters or mere noise.
_NEVER_BELOW_WARNING = (
    "aiosqlite",
    "alembic.runtime.plugins",
    "ariadne",
    "asyncio",
    "boto3",
    "botocore",
    "httpcore",
    "httpx",
    "s3transfer",
    "sqlalchemy",
    "urllib3",
    "uvicorn",
    "uvicorn.error",
)


class JsonLines(logging.Formatter):
    """A record as one line of JSON: at, level, logger, message, request, its fields, its exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, without a line break in it."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        current = request_id.get()
        if current is not None:
            line["request"] = current
        for name, value in getattr(record, "fields", {}).items():
            line[name] = redact(value) if isinstance(value, str) else value
        if record.exc_info:
            line["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=_as_text)


def _as_text(value: object) -> str:
    return redact(str(value))


def configure_logging(level: str, stream: TextIO | None = None) -> None:
    """Send every logger's lines to the stream (default: stderr). `level` as in ServerSettings.log_level."""
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _NEVER_BELOW_WARNING:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(max(logging.WARNING, root.level))
    # we write a line of our own for every request
    logging.getLogger("uvicorn.access").disabled = True
