"""The contract itself: it builds, and every field is documented."""

from pathlib import Path

from ariadne import load_schema_from_path
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, build_schema

import dwtui.contract

CONTRACT = Path(dwtui.contract.__file__).parent


def schema() -> GraphQLSchema:
    return build_schema(load_schema_from_path(CONTRACT))


def test_every_type_field_and_value_is_documented() -> None:
    undocumented = []
    for name, kind in schema().type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Boolean", "ID", "Float"):
            continue
        if not kind.description:
            undocumented.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType):
            undocumented += [f"{name}.{field}" for field, it in kind.fields.items() if not it.description]
        if isinstance(kind, GraphQLEnumType):
            undocumented += [f"{name}.{value}" for value, it in kind.values.items() if not it.description]
    assert undocumented == []
