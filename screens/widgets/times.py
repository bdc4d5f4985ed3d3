"""Moments and ages in words."""

from datetime import UTC, datetime

_STEPS = (
    (60, "s", 1),
    (3600, "min", 60),
    (86400, "h", 3600),
    (86400 * 60, "d", 86400),
    (86400 * 730, "months", 2629800),
)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def age(moment: datetime | None, never: str = "never") -> str:
    """How long ago a moment was, such as `3 h ago`."""
    if moment is None:
        return never
    seconds = (now() - moment).total_seconds()
    return "just now" if seconds < 10 else f"{span(seconds)} ago"


def span(seconds: float) -> str:
    """A span of time in its largest fitting unit, such as `25 min`."""
    for limit, unit, size in _STEPS:
        if seconds < limit:
            return f"{int(seconds // size)} {unit}"
    return f"{int(seconds // 31557600)} years"


def days(moment: datetime | None) -> int | None:
    """Whole days since a moment."""
    return None if moment is None else int((now() - moment).total_seconds() // 86400)


def exact(moment: datetime | None) -> str:
    """A moment to the second, in UTC, as `2026-11-23 13:51:09 UTC`."""
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def short(moment: datetime) -> str:
    """A moment for a column: `13:51` today, `Nov 21 13:51` this year, otherwise the date. In UTC."""
    at, today = moment.astimezone(UTC), now()
    if at.date() == today.date():
        return at.strftime("%H:%M:%S")
    return at.strftime("%b %d %H:%M") if at.year == today.year else at.strftime("%Y-%m-%d")
