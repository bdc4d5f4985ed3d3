"""What a probe found, before it is put into the report."""

from dataclasses import dataclass

from dwtui.server.s3.policies import Statement
from dwtui.server.s3.results import Actor, ProbeStatus


@dataclass(frozen=True)
class Finding:
    """A probe's finding, in words. Texts may still hold what the service sent; the run cleans them."""

    status: ProbeStatus
    message: str
    error_code: str | None = None
    request_id: str | None = None
    who: Actor | None = None
    remedy: str | None = None
    statement: Statement | None = None
    keys_unknown: bool = False


def passed(message: str, request_id: str | None = None) -> Finding:
    """All is as it must be."""
    return Finding(ProbeStatus.PASS, message, request_id=request_id)


def skipped(message: str, error_code: str | None = None, request_id: str | None = None) -> Finding:
    """Not asked, or the answer may not be read; nothing is wrong."""
    return Finding(ProbeStatus.SKIP, message, error_code, request_id)


def warned(message: str, who: Actor, remedy: str, statement: Statement | None = None) -> Finding:
    """It works, but somebody should know."""
    return Finding(ProbeStatus.WARN, message, who=who, remedy=remedy, statement=statement)


def failed(message: str, who: Actor, remedy: str, statement: Statement | None = None) -> Finding:
    """Not as it must be, though no request was refused."""
    return Finding(ProbeStatus.FAIL, message, who=who, remedy=remedy, statement=statement)
