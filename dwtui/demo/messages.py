"""What the world's process tells the one that started it: a line of JSON each."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Progress:
    """A step on the way to the first screen: `done` of `total` are behind us, `text` is under way."""

    done: int
    total: int
    text: str


@dataclass(frozen=True)
class TrialAccount:
    """An IAM user's key pair for trying the add flow, and what to expect of it."""

    bucket: str
    access_key: str
    secret_key: str = field(repr=False)
    expect: str


@dataclass(frozen=True)
class Ready:
    """The world stands. `tokens` by role: administrator, studyAdministrator, support, member."""

    url: str
    tokens: Mapping[str, str] = field(repr=False)
    organization: str
    s3_endpoint: str
    accounts: tuple[TrialAccount, ...]


@dataclass(frozen=True)
class Note:
    """Something worth knowing that happened later on."""

    text: str


@dataclass(frozen=True)
class Failed:
    """The world could not be built, or has come to an end by itself; `text` says why."""

    text: str


Message = Progress | Ready | Note | Failed
_KINDS: Mapping[str, type[Any]] = {"progress": Progress, "ready": Ready, "note": Note, "failed": Failed}


def to_line(message: Message) -> bytes:
    """A message as a line of JSON."""
    kind = next(name for name, it in _KINDS.items() if isinstance(message, it))
    return (json.dumps({"kind": kind, **asdict(message)}) + "\n").encode()


def from_line(line: bytes) -> Message:
    """The message in a line of JSON."""
    fields = json.loads(line)
    kind = fields.pop("kind")
    if kind == "ready":
        fields["accounts"] = tuple(TrialAccount(**account) for account in fields["accounts"])
    message: Message = _KINDS[kind](**fields)
    return message
