"""`uv run python -m tests.contract.accept` takes the contract as it is for the released one.

A change that could break a client needs `--breaking`, so that it is made knowingly.
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from ariadne import load_schema_from_path
from graphql import (
    Node,
    Visitor,
    build_schema,
    lexicographic_sort_schema,
    parse,
    print_ast,
    print_schema,
    visit,
)
from graphql.utilities import find_breaking_changes

import dwtui.contract

RELEASED = Path(__file__).with_name("released.graphql")


class _WithoutDescriptions(Visitor):
    def enter(self, node: Node, *_: Any) -> Node | None:
        described = getattr(node, "description", None) is not None
        return replace(node, description=None) if described else None


def current_text() -> str:
    """The contract as it is: one sorted text, without the descriptions, which break nobody."""
    schema = build_schema(load_schema_from_path(Path(dwtui.contract.__file__).parent))
    return (
        print_ast(visit(parse(print_schema(lexicographic_sort_schema(schema))), _WithoutDescriptions()))
        + "\n"
    )


def breaking_changes(released: str, current: str) -> list[str]:
    """What a client written against the released contract would stumble over, in words."""
    changes = find_breaking_changes(build_schema(released), build_schema(current))
    return [change.description for change in changes]


def main(arguments: list[str]) -> int:
    """Accept the contract; the exit code."""
    current = current_text()
    broken = breaking_changes(RELEASED.read_text(), current) if RELEASED.exists() else []
    if broken and "--breaking" not in arguments:
        print("These changes break clients that are in use:", *broken, sep="\n  ")
        print("If that is meant: uv run python -m tests.contract.accept --breaking")
        return 1
    RELEASED.write_text(current)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
