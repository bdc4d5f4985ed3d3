"""The contract's values in words for people. Symbols and colours stand beside words, never for them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dwtui.cli.printing import Styled
from dwtui.obstacles import Obstacle, what_is_wrong

if TYPE_CHECKING:
    from dwtui.client.generated.enums import (
        OrganizationRole,
        Outcome,
        ProbeStatus,
        Role,
        StorageUse,
        StudyRole,
        Verdict,
    )

_STATUS = {
    "PASS": Styled("✓ passed", "green"),
    "FAIL": Styled("✗ failed", "red"),
    "WARN": Styled("! warning", "yellow"),
    "SKIP": Styled("- skipped", "dim"),
    "INCONCLUSIVE": Styled("? no answer", "yellow"),
}
_VERDICT = {
    "HEALTHY": Styled("✓ healthy", "green"),
    "UNHEALTHY": Styled("✗ unhealthy", "red"),
    "INCONCLUSIVE": Styled("? inconclusive", "yellow"),
}
_OUTCOME = {
    "SUCCEEDED": Styled("✓ done", "green"),
    "REFUSED": Styled("✗ refused", "yellow"),
    "FAILED": Styled("✗ failed", "red"),
}
_WHO = {
    "IAM_USER_OWNER": "whoever owns the IAM user",
    "BUCKET_OWNER": "whoever owns the bucket",
    "KMS_KEY_OWNER": "whoever owns the KMS key",
    "AWS_ORGANIZATION": "whoever keeps the AWS organization's policies",
    "OPERATOR": "the operator of this application",
}
_STEPS = ((60, "s", 1), (3600, "min", 60), (86400, "h", 3600), (float("inf"), "d", 86400))


def health(healthy: bool | None, obstacle: Obstacle | None) -> Styled:
    """The health of a storage, with what stands in its way."""
    if healthy is None:
        return Styled("? never verified", "yellow")
    return _VERDICT["HEALTHY"] if healthy else Styled(f"✗ {what_is_wrong(obstacle)}", "red")


def status(value: "ProbeStatus") -> Styled:
    """What a probe found."""
    return _STATUS[value.value]


def verdict(value: "Verdict") -> Styled:
    """What all probes together mean."""
    return _VERDICT[value.value]


def outcome(value: "Outcome") -> Styled:
    """What became of an action."""
    return _OUTCOME[value.value]


def who(value: str) -> str:
    """Who can mend what a probe found."""
    return _WHO[value]


def uses(values: "list[StorageUse]") -> str | None:
    """What a storage is meant for."""
    return ", ".join(value.value.lower() for value in values) or None


def role(value: "Role | OrganizationRole | StudyRole | None") -> str:
    """A role; nothing for an operator who is no member."""
    return value.value.lower().replace("_", " ") if value else "no member"


def place(bucket: str | None, prefix: str | None) -> str | None:
    """Where a storage lies, as `s3://bucket/prefix/`."""
    if bucket is None:
        return None
    return f"s3://{bucket}/{prefix}/" if prefix else f"s3://{bucket}/"


def moment(at: datetime | None) -> str | None:
    """A moment, in UTC."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def ago(at: datetime | None) -> str | None:
    """How long ago a moment was, in one unit: `5 min ago`."""
    if at is None:
        return None
    seconds = max((datetime.now(UTC) - at).total_seconds(), 0)
    unit, size = next((unit, size) for limit, unit, size in _STEPS if seconds < limit)
    return f"{int(seconds // size)} {unit} ago"
