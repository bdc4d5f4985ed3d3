"""From the text of a query document to an operation that may be executed: parsed, measured, validated."""

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    BREAK,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    VisitorAction,
    get_variable_values,
    parse,
    validate,
    visit,
)

from dwtui.server.transport.cost import check_cost
from dwtui.server.transport.inputs import variable_problems
from dwtui.server.transport.limits import Limits
from dwtui.server.transport.parameters import Parameters
from dwtui.server.transport.problems import (
    BAD_USER_INPUT,
    LIMIT_EXCEEDED,
    FormattedError,
    RefusedRequest,
    problem,
)
from dwtui.server.transport.rules import validation_rules
from dwtui.server.transport.shape import check_shape

_REPORTED = 20
_LONGEST_MESSAGE = 500
_KEPT_DOCUMENTS = 128
_KEPT_LENGTH = 16_384


@dataclass(frozen=True, slots=True)
class Operation:
    """A valid operation with the variables it was given."""

    document: DocumentNode = field(repr=False)
    node: OperationDefinitionNode = field(repr=False)
    variables: dict[str, Any] = field(repr=False)

    @property
    def name(self) -> str | None:
        """The operation's name, if it has one."""
        return self.node.name.value if self.node.name else None

    @property
    def is_subscription(self) -> bool:
        """Whether it gives a stream of results."""
        return self.node.operation is OperationType.SUBSCRIPTION


class Documents:
    """Reads query documents against one schema. Valid ones are kept: clients send the same few again."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, introspection: bool) -> None:
        self._schema = schema
        self._limits = limits
        self._introspection = introspection
        self._rules = validation_rules(introspection)
        self._kept: OrderedDict[str, DocumentNode] = OrderedDict()

    def read(self, parameters: Parameters) -> Operation:
        """The operation to execute. Raises RefusedRequest."""
        document = self._document(parameters.query)
        node = _chosen(document, parameters.operation_name)
        problems = variable_problems(self._schema, node, parameters.variables)
        if problems:
            raise RefusedRequest(*problems)
        values = get_variable_values(
            self._schema, node.variable_definitions or (), parameters.variables, hide_suggestions=True
        )
        if isinstance(values, list):  # nothing that the check above lets through should come here
            raise RefusedRequest(problem(BAD_USER_INPUT, "The variables do not fit the operation."))
        check_cost(self._schema, document, node, values, self._limits)
        return Operation(document, node, parameters.variables)

    def _document(self, query: str) -> DocumentNode:
        if query in self._kept:
            self._kept.move_to_end(query)
            return self._kept[query]
        if len(query) > self._limits.characters:
            message = f"The query document is longer than {self._limits.characters:,} characters."
            raise RefusedRequest(problem(LIMIT_EXCEEDED, message))
        document = _parsed(query, self._limits)
        check_shape(document, self._limits)
        errors = validate(
            self._schema,
            document,
            self._rules,
            max_errors=_REPORTED,
            hide_suggestions=not self._introspection,
        )
        if errors:
            raise RefusedRequest(*(_formatted(error) for error in errors))
        self._keep(query, document)
        return document

    def _keep(self, query: str, document: DocumentNode) -> None:
        # a document with values written into it may hold a secret, and does not come again
        if len(query) > _KEPT_LENGTH or _has_text(document):
            return
        self._kept[query] = document
        if len(self._kept) > _KEPT_DOCUMENTS:
            self._kept.popitem(last=False)


def _parsed(query: str, limits: Limits) -> DocumentNode:
    try:
        return parse(query, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
    except GraphQLSyntaxError as error:
        if "nested too deeply" in error.message:
            raise RefusedRequest(
                problem(LIMIT_EXCEEDED, "The query document is nested too deeply.")
            ) from None
        if "Parsing aborted" in error.message:
            message = f"The query document is longer than {limits.tokens:,} tokens."
            raise RefusedRequest(problem(LIMIT_EXCEEDED, message)) from None
        raise RefusedRequest(_formatted(error, _without_values(error.message))) from None
    except GraphQLError as error:  # nested deeper than the parser follows
        raise RefusedRequest(problem(LIMIT_EXCEEDED, error.message)) from None


def _without_values(message: str) -> str:
    """A syntax error without the piece of the document that it quotes."""
    expectation = re.match(r"Syntax Error: (Expected [^,]+), found", message)
    reason = f": {expectation.group(1).lower()} here" if expectation else ""
    return f"The query document has a syntax error{reason}."


def _chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [it for it in document.definitions if isinstance(it, OperationDefinitionNode)]
    if name is None:
        if len(operations) == 1:
            return operations[0]
        reason = (
            "holds several operations: name one in `operationName`" if operations else "holds no operation"
        )
        raise RefusedRequest(problem(BAD_USER_INPUT, f"The query document {reason}."))
    for operation in operations:
        if operation.name and operation.name.value == name:
            return operation
    raise RefusedRequest(
        problem(BAD_USER_INPUT, "The query document holds no operation named in `operationName`.")
    )


def _formatted(error: GraphQLError, message: str | None = None) -> FormattedError:
    locations = [(location.line, location.column) for location in error.locations or ()]
    text = (message or error.message)[:_LONGEST_MESSAGE]  # some quote names, which may be of any length
    return problem(BAD_USER_INPUT, text, locations=locations)


class _TextFinder(Visitor):
    found = False

    def enter_string_value(self, *_: Any) -> VisitorAction:
        self.found = True
        return BREAK


def _has_text(document: DocumentNode) -> bool:
    finder = _TextFinder()
    visit(document, finder)
    return finder.found
