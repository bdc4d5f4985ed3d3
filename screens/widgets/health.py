"""Health in words: a symbol and words, so that it can be read without colours and by ear."""

from dwtui.obstacles import Obstacle, what_is_wrong
from screens.widgets.tones import Cell

HEALTHY = Cell("✓ healthy", "good")
NEVER = Cell("… never verified", "muted")
NO_VERDICT = Cell("~ no verdict", "warn")


def health(healthy: bool | None, obstacle: Obstacle | None, *, verified: bool) -> Cell:
    """Health in words. `obstacle` is what the last verification stumbled over; `verified`: there was one."""
    if healthy is False:
        return Cell(f"✗ {what_is_wrong(obstacle)}", "bad")
    if healthy and obstacle is not None:
        return Cell("✓ healthy, last check had no answer", "warn")
    if healthy:
        return HEALTHY
    return NO_VERDICT if verified else NEVER


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
