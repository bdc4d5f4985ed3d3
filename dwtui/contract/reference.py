"""`python -m dwtui.contract.reference` writes `docs/api.md`: the fields, what they are, who may read them.

A field whose description does not say who may read it is read by those whom its type's description names.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
)

CONTRACT = Path(__file__).parent
REFERENCE = CONTRACT.parents[1] / "docs" / "api.md"
ROOTS = {"Query": "Queries", "Mutation": "Mutations", "Subscription": "Subscriptions"}

_READERS = re.compile(r"(?:Read by|Needs|To members without|For operators|Always null|Asked by)[^.]*\.")
_HEAD = """# The API

Generated from the contract (`dwtui/contract/*.graphql`) by `uv run python -m dwtui.contract.reference`; do not edit.

Requests are sent to `/graphql` as `POST` with `Authorization: Bearer …`; subscriptions are answered as server-sent
events. Moments are RFC 3339 text in UTC. Whatever the viewer may not know of answers `NOT_FOUND`.
"""


def contract_schema() -> GraphQLSchema:
    """The contract as a schema."""
    return build_schema("\n".join(path.read_text() for path in sorted(CONTRACT.glob("*.graphql"))))


def readers_of(kind: GraphQLNamedType, field: GraphQLField) -> str | None:
    """Who may read a field, by its own description or its type's; None: nothing says so."""
    for text in (field.description, kind.description):
        if found := _READERS.findall(_line(text)):
            return " ".join(found)
    return None


def reference() -> str:
    """The whole page."""
    schema = contract_schema()
    kinds = {
        name: kind
        for name, kind in schema.type_map.items()
        if not name.startswith("__") and (kind.ast_node is not None)
    }
    parts = [_HEAD]
    for root, title in ROOTS.items():
        kind = kinds.pop(root)
        assert isinstance(kind, GraphQLObjectType)
        parts.append(f"## {title}\n")
        parts += [_operation(name, field) for name, field in kind.fields.items()]
    parts.append("## Types\n")
    parts += [_section(kind) for _, kind in sorted(kinds.items())]
    return "\n".join(parts)


def _operation(name: str, field: GraphQLField) -> str:
    arguments = "".join(_argument(name, argument) for name, argument in field.args.items())
    return f"### `{name}`: `{field.type}`\n\n{_line(field.description)}\n{arguments and chr(10) + arguments}"


def _argument(name: str, argument: GraphQLArgument) -> str:
    default = argument.ast_node.default_value if argument.ast_node else None
    value = f" = {getattr(default, 'value', '')}" if default else ""
    return f"- `{name}: {argument.type}{value}`\n"


def _section(kind: GraphQLNamedType) -> str:
    head = f"### {kind.name}\n\n{_line(kind.description)}\n"
    if isinstance(kind, GraphQLObjectType):
        rows = [
            (f"`{name}`", f"`{field.type}`", _what(field), readers_of(kind, field) or "")
            for name, field in kind.fields.items()
        ]
        return head + _table(("field", "type", "what it is", "who may read it"), rows)
    if isinstance(kind, GraphQLInputObjectType):
        fields = [
            (f"`{name}`", f"`{field.type}`", _line(field.description)) for name, field in kind.fields.items()
        ]
        return head + _table(("field", "type", "what it is"), fields)
    if isinstance(kind, GraphQLEnumType):
        values = [(f"`{name}`", _line(value.description)) for name, value in kind.values.items()]
        return head + _table(("value", "what it means"), values)
    return head


def _what(field: GraphQLField) -> str:
    return _READERS.sub("", _line(field.description)).strip()


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [
        head,
        tuple("---" for _ in head),
        *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows),
    ]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def undocumented(schema: GraphQLSchema) -> Mapping[str, str]:
    """What the contract leaves unsaid: types, fields and values without a description, fields without readers."""
    found: dict[str, str] = {}
    for name, kind in schema.type_map.items():
        if name.startswith("__") or kind.ast_node is None:
            continue
        if not kind.description:
            found[name] = "no description"
        members = getattr(kind, "fields", None) or getattr(kind, "values", None) or {}
        for member, it in members.items():
            if not it.description:
                found[f"{name}.{member}"] = "no description"
            elif isinstance(kind, GraphQLObjectType) and name not in ROOTS and not readers_of(kind, it):
                found[f"{name}.{member}"] = "not said who may read it"
    return found


if __name__ == "__main__":
    REFERENCE.parent.mkdir(exist_ok=True)
    REFERENCE.write_text(reference())
