"""What is verified: the identity, the uses, and what probes have learned of it so far."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from dwtui.server.s3.cleaning import Cleaner
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.leftovers import Leftovers
from dwtui.server.s3.location import Location
from dwtui.server.s3.results import Actor, StorageUse


class Owner(TypedDict, total=False):
    """The parameter with which a request insists on the bucket's owner."""

    ExpectedBucketOwner: str


@dataclass
class Nonce:
    """The small object that the writing probes write, with what it must hold."""

    key: str
    body: bytes
    written: bool = False
    version: str | None = None


@dataclass
class Facts:
    """What probes have learned. Each is set by one probe, and read by those that run after it."""

    arn: str | None = None
    account_id: str | None = None
    user: str | None = None
    account_alias: str | None = None
    key_created_at: datetime | None = None
    region: str | None = None
    bucket_owner: str | None = None
    locked_by_default: bool = False
    lock_enabled: bool = False


@dataclass
class Subject:
    """One verification's subject. `quiet`: prove writing without leaving a version or a delete marker."""

    identity: Identity
    uses: frozenset[StorageUse]
    expected_account: str | None = None
    quiet: bool = False
    facts: Facts = field(default_factory=Facts)
    leftovers: Leftovers = field(default_factory=Leftovers)
    nonce: Nonce = field(init=False)
    cleaner: Cleaner = field(init=False)

    def __post_init__(self) -> None:
        self.cleaner = Cleaner(self.identity.keys)
        token = secrets.token_hex(16)
        folder = self.location.documents_folder
        self.nonce = Nonce(f"{folder}.verification-{token}", f"dwtui verification {token}\n".encode())

    @property
    def location(self) -> Location:
        """The location that is verified."""
        return self.identity.location

    @property
    def blank_keys(self) -> bool:
        """Whether it is the application's own identity."""
        return self.identity.keys is None

    @property
    def keys_owner(self) -> Actor:
        """Who can mend the identity and its policies."""
        return Actor.OPERATOR if self.blank_keys else Actor.IAM_USER_OWNER

    @property
    def endpoint_owner(self) -> Actor:
        """Who can mend the way to the service."""
        return Actor.BUCKET_OWNER if self.location.endpoint_url else Actor.OPERATOR

    @property
    def list_folder(self) -> str:
        """What is listed: all of the storage for data, the documents' folder otherwise."""
        return self.location.folder if StorageUse.DATA in self.uses else self.location.documents_folder

    @property
    def owner(self) -> Owner:
        """The parameter for every request once the bucket's owner is known."""
        account = self.facts.bucket_owner or self.expected_account
        return {"ExpectedBucketOwner": account} if account else {}


def headers_of(answer: Any) -> dict[str, str]:
    """The HTTP headers of an answer of botocore's, names in lower case."""
    headers: dict[str, str] = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    return headers


def request_id_of(answer: Any) -> str | None:
    """The service's id of the request that was answered."""
    metadata = answer.get("ResponseMetadata", {})
    return metadata.get("RequestId") or headers_of(answer).get("x-amzn-requestid") or None
