"""The suggested policies: least privilege, and no prefix breaks out of them."""

import fnmatch
import json
import re
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.location import Location, normalise_prefix, prefix_problems
from dwtui.server.s3.policies import DOCUMENT_ACTIONS, as_json, kms_key_problems, literal, policy_document
from dwtui.server.s3.results import StorageUse
from dwtui.server.s3.suggestion import default_user_name, suggest_policy, user_name_problems
from tests.server.s3.verifying import BOTH, DATA, DOCUMENTS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # about itself, when it is imported
    from parliament import analyze_policy_string

KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4444-8888-aabbccddeeff"
USES = [DOCUMENTS, DATA, BOTH]
prefixes = st.text(max_size=40).map(normalise_prefix).filter(lambda prefix: not prefix_problems(prefix))


@pytest.mark.parametrize("uses", USES)
@pytest.mark.parametrize("prefix", ["", "source", "a b/ü"])
@pytest.mark.parametrize("kms", [None, KEY])
def test_parliament_finds_nothing_wrong(uses: frozenset[StorageUse], prefix: str, kms: str | None) -> None:
    text = as_json(policy_document(Location("lab", prefix), uses, kms_key_arn=kms))
    findings = analyze_policy_string(text).findings
    # The alias of an account can only be asked for on `*`.
    assert [finding for finding in findings if finding.issue != "RESOURCE_STAR"] == []


def test_documents() -> None:
    policy = policy_document(Location("lab", "p"), DOCUMENTS, introspection=False)
    listing, objects = policy["Statement"]
    assert listing["Resource"] == ["arn:aws:s3:::lab"]
    assert listing["Condition"] == {"StringLike": {"s3:prefix": ["p/dewrangle/*"]}}
    assert objects["Resource"] == ["arn:aws:s3:::lab/p/dewrangle/*"]
    assert set(objects["Action"]) == set(DOCUMENT_ACTIONS)


def test_data_may_not_write() -> None:
    policy = policy_document(Location("lab", "p"), DATA, introspection=False)
    listing, objects = policy["Statement"]
    assert listing["Condition"] == {"StringLike": {"s3:prefix": ["p/*"]}}
    assert objects["Resource"] == ["arn:aws:s3:::lab/p/*"]
    assert objects["Action"] == ["s3:GetObject", "s3:GetObjectTagging"]


def test_empty_prefix() -> None:
    listing, objects = policy_document(Location("lab"), DATA, introspection=False)["Statement"]
    assert "Condition" not in listing
    assert objects["Resource"] == ["arn:aws:s3:::lab/*"]
    listing, objects = policy_document(Location("lab"), DOCUMENTS, introspection=False)["Statement"]
    assert listing["Condition"] == {"StringLike": {"s3:prefix": ["dewrangle/*"]}}


@pytest.mark.parametrize(
    ("uses", "actions"), [(DATA, ["kms:Decrypt"]), (BOTH, ["kms:GenerateDataKey", "kms:Decrypt"])]
)
def test_kms_key(uses: frozenset[StorageUse], actions: list[str]) -> None:
    statement = policy_document(Location("lab"), uses, kms_key_arn=KEY, introspection=False)["Statement"][-1]
    assert (statement["Action"], statement["Resource"]) == (actions, [KEY])
    assert statement["Condition"] == {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}


@pytest.mark.parametrize(
    "arn", ["", "alias/x", "arn:aws:kms:eu-west-1:111122223333:alias/x", KEY + "\n", KEY + '"']
)
def test_what_is_no_kms_key(arn: str) -> None:
    assert kms_key_problems(arn)
    if arn:
        with pytest.raises(ValueError, match="ARN"):
            suggest_policy(Location("lab"), BOTH, kms_key_arn=arn)


def test_other_partitions() -> None:
    text = as_json(policy_document(Location("lab", region="cn-north-1"), BOTH))
    assert "arn:aws-cn:s3:::lab" in text
    assert "arn:aws:" not in text


def matches(pattern: str, text: str) -> bool:
    """IAM's matching: `*` and `?` are wildcards, `${*}`, `${?}` and `${$}` the characters themselves."""
    parts = re.split(r"(\$\{[*?$]\}|\*|\?)", pattern)
    expression = "".join(
        {"*": ".*", "?": "."}.get(p, re.escape(p[2] if p.startswith("${") else p)) for p in parts
    )
    return re.fullmatch(expression, text, re.DOTALL) is not None


@given(prefixes, st.text(max_size=10))
def test_prefixes_match_themselves_and_nothing_else(prefix: str, other: str) -> None:
    pattern = f"{literal(prefix)}/*"
    assert matches(pattern, f"{prefix}/x")
    assert "${" not in re.sub(r"\$\{[*?$]\}", "", pattern), "no policy variable"
    if normalise_prefix(other) != prefix and not f"{other}/x".startswith(f"{prefix}/"):
        assert not matches(pattern, f"{other}/x")


@pytest.mark.parametrize("prefix", ["*", "a?c", "${aws:username}", "$${x}", "${*}"])
def test_wildcards_and_variables_stand_for_themselves(prefix: str) -> None:
    (listing, objects) = policy_document(Location("lab", prefix), DATA, introspection=False)["Statement"]
    pattern = objects["Resource"][0].removeprefix("arn:aws:s3:::lab/")
    assert matches(pattern, f"{prefix}/x")
    assert not matches(pattern, "abc/x")
    assert listing["Condition"]["StringLike"]["s3:prefix"] == [pattern]


@given(prefixes, st.sampled_from(USES))
def test_documents_are_json(prefix: str, uses: frozenset[StorageUse]) -> None:
    suggested = suggest_policy(Location("lab", prefix), uses)
    assert json.loads(suggested.document) == policy_document(Location("lab", prefix), uses)
    assert suggested.document.isascii()


def test_user_names() -> None:
    assert default_user_name("lab") == "dwtui-lab"
    assert len(default_user_name("l" * 63)) == 64
    assert user_name_problems(default_user_name("l.a-b" * 12)) == []
    for name in ("", "a b", "a" * 65, "x\n", "$(id)", "ü"):
        assert user_name_problems(name)
    with pytest.raises(ValueError, match="1 to 64"):
        suggest_policy(Location("lab"), BOTH, user_name="$(id)")


def test_fnmatch_is_not_what_iam_does() -> None:
    """Why `matches` above exists: brackets are no wildcards in IAM."""
    assert matches("[a]/*", "[a]/x")
    assert not fnmatch.fnmatchcase("[a]/x", "[a]/*")
