"""Putting the statements of several remedies together into one policy."""

import json
from collections.abc import Iterable


def as_policy(statements: Iterable[str]) -> str:
    """A policy document of these statements, each once; empty when one of them is no JSON object."""
    parsed: list[object] = []
    for text in statements:
        try:
            statement = json.loads(text)
        except ValueError:
            return ""
        if not isinstance(statement, dict):
            return ""
        if statement not in parsed:
            parsed.append(statement)
    return json.dumps({"Version": "2012-10-17", "Statement": parsed}, indent=2)
