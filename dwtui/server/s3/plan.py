"""Which probes a verification runs, in which order, and which of them must pass.

DELETE is not required: many buckets forbid deletion on purpose, and documents can be kept in them all the
same. With blank keys nothing is asked about the application's own user, keys and powers: they are the
operator's affair, and serve many organizations.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from dwtui.server.s3.findings import Finding
from dwtui.server.s3.probes.bucket import ask_bucket, ask_owner, ask_requester_pays
from dwtui.server.s3.probes.configuration import (
    ask_encryption,
    ask_object_lock,
    ask_ownership,
    ask_policy_status,
    ask_public_access,
    ask_versioning,
)
from dwtui.server.s3.probes.excess_power import ask_excess_power
from dwtui.server.s3.probes.identity import ask_identity
from dwtui.server.s3.probes.introspection import ask_account_alias, ask_iam_user, ask_key_age
from dwtui.server.s3.probes.lifecycle import ask_lifecycle
from dwtui.server.s3.probes.listing import ask_list
from dwtui.server.s3.probes.reading import ask_get
from dwtui.server.s3.probes.writing import ask_delete, ask_multipart, ask_put
from dwtui.server.s3.results import PlannedProbe, Probe, ProbeStatus, StorageUse
from dwtui.server.s3.subject import Subject

_Blocking = frozenset[ProbeStatus]
# What of an earlier probe keeps a later one from being asked at all; AFTER only orders them.
ANSWERED: _Blocking = frozenset({ProbeStatus.FAIL, ProbeStatus.INCONCLUSIVE})
NOT_FAILED: _Blocking = frozenset({ProbeStatus.FAIL})
AFTER: _Blocking = frozenset()


@dataclass(frozen=True)
class Step:
    """A probe with what it asks (an AWS action, for messages) and what must come before it."""

    probe: Probe
    title: str
    action: str
    ask: Callable[[Subject], Finding]
    required: bool = False
    earlier: Mapping[Probe, _Blocking] = field(default_factory=dict)

    @property
    def planned(self) -> PlannedProbe:
        """The step as it is announced."""
        return PlannedProbe(self.probe, self.title, self.required)


_S3 = {Probe.IDENTITY: NOT_FAILED, Probe.BUCKET: ANSWERED}
_IAM = {Probe.IDENTITY: ANSWERED}
_WRITE = {**_S3, Probe.OWNER: NOT_FAILED, Probe.OBJECT_LOCK: AFTER}
_SETTING = {**_S3, Probe.OWNER: AFTER}


def plan(
    uses: Collection[StorageUse], *, blank_keys: bool = False, owner_known: bool = False
) -> tuple[Step, ...]:
    """The steps for those uses, in the order of the enumeration. Data use plans nothing that writes."""
    steps = [
        Step(Probe.IDENTITY, "Whose keys they are", "sts:GetCallerIdentity", ask_identity, True),
        Step(Probe.BUCKET, "The bucket exists", "HeadBucket", ask_bucket, True),
        Step(
            Probe.OWNER,
            "Whose bucket it is",
            "s3:ListBucket",
            ask_owner,
            owner_known,
            {**_S3, Probe.LIST: ANSWERED},
        ),
        Step(Probe.LIST, "List objects", "s3:ListBucket", ask_list, True, _S3),
        Step(Probe.GET, "Read an object", "s3:GetObject", ask_get, True, {**_SETTING, Probe.LIST: AFTER}),
        Step(
            Probe.VERSIONING, "Versions are kept", "s3:GetBucketVersioning", ask_versioning, False, _SETTING
        ),
        Step(
            Probe.OBJECT_LOCK,
            "Objects are locked",
            "s3:GetBucketObjectLockConfiguration",
            ask_object_lock,
            False,
            _SETTING,
        ),
        Step(
            Probe.ENCRYPTION, "Encryption", "s3:GetEncryptionConfiguration", ask_encryption, False, _SETTING
        ),
        Step(
            Probe.OWNERSHIP,
            "Who owns new objects",
            "s3:GetBucketOwnershipControls",
            ask_ownership,
            False,
            _SETTING,
        ),
        Step(
            Probe.PUBLIC_ACCESS,
            "Public access is blocked",
            "s3:GetBucketPublicAccessBlock",
            ask_public_access,
            False,
            _SETTING,
        ),
        Step(
            Probe.POLICY_STATUS,
            "The bucket is not public",
            "s3:GetBucketPolicyStatus",
            ask_policy_status,
            False,
            _SETTING,
        ),
        Step(
            Probe.LIFECYCLE,
            "Nothing expires by itself",
            "s3:GetLifecycleConfiguration",
            ask_lifecycle,
            False,
            _SETTING,
        ),
        Step(
            Probe.REQUESTER_PAYS,
            "Who pays",
            "s3:ListBucket",
            ask_requester_pays,
            False,
            {**_S3, Probe.LIST: AFTER},
        ),
        Step(
            Probe.ACCOUNT_ALIAS,
            "The account's alias",
            "iam:ListAccountAliases",
            ask_account_alias,
            False,
            _IAM,
        ),
    ]
    if StorageUse.DOCUMENTS in uses:
        steps = [step for step in steps if step.probe is not Probe.GET]
        steps += [
            Step(Probe.PUT, "Write an object", "s3:PutObject", ask_put, True, _WRITE),
            Step(
                Probe.GET,
                "Read an object",
                "s3:GetObject",
                ask_get,
                True,
                {**_WRITE, Probe.LIST: AFTER, Probe.PUT: AFTER},
            ),
            Step(Probe.MULTIPART, "Upload in parts", "s3:PutObject", ask_multipart, True, _WRITE),
            Step(
                Probe.DELETE,
                "Delete an object",
                "s3:DeleteObject",
                ask_delete,
                False,
                {**_WRITE, Probe.GET: AFTER},
            ),
        ]
    if not blank_keys:
        steps += [
            Step(Probe.IAM_USER, "The IAM user's name", "iam:GetUser", ask_iam_user, False, _IAM),
            Step(Probe.KEY_AGE, "Age of the keys", "iam:ListAccessKeys", ask_key_age, False, _IAM),
            Step(
                Probe.EXCESS_POWER,
                "No more power than needed",
                "s3:ListAllMyBuckets",
                ask_excess_power,
                False,
                _S3,
            ),
        ]
    order = list(Probe)
    return tuple(sorted(steps, key=lambda step: order.index(step.probe)))
