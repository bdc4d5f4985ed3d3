"""Says what is wrong with an input value, in words that never repeat the value: it may be a secret."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_nullable_type,
    is_input_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
    type_from_ast,
)
from graphql.utilities.validate_input_value import validate_input_value

from dwtui.server.redaction import redact
from dwtui.server.transport.problems import BAD_USER_INPUT, FormattedError, problem

_REPORTED = 20
_NAMED = 10
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,39}")

Path = tuple[str | int, ...]


class EnoughFaults(Exception):
    """Ends a check of the library's: it takes quadratic time on values with very many faults."""


def variable_problems(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> list[FormattedError]:
    """What is wrong with the variables of a valid operation: BAD_USER_INPUT errors with `field`."""
    problems: list[FormattedError] = []
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        kind = type_from_ast(schema, definition.type)
        assert kind is not None  # the operation is valid
        assert is_input_type(kind)
        if name not in variables:
            if is_non_null_type(kind) and definition.default_value is None:
                problems.append(_problem(name, (), f"is missing; it must be {in_words(kind)}"))
            continue
        problems += [_problem(name, path, text) for path, text in _faults(variables[name], kind)]
        problems += [_problem(name, path, text) for path, text in _unfit_text(variables[name])]
    return problems[:_REPORTED]


def in_words(kind: GraphQLInputType) -> str:
    """What a value of the type must be, such as `an Int` or `a list of String`."""
    inner = get_nullable_type(kind)
    if is_list_type(inner):
        return f"a list of {get_nullable_type(inner.of_type)}"
    if isinstance(inner, GraphQLEnumType):
        return "one of " + ", ".join(inner.values)
    if isinstance(inner, GraphQLInputObjectType):
        return f"an object ({inner.name})"
    name = str(inner)
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def unfit_for_text(text: str) -> str | None:
    """Why a text can be stored nowhere, if so: a NUL character, or half of a surrogate pair."""
    if "\0" in text:
        return "holds a NUL character, which no text may have"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "holds half a surrogate pair, which is no character"
    return None


def place_of(path: Sequence[str | int]) -> str:
    """A place within an input, such as `.uses[0]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def _problem(variable: str, path: Path, text: str) -> FormattedError:
    place = f"${variable}{place_of(path)}"
    names = [part for part in path if isinstance(part, str)]
    return problem(BAD_USER_INPUT, f"{place} {text}.", extensions={"field": names[-1] if names else variable})


def _faults(value: Any, kind: GraphQLInputType) -> list[tuple[Path, str]]:
    # The library finds the faults; its messages quote the values, so only their places are kept.
    places: list[Path] = []

    def keep(_error: GraphQLError, path: Sequence[str | int]) -> None:
        places.append(tuple(path))
        if len(places) == _REPORTED:
            raise EnoughFaults

    with suppress(EnoughFaults):
        validate_input_value(value, kind, keep, hide_suggestions=True)
    return [fault for path in dict.fromkeys(places) for fault in described(value, kind, path)]


def described(value: Any, kind: GraphQLInputType, path: Sequence[str | int]) -> Iterator[tuple[Path, str]]:
    """What is wrong where the library found a fault: the exact places, and words for them."""
    path = tuple(path)
    for part in path:
        inner = get_nullable_type(kind)
        if isinstance(part, int):
            assert is_list_type(inner)
            kind = inner.of_type
        else:
            while is_list_type(inner):  # a single value stands for a list of one
                inner = get_nullable_type(inner.of_type)
            assert isinstance(inner, GraphQLInputObjectType)
            kind = inner.fields[part].type
        value = value[part]
    inner = get_nullable_type(kind)
    while is_list_type(inner) and not isinstance(value, list) and value is not None:
        inner = get_nullable_type(inner.of_type)
    if value is None:
        yield path, f"must not be null; it must be {in_words(kind)}"
    elif isinstance(inner, GraphQLInputObjectType) and isinstance(value, dict):
        yield from _object_faults(value, inner, path)
    else:
        assert is_input_type(inner)
        yield path, f"must be {in_words(inner)}"


def _object_faults(
    value: dict[str, Any], kind: GraphQLInputObjectType, path: Path
) -> Iterator[tuple[Path, str]]:
    for name, field in kind.fields.items():
        if name not in value and is_required_input_field(field):
            yield (*path, name), f"is missing; it must be {in_words(field.type)}"
    unknown = [name for name in value if name not in kind.fields]
    if unknown:
        names = redact(", ".join(name for name in unknown[:_NAMED] if _NAME.fullmatch(name)))
        yield path, f"has fields that {kind.name} does not know" + (f": {names}" if names else "")
    if kind.is_one_of and not unknown:
        yield path, f"must have exactly one of the fields of {kind.name}, and not null"


def _unfit_text(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        reason = unfit_for_text(value)
        if reason:
            yield path, reason
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _unfit_text(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unfit_text(inner, (*path, index))
