"""What a verification is made of, in the contract's names: probes, their results, the report."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StorageUse(StrEnum):
    """What a storage is meant to be used for."""

    DOCUMENTS = "DOCUMENTS"
    DATA = "DATA"


class Probe(StrEnum):
    """One permission check, in the order in which reports show them."""

    IDENTITY = "IDENTITY"
    BUCKET = "BUCKET"
    OWNER = "OWNER"
    LIST = "LIST"
    PUT = "PUT"
    GET = "GET"
    MULTIPART = "MULTIPART"
    DELETE = "DELETE"
    VERSIONING = "VERSIONING"
    OBJECT_LOCK = "OBJECT_LOCK"
    ENCRYPTION = "ENCRYPTION"
    OWNERSHIP = "OWNERSHIP"
    PUBLIC_ACCESS = "PUBLIC_ACCESS"
    POLICY_STATUS = "POLICY_STATUS"
    LIFECYCLE = "LIFECYCLE"
    REQUESTER_PAYS = "REQUESTER_PAYS"
    IAM_USER = "IAM_USER"
    KEY_AGE = "KEY_AGE"
    ACCOUNT_ALIAS = "ACCOUNT_ALIAS"
    EXCESS_POWER = "EXCESS_POWER"


class ProbeStatus(StrEnum):
    """What a probe found."""

    PASS = "PASS"  # noqa: S105 - a status, not a password
    FAIL = "FAIL"
    WARN = "WARN"
    SKIP = "SKIP"
    INCONCLUSIVE = "INCONCLUSIVE"


class Actor(StrEnum):
    """Who can mend what a probe found."""

    IAM_USER_OWNER = "IAM_USER_OWNER"
    BUCKET_OWNER = "BUCKET_OWNER"
    KMS_KEY_OWNER = "KMS_KEY_OWNER"
    AWS_ORGANIZATION = "AWS_ORGANIZATION"
    OPERATOR = "OPERATOR"


class Verdict(StrEnum):
    """What all probes together mean."""

    HEALTHY = "HEALTHY"
    UNHEALTHY = "UNHEALTHY"
    INCONCLUSIVE = "INCONCLUSIVE"


@dataclass(frozen=True)
class PlannedProbe:
    """A probe that is going to run."""

    probe: Probe
    title: str
    required: bool


@dataclass(frozen=True)
class ProbeResult:
    """What a probe found. Texts from outside are bounded and hold no secret; `statement` is JSON text."""

    probe: Probe
    status: ProbeStatus
    required: bool
    title: str
    message: str
    error_code: str | None = None
    request_id: str | None = None
    who_must_act: Actor | None = None
    remedy: str | None = None
    statement: str | None = None
    milliseconds: int = 0


@dataclass(frozen=True)
class Report:
    """A full verification. Times are in UTC; `bucket_owner` is the account proven to own the bucket."""

    verdict: Verdict
    uses: tuple[StorageUse, ...]
    started_at: datetime
    finished_at: datetime
    probes: tuple[ProbeResult, ...]
    arn: str | None = None
    account_id: str | None = None
    account_alias: str | None = None
    user: str | None = None
    region: str | None = None
    key_created_at: datetime | None = None
    bucket_owner: str | None = None


@dataclass(frozen=True)
class Planned:
    """First event: what is going to run, in the order of the enumeration."""

    probes: tuple[PlannedProbe, ...]


@dataclass(frozen=True)
class ProbeFinished:
    """A probe has finished."""

    result: ProbeResult


@dataclass(frozen=True)
class Waiting:
    """AWS does not know the keys yet; it will be asked again for that many more seconds."""

    seconds: int


@dataclass(frozen=True)
class Finished:
    """Last event: the whole report."""

    report: Report


Event = Planned | ProbeFinished | Waiting | Finished
