"""The judgement of policies, as rules."""

import json
from fnmatch import fnmatchcase

from hypothesis import given
from hypothesis import strategies as st

from dwtui.demo.cloud.evaluation import Decision, Request, evaluate, matches

ACCOUNT = "111122223333"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
words = st.text("ab/*?.[", max_size=8)
literals = st.text("ab/.[", max_size=8)
allow_all = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def document(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def asked(action: str = "s3:GetObject", resource: str = "arn:aws:s3:::b/k", **context: str) -> Request:
    return Request(
        action, resource, ALICE, ACCOUNT, {key.replace("_", ":"): it for key, it in context.items()}
    )


@given(literals)
def test_a_text_without_wildcards_matches_itself_and_any_star(text: str) -> None:
    assert matches(text, text)
    assert matches("*", text)
    assert not matches(text, text + "a")


@given(words, literals)
def test_patterns_mean_what_shells_mean_by_them(pattern: str, text: str) -> None:
    # A bracket is itself in IAM.
    assert matches(pattern, text) == fnmatchcase(text, pattern.replace("[", "[[]"))


@given(st.permutations([allow_all, {"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}, allow_all]))
def test_a_deny_wins_in_any_order(statements: list[dict]) -> None:
    assert evaluate([document(*statements)], asked()) is Decision.DENIED
    assert evaluate([document(it) for it in statements], asked()) is Decision.DENIED
    assert evaluate([document(*statements)], asked("s3:PutObject")) is Decision.ALLOWED


def test_nothing_is_allowed_by_default() -> None:
    assert evaluate([], asked()) is Decision.NOT_ALLOWED
    assert evaluate([document({**allow_all, "Action": "s3:Put*"})], asked()) is Decision.NOT_ALLOWED
    assert (
        evaluate([document({**allow_all, "Resource": "arn:aws:s3:::c/*"})], asked()) is Decision.NOT_ALLOWED
    )


def test_actions_do_not_mind_case_and_resources_do() -> None:
    assert evaluate([document({**allow_all, "Action": "S3:getobject"})], asked()) is Decision.ALLOWED
    upper = {**allow_all, "Resource": "arn:aws:s3:::B/*"}
    assert evaluate([document(upper)], asked()) is Decision.NOT_ALLOWED


def test_not_action_and_not_resource_mean_all_others() -> None:
    assert evaluate([document({"Effect": "Allow", "NotAction": "s3:Get*", "Resource": "*"})], asked()) is (
        Decision.NOT_ALLOWED
    )
    others = {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::b/*"}
    assert evaluate([document(allow_all, others)], asked()) is Decision.ALLOWED
    assert evaluate([document(allow_all, others)], asked(resource="arn:aws:s3:::c/k")) is Decision.DENIED


def test_an_absent_condition_key_fails_unless_the_operator_forgives_it() -> None:
    def conditioned(operator: str) -> str:
        return document({**allow_all, "Condition": {operator: {"s3:prefix": ["in/*"]}}})

    assert evaluate([conditioned("StringLike")], asked(s3_prefix="in/x")) is Decision.ALLOWED
    assert evaluate([conditioned("StringLike")], asked(s3_prefix="out/")) is Decision.NOT_ALLOWED
    assert evaluate([conditioned("StringLike")], asked()) is Decision.NOT_ALLOWED
    assert evaluate([conditioned("StringLikeIfExists")], asked()) is Decision.ALLOWED
    assert evaluate([conditioned("StringNotLike")], asked(s3_prefix="in/x")) is Decision.NOT_ALLOWED
    assert evaluate([conditioned("StringNotLike")], asked()) is Decision.ALLOWED


def test_an_unknown_operator_never_lets_anything_through() -> None:
    unknown = {"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}
    assert evaluate([document({**allow_all, **unknown})], asked()) is Decision.NOT_ALLOWED
    assert (
        evaluate([document(allow_all, {**allow_all, "Effect": "Deny", **unknown})], asked())
        is Decision.DENIED
    )


def test_the_user_name_is_filled_in() -> None:
    own = document({**allow_all, "Resource": "arn:aws:s3:::b/home/${aws:username}/*"})
    assert evaluate([own], asked(resource="arn:aws:s3:::b/home/alice/k")) is Decision.ALLOWED
    assert evaluate([own], asked(resource="arn:aws:s3:::b/home/bob/k")) is Decision.NOT_ALLOWED


def test_bucket_policies_bind_those_they_name() -> None:
    for principal, decision in (
        ("*", Decision.ALLOWED),
        ({"AWS": "*"}, Decision.ALLOWED),
        ({"AWS": ALICE}, Decision.ALLOWED),
        ({"AWS": [f"arn:aws:iam::{ACCOUNT}:root"]}, Decision.ALLOWED),
        ({"AWS": "arn:aws:iam::999999999999:root"}, Decision.NOT_ALLOWED),
        ({"Service": "logging.s3.amazonaws.com"}, Decision.NOT_ALLOWED),
    ):
        assert evaluate([document({**allow_all, "Principal": principal})], asked()) is decision, principal
