"""What denials are said to mean, and who is told to act."""

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.explaining import explain, unreadable
from dwtui.server.s3.faults import NO_ANSWER, Fault, Kind, fault_of
from dwtui.server.s3.findings import Finding
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.results import Actor, ProbeStatus
from dwtui.server.s3.subject import Subject
from tests.server.s3.verifying import BOTH

KEY = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4444-8888-aabbccddeeff"
KEYS = KeyPair("AKIAEXAMPLE123456789", "some-secret-key")
STATEMENT = {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["*"]}


def subject(*, blank: bool = False, endpoint: str | None = None) -> Subject:
    return Subject(Identity(Location("lab-bucket", endpoint_url=endpoint), None if blank else KEYS), BOTH)


def denial(why: str, action: str = "s3:PutObject", arn: str = "arn:aws:s3:::b/k") -> Fault:
    text = f'User: arn:aws:iam::1:user/u is not authorized to perform: {action} on resource: "{arn}" {why}'
    return fault_of(ClientError({"Error": {"Code": "AccessDenied", "Message": text}}, "PutObject"))


def explained(fault: Fault, **options: bool) -> Finding:
    return explain(fault, subject(**options), "s3:PutObject", STATEMENT)


@pytest.mark.parametrize(
    ("why", "who", "words"),
    [
        (
            "because no identity-based policy allows the s3:PutObject action",
            Actor.IAM_USER_OWNER,
            "statement",
        ),
        ("because no permissions boundary allows it", Actor.IAM_USER_OWNER, "boundary"),
        ("because no session policy allows it", Actor.IAM_USER_OWNER, "session"),
        ("because no service control policy allows it", Actor.AWS_ORGANIZATION, "service control policy"),
        ("because no resource control policy allows it", Actor.AWS_ORGANIZATION, "resource control policy"),
        ("because no VPC endpoint policy allows it", Actor.AWS_ORGANIZATION, "VPC endpoint"),
        ("because no resource-based policy allows it", Actor.BUCKET_OWNER, "bucket's policy"),
        ("with an explicit deny in an identity-based policy", Actor.IAM_USER_OWNER, "explicit deny"),
        ("with an explicit deny in a resource-based policy", Actor.BUCKET_OWNER, "encryption header"),
        ("with an explicit deny in a service control policy", Actor.AWS_ORGANIZATION, "explicit deny"),
        ("with an explicit deny in a VPC endpoint policy", Actor.AWS_ORGANIZATION, "explicit deny"),
        ("with an explicit deny", Actor.BUCKET_OWNER, "explicit deny"),
        ("", Actor.IAM_USER_OWNER, "statement"),
    ],
)
def test_denials_name_who_must_act(why: str, who: Actor, words: str) -> None:
    found = explained(denial(why))
    assert (found.status, found.who) == (ProbeStatus.FAIL, who)
    assert words in found.remedy
    # A statement never mends an explicit deny.
    assert found.statement == (None if "explicit" in why else STATEMENT)


def test_denials_of_the_applications_identity_are_the_operators() -> None:
    assert explained(denial("because no identity-based policy allows it"), blank=True).who is Actor.OPERATOR
    assert (
        explained(denial("with an explicit deny in an identity-based policy"), blank=True).who
        is Actor.OPERATOR
    )
    assert explained(Fault(Kind.KEYS_UNKNOWN), blank=True).who is Actor.OPERATOR


@pytest.mark.parametrize(
    ("why", "who"),
    [
        ("because no identity-based policy allows it", Actor.IAM_USER_OWNER),
        ("because no resource-based policy allows it", Actor.KMS_KEY_OWNER),
        ("with an explicit deny in a resource-based policy", Actor.KMS_KEY_OWNER),
        ("", Actor.KMS_KEY_OWNER),
    ],
)
def test_kms_is_granted_twice(why: str, who: Actor) -> None:
    found = explained(denial(why, "kms:Decrypt", KEY))
    assert (found.status, found.who) == (ProbeStatus.FAIL, who)
    assert "in the identity's policy and in the policy of the key" in found.remedy
    assert found.statement["Resource"] == [KEY]
    assert "kms:Decrypt" in found.statement["Action"]


def test_what_is_no_kms_key_makes_no_statement() -> None:
    assert explained(denial("", "kms:Decrypt", "arn:aws:kms:::evil/*")).statement is None


@given(st.builds(Fault, st.sampled_from(Kind), explicit=st.booleans(), text=st.text(max_size=50)))
def test_every_failure_is_explained(fault: Fault) -> None:
    found = explain(fault, subject(), "s3:PutObject", STATEMENT)
    assert found.message
    assert found.status is (ProbeStatus.INCONCLUSIVE if fault.kind in NO_ANSWER else ProbeStatus.FAIL)
    assert found.remedy or fault.kind is Kind.OTHER
    optional = unreadable(fault, subject(), "s3:GetBucketVersioning")
    assert optional.status is (ProbeStatus.INCONCLUSIVE if fault.kind in NO_ANSWER else ProbeStatus.SKIP)


def test_the_way_to_an_endpoint_is_its_owners_affair() -> None:
    unreachable = Fault(Kind.UNREACHABLE)
    own = subject(endpoint="https://s3.example.org")
    assert explain(unreachable, own, "HeadBucket").who is Actor.BUCKET_OWNER
    assert "https://s3.example.org" in explain(unreachable, own, "HeadBucket").message
    assert explain(unreachable, subject(), "HeadBucket").who is Actor.OPERATOR
