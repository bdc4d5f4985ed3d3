"""Health in words: a symbol and words, so that it can be read without colours and by ear."""

from collections.abc import Iterable
from typing import Protocol

from screens.widgets.tones import Cell


class FoundByProbe(Protocol):
    """What is needed of a probe's result."""

    @property
    def probe(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def error_code(self) -> str | None: ...


HEALTHY = Cell("✓ healthy", "good")
NEVER = Cell("… never verified", "muted")
UNHEALTHY = Cell("✗ unhealthy", "bad")
NO_VERDICT = Cell("~ no verdict", "warn")

_GONE = {"NoSuchBucket", "404", "NotFound"}
_DENIED = {"AccessDenied", "403", "Forbidden", "AllAccessDisabled"}


def health(healthy: bool | None, verdict: str | None, probes: Iterable[FoundByProbe] = ()) -> Cell:
    """Health in words. `verdict` is that of the last verification; None: there was none."""
    if healthy is False:
        return _why(probes)
    if healthy and verdict == "INCONCLUSIVE":
        return Cell("✓ healthy, last check had no answer", "warn")
    if healthy:
        return HEALTHY
    return NO_VERDICT if verdict is not None else NEVER


def _why(probes: Iterable[FoundByProbe]) -> Cell:
    """The first required probe that failed says what is wrong."""
    for found in probes:
        if found.status != "FAIL" or not found.required:
            continue
        if found.probe == "IDENTITY":
            return Cell("✗ keys refused", "bad")
        if found.probe == "BUCKET" or found.error_code in _GONE:
            return Cell("✗ bucket not found" if found.error_code in _GONE else "✗ bucket", "bad")
        if found.probe == "OWNER":
            return Cell("✗ foreign bucket", "bad")
        if found.error_code in _DENIED:
            return Cell("✗ access denied", "bad")
        return Cell(f"✗ {found.probe.lower().replace('_', ' ')} failed", "bad")
    return UNHEALTHY


_STATUS = {
    "PASS": Cell("✓ passed", "good"),
    "FAIL": Cell("✗ failed", "bad"),
    "WARN": Cell("! warning", "warn"),
    "SKIP": Cell("- skipped", "muted"),
    "INCONCLUSIVE": Cell("~ no answer", "warn"),
}
RUNNING = Cell("… running", "muted")


def probe_status(status: str | None) -> Cell:
    """What a probe found; None: it is still running."""
    return RUNNING if status is None else _STATUS.get(status, Cell(status))


_ACTORS = {
    "IAM_USER_OWNER": "whoever owns the IAM user",
    "BUCKET_OWNER": "whoever owns the bucket",
    "KMS_KEY_OWNER": "whoever owns the KMS key",
    "AWS_ORGANIZATION": "whoever keeps the AWS organization's policies",
    "OPERATOR": "the operator of this application",
}


def who_must_act(actor: str | None) -> str:
    """Who can mend it, in words; empty where nobody needs to."""
    return "" if actor is None else _ACTORS.get(actor, actor.lower().replace("_", " "))
