"""The validation rules of the API: GraphQL's own, with literals judged in words that do not repeat them."""

from contextlib import suppress
from typing import Any

from graphql import (
    SKIP,
    ASTValidationRule,
    GraphQLError,
    GraphQLInputType,
    NoSchemaIntrospectionCustomRule,
    StringValueNode,
    ValueNode,
    ValuesOfCorrectTypeRule,
    VisitorAction,
    specified_rules,
    value_from_ast_untyped,
)
from graphql.utilities.validate_input_value import validate_input_literal

from dwtui.server.transport.inputs import EnoughFaults, described, place_of, unfit_for_text

_REPORTED = 5


class LiteralsOfCorrectType(ValuesOfCorrectTypeRule):
    """As its base, but a wrong literal is not quoted: it may be a secret."""

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        """Report a literal that does not fit its place by where it stands and what it should be."""
        if not input_type:
            return SKIP
        wrong: list[tuple[GraphQLError, list[str | int]]] = []

        def keep(error: GraphQLError, path: list[str | int]) -> None:
            wrong.append((error, path))
            if len(wrong) == _REPORTED:
                raise EnoughFaults

        with suppress(EnoughFaults):
            validate_input_literal(node, input_type, keep)
        for error, path in wrong:
            at = [part for part in error.nodes or () if part.loc] or [node]
            for place, words in described(value_from_ast_untyped(node), input_type, path):
                where = f"`{place_of(place).lstrip('.')}`" if place else "The value"
                self.report_error(GraphQLError(f"{where} given here {words}.", at))
        return SKIP

    def enter_string_value(self, node: StringValueNode, *args: Any) -> VisitorAction:
        """Report characters that no text may have."""
        reason = unfit_for_text(node.value)
        if reason:
            self.report_error(GraphQLError(f"A text in the query document {reason}.", node))
        return super().enter_string_value(node, *args)


def validation_rules(introspection: bool) -> list[type[ASTValidationRule]]:
    """The rules a document must keep; without `introspection` it may not ask for the schema."""
    rules: list[type[ASTValidationRule]] = [
        LiteralsOfCorrectType if rule is ValuesOfCorrectTypeRule else rule for rule in specified_rules
    ]
    return rules if introspection else [*rules, NoSchemaIntrospectionCustomRule]
