"""Estimates how many fields an operation will have to resolve, before it is executed.

Every field costs 1, and what is below a list counts once for each row: the `edges` of a connection as often
as `first` asks for (at most `Limits.page`), any other list of objects ASSUMED_ROWS times.
"""

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_argument_values,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)
from graphql.execution.values import VariableValues

from dwtui.server.transport.limits import Limits
from dwtui.server.transport.problems import LIMIT_EXCEEDED, RefusedRequest, problem

ASSUMED_ROWS = 10
PAGE_ARGUMENT = "first"


def check_cost(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: VariableValues,
    limits: Limits,
) -> None:
    """Raises RefusedRequest (LIMIT_EXCEEDED) when a valid operation would cost more than `limits.cost`."""
    cost = _Estimate(schema, document, variables, limits.page).of(operation)
    if cost > limits.cost:
        raise RefusedRequest(
            problem(
                LIMIT_EXCEEDED,
                f"The operation asks for about {cost:,} fields; at most {limits.cost:,} are given at once. "
                "Ask for smaller pages (`first`) or fewer lists within lists.",
            )
        )


class _Estimate:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: VariableValues, largest_page: int
    ) -> None:
        self._schema = schema
        self._variables = variables
        self._largest_page = largest_page
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._known: dict[tuple[str, int | None], int] = {}

    def of(self, operation: OperationDefinitionNode) -> int:
        root = self._schema.get_root_type(operation.operation)
        return 0 if root is None else self._selections(operation.selection_set, root, None)

    def _selections(
        self, selection_set: SelectionSetNode, parent: GraphQLCompositeType, page: int | None
    ) -> int:
        """`page`: how many rows the connection was asked for, when the parent is a connection."""
        cost = 0
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                cost += self._field(selection, parent, page)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                inner = self._composite(condition.name.value) if condition else parent
                cost += self._selections(selection.selection_set, inner, page)
            elif isinstance(selection, FragmentSpreadNode):
                cost += self._fragment(selection.name.value, page)
        return cost

    def _fragment(self, name: str, page: int | None) -> int:
        # each fragment is counted once and remembered: spread twice in each other they would take for ever
        if (name, page) not in self._known:
            fragment = self._fragments[name]
            parent = self._composite(fragment.type_condition.name.value)
            self._known[name, page] = self._selections(fragment.selection_set, parent, page)
        return self._known[name, page]

    def _field(self, node: FieldNode, parent: GraphQLCompositeType, page: int | None) -> int:
        definition = self._schema.get_field(parent, node.name.value)
        if definition is None or node.selection_set is None:
            return 1
        inner = get_named_type(definition.type)
        if not is_composite_type(inner):
            return 1
        if PAGE_ARGUMENT in definition.args:
            return 1 + self._selections(node.selection_set, inner, self._asked(node, definition))
        if not is_list_type(get_nullable_type(definition.type)):
            return 1 + self._selections(node.selection_set, inner, None)
        rows = ASSUMED_ROWS if page is None else page
        return 1 + rows * self._selections(node.selection_set, inner, None)

    def _asked(self, node: FieldNode, definition: GraphQLField) -> int:
        """How many rows `first` asks for; a page of the largest size where that can not be told."""
        try:
            first = get_argument_values(definition, node, self._variables).get(PAGE_ARGUMENT)
        except GraphQLError:  # an argument that has no value: execution will say so
            return self._largest_page
        if not isinstance(first, int) or first < 0:
            return self._largest_page
        return min(first, self._largest_page)

    def _composite(self, name: str) -> GraphQLCompositeType:
        kind = self._schema.type_map[name]
        assert is_composite_type(kind)  # the document is valid
        return kind
