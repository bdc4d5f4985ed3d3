"""Judges requests by IAM policy documents, as far as the sample world's policies go.

moto ignores conditions such as `s3:prefix`, policy variables and bucket policies' principals; here they
count. A condition operator not known here never lets a statement allow, and never keeps one from denying.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any


class Decision(Enum):
    """What a set of policy documents says to a request."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not allowed"
    DENIED = "explicitly denied"


@dataclass(frozen=True)
class Request:
    """One action by one principal; `context` holds condition keys, in lower case, that are there."""

    action: str
    resource: str
    principal_arn: str
    principal_account: str
    context: Mapping[str, str] = field(default_factory=dict)


def evaluate(documents: Iterable[str], request: Request) -> Decision:
    """What JSON policy documents, taken together, say to a request."""
    decision = Decision.NOT_ALLOWED
    for document in documents:
        for statement in _statements(document):
            denies = statement.get("Effect") == "Deny"
            if not _applies(statement, request, denies):
                continue
            if denies:
                return Decision.DENIED
            decision = Decision.ALLOWED
    return decision


@lru_cache(maxsize=256)
def _statements(document: str) -> tuple[Mapping[str, Any], ...]:
    found = json.loads(document)["Statement"]
    return tuple(found) if isinstance(found, list) else (found,)


def _applies(statement: Mapping[str, Any], request: Request, denies: bool) -> bool:
    return (
        _names_action(statement, request.action)
        and _names_resource(statement, request)
        and _names_principal(statement, request)
        and _conditions_hold(statement.get("Condition", {}), request, denies)
    )


def _names_action(statement: Mapping[str, Any], action: str) -> bool:
    def named(patterns: object) -> bool:
        return any(matches(pattern.lower(), action.lower()) for pattern in _listed(patterns))

    if "NotAction" in statement:
        return not named(statement["NotAction"])
    return named(statement.get("Action", []))


def _names_resource(statement: Mapping[str, Any], request: Request) -> bool:
    def named(patterns: object) -> bool:
        return any(matches(_filled(pattern, request), request.resource) for pattern in _listed(patterns))

    if "NotResource" in statement:
        return not named(statement["NotResource"])
    return named(statement.get("Resource", []))


def _names_principal(statement: Mapping[str, Any], request: Request) -> bool:
    """Identity policies have no principal; bucket policies name everybody, accounts, or ARNs."""
    if "Principal" not in statement:
        return "NotPrincipal" not in statement
    principal = statement["Principal"]
    named = ["*"] if principal == "*" else _listed(principal.get("AWS", []))
    account_root = f"arn:aws:iam::{request.principal_account}:root"
    return any(
        name in ("*", request.principal_arn, request.principal_account, account_root) for name in named
    )


def _conditions_hold(conditions: Mapping[str, Mapping[str, Any]], request: Request, denies: bool) -> bool:
    for operator, keys in conditions.items():
        name, if_exists = operator.removesuffix("IfExists"), operator.endswith("IfExists")
        test = _OPERATORS.get(name)
        if test is None:
            if denies:
                continue
            return False
        for key, expected in keys.items():
            actual = request.context.get(key.lower())
            if actual is None:
                if if_exists or name.startswith("StringNot"):
                    continue
                return False
            if not test(actual, [_filled(str(value), request) for value in _listed(expected)]):
                return False
    return True


def _equals(actual: str, expected: list[str]) -> bool:
    return actual in expected


def _like(actual: str, expected: list[str]) -> bool:
    return any(matches(pattern, actual) for pattern in expected)


def _bool(actual: str, expected: list[str]) -> bool:
    return actual.lower() in {value.lower() for value in expected}


_OPERATORS: Mapping[str, Callable[[str, list[str]], bool]] = {
    "StringEquals": _equals,
    "StringLike": _like,
    "StringNotEquals": lambda actual, expected: not _equals(actual, expected),
    "StringNotLike": lambda actual, expected: not _like(actual, expected),
    "ArnLike": _like,
    "Bool": _bool,
}


def matches(pattern: str, text: str) -> bool:
    """Whether a text is what an IAM pattern means: `*` any characters, `?` any one, all else itself."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """`${*}`, `${?}` and `${$}` are IAM's way to write these characters themselves."""

    def translated(part: str) -> str:
        if part in ("*", "?"):
            return {"*": ".*", "?": "."}[part]
        return re.escape(part[2] if part in ("${*}", "${?}", "${$}") else part)

    parts = re.split(r"(\$\{[*?$]\}|[*?])", pattern)
    return re.compile("".join(map(translated, parts)), re.DOTALL)


def _filled(text: str, request: Request) -> str:
    return text.replace("${aws:username}", request.principal_arn.rpartition("/")[2])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
