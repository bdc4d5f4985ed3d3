"""Turns what went wrong into the errors of the answer; what nobody foresaw is masked and logged."""

import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import DocumentNode, FieldNode, GraphQLError, StringValueNode, Visitor, visit

from dwtui.server.errors import ApplicationError
from dwtui.server.redaction import scrub
from dwtui.server.transport.documents import Operation
from dwtui.server.transport.parameters import Parameters
from dwtui.server.transport.problems import BAD_USER_INPUT, INTERNAL, FormattedError, problem

_log = logging.getLogger(__name__)

_SHORTEST_SCRUBBED = 6
_MOST_SCRUBBED = 1_000
_LONGEST_LOGGED = 20_000


class ErrorMask:
    """Formats the errors of one request. It knows what the client sent, so that no log line repeats it."""

    def __init__(self, request_id: str) -> None:
        self._request_id = request_id
        self._sent: dict[str, str] = {}
        self.codes: set[str] = set()
        """The codes of all errors of the request so far."""

    def knows(self, parameters: Parameters) -> None:
        """Never log the texts in these variables."""
        self._sent.update(_texts(parameters.variables, "$"))

    def knows_document(self, operation: Operation) -> None:
        """Never log the texts written into the operation's document either."""
        self._sent.update(_literals(operation.document))

    def format(self, error: GraphQLError) -> FormattedError:
        """An error of the execution, as it stands in the answer."""
        cause = _cause(error)
        path = error.path or []
        if isinstance(cause, ApplicationError):
            return self._told(cause, path)
        if cause is error and error.nodes and not isinstance(error.nodes[0], FieldNode):
            # an argument without a value where one is needed; the library's message would quote the others
            locations = [(location.line, location.column) for location in error.locations or ()]
            self.codes.add(BAD_USER_INPUT)
            message = "An argument given here does not fit: a variable in it has no value."
            return problem(BAD_USER_INPUT, message, path=path, locations=locations)
        return self.masked(cause, path)

    def refused(self, error: Exception) -> FormattedError:
        """An exception outside of the execution, such as while the context was opened."""
        cause = _application_error(error)
        if cause is not None:
            return self._told(cause, ())
        return self.masked(error, ())

    def _told(self, error: ApplicationError, path: Sequence[str | int]) -> FormattedError:
        self.codes.add(error.code)
        return problem(error.code, error.message, path=path, extensions=error.extensions)

    def masked(self, error: BaseException, path: Sequence[str | int]) -> FormattedError:
        """The error that is shown in place of an unforeseen one, which is logged."""
        told = traceback.format_exception(error)
        if len(self._sent) > _MOST_SCRUBBED:  # no messages then: they may quote any of all these values
            told = [*traceback.format_tb(error.__traceback__), type(error).__name__]
        scrubbed = scrub("".join(told), self._sent)[-_LONGEST_LOGGED:]
        _log.error(
            "unforeseen %s",
            type(error).__name__,
            extra={"fields": {"path": list(path), "exception": scrubbed}},
        )
        self.codes.add(INTERNAL)
        message = f"Something went wrong on our side. Tell support the request id {self._request_id}."
        return problem(INTERNAL, message, path=path, extensions={"requestId": self._request_id})


def _cause(error: GraphQLError) -> Exception:
    """What a resolver raised, out of the wrappings of GraphQL and of task groups."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return _application_error(cause) or cause


def _application_error(error: BaseException) -> ApplicationError | None:
    if isinstance(error, ApplicationError):
        return error
    if isinstance(error, BaseExceptionGroup):
        inner = [_application_error(one) for one in error.exceptions]
        if None not in inner:
            return inner[0]
    return None


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if len(value) >= _SHORTEST_SCRUBBED:
            yield value, place
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, f"{place}{name}" if place == "$" else f"{place}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, place)


class _LiteralCollector(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        self.texts.append(node.value)


def _literals(document: DocumentNode) -> dict[str, str]:
    collector = _LiteralCollector()
    visit(document, collector)
    return {text: "a text in the document" for text in collector.texts if len(text) >= _SHORTEST_SCRUBBED}
