"""Health in words: a symbol and words, so that it can be read without colours and by ear."""

from typing import Protocol

from screens.widgets.tones import Cell


class Obstacle(Protocol):
    """What is needed of the required probe that did not pass."""

    @property
    def probe(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def error_code(self) -> str | None: ...


HEALTHY = Cell("✓ healthy", "good")
NEVER = Cell("… never verified", "muted")
UNHEALTHY = Cell("✗ unhealthy", "bad")
NO_VERDICT = Cell("~ no verdict", "warn")

_GONE = {"NoSuchBucket", "404", "NotFound"}
_DENIED = {"AccessDenied", "403", "Forbidden", "AllAccessDisabled"}


def health(healthy: bool | None, obstacle: Obstacle | None, *, verified: bool) -> Cell:
    """Health in words. `obstacle` is what the last verification stumbled over; `verified`: there was one."""
    if healthy is False:
        return UNHEALTHY if obstacle is None or obstacle.status != "FAIL" else _why(obstacle)
    if healthy and obstacle is not None:
        return Cell("✓ healthy, last check had no answer", "warn")
    if healthy:
        return HEALTHY
    return NO_VERDICT if verified else NEVER


def _why(obstacle: Obstacle) -> Cell:
    """What is wrong, in two or three words."""
    if obstacle.probe == "IDENTITY":
        return Cell("✗ keys refused", "bad")
    if obstacle.probe == "BUCKET" or obstacle.error_code in _GONE:
        return Cell("✗ bucket not found" if obstacle.error_code in _GONE else "✗ bucket", "bad")
    if obstacle.probe == "OWNER":
        return Cell("✗ foreign bucket", "bad")
    if obstacle.error_code in _DENIED:
        return Cell("✗ access denied", "bad")
    return Cell(f"✗ {obstacle.probe.lower().replace('_', ' ')} failed", "bad")


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
