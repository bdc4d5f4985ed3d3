"""Measures a query document before it is validated: validation itself takes long on documents made to hurt.

Nothing here needs the schema, follows a cycle twice, or takes more than linear time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from dwtui.server.transport.limits import Limits
from dwtui.server.transport.problems import LIMIT_EXCEEDED, RefusedRequest, problem


@dataclass(slots=True)
class _Part:
    """What one operation or fragment holds itself, and the fragments it spreads, each at its depth."""

    depth: int = 0
    root_fields: int = 0
    aliases: int = 0
    repeated: int = 0
    spreads: list[tuple[str, int]] = field(default_factory=list)


def check_shape(document: DocumentNode, limits: Limits) -> None:
    """Raises RefusedRequest (LIMIT_EXCEEDED) when the document exceeds one of the limits."""
    fragments = {
        definition.name.value: _measured(definition.selection_set)
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    _check("fragments", len(fragments), limits.fragments)
    operations = [
        _measured(definition.selection_set)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    parts = [*fragments.values(), *operations]
    _check("aliases and repeated fields", sum(part.aliases + part.repeated for part in parts), limits.aliases)
    depth_of = _through_fragments(fragments, _own_depth)
    root_fields_of = _through_fragments(fragments, _own_root_fields)
    for part in parts:
        _check("levels of fields", depth_of(part), limits.depth)
    for operation in operations:
        _check("fields at the top of an operation", root_fields_of(operation), limits.root_fields)


def _check(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise RefusedRequest(
            problem(
                LIMIT_EXCEEDED, f"The query document has {found:,} {what}; at most {limit:,} are allowed."
            )
        )


def _measured(selection_set: SelectionSetNode) -> _Part:
    part = _Part()
    pending = [(selection_set, 1)]
    while pending:
        outer, depth = pending.pop()
        seen: set[str] = set()
        for selection in _flat(outer):
            if isinstance(selection, FragmentSpreadNode):
                part.spreads.append((selection.name.value, depth - 1))
                continue
            part.depth = max(part.depth, depth)
            part.root_fields += depth == 1
            part.aliases += selection.alias is not None
            key = (selection.alias or selection.name).value
            part.repeated += key in seen
            seen.add(key)
            if selection.selection_set is not None:
                pending.append((selection.selection_set, depth + 1))
    return part


def _flat(selection_set: SelectionSetNode) -> Iterator[FieldNode | FragmentSpreadNode]:
    """The selections of one level: inline fragments add no level of fields."""
    pending = [selection_set]
    while pending:
        for selection in pending.pop().selections:
            if isinstance(selection, InlineFragmentNode):
                pending.append(selection.selection_set)
            elif isinstance(selection, FieldNode | FragmentSpreadNode):
                yield selection


def _own_depth(part: _Part, of_fragment: Callable[[str], int]) -> int:
    return max([part.depth, *(at + of_fragment(name) for name, at in part.spreads)])


def _own_root_fields(part: _Part, of_fragment: Callable[[str], int]) -> int:
    return part.root_fields + sum(of_fragment(name) for name, at in part.spreads if at == 0)


def _through_fragments(
    fragments: dict[str, _Part], measure: Callable[[_Part, Callable[[str], int]], int]
) -> Callable[[_Part], int]:
    """The measure, fragments counted where they are spread. A cycle adds nothing: validation refuses it.

    Recursion goes no deeper than there are fragments, which are limited.
    """
    known: dict[str, int] = {}
    following: set[str] = set()

    def of_fragment(name: str) -> int:
        if name in known:
            return known[name]
        if name in following or name not in fragments:
            return 0
        following.add(name)
        known[name] = measure(fragments[name], of_fragment)
        following.discard(name)
        return known[name]

    return lambda part: measure(part, of_fragment)
