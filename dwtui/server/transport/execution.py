"""Executes a valid operation: once for queries and mutations, for every event of a subscription."""

import inspect
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, execute, subscribe

from dwtui.server.transport.answers import encoded
from dwtui.server.transport.documents import Operation
from dwtui.server.transport.masking import ErrorMask


async def executed(schema: GraphQLSchema, operation: Operation, context: Any, mask: ErrorMask) -> bytes:
    """The result of a query or mutation, as JSON."""
    found = execute(
        schema,
        operation.document,
        context_value=context,
        variable_values=operation.variables,
        operation_name=operation.name,
        hide_suggestions=True,
    )
    return _formatted(await found if inspect.isawaitable(found) else found, mask)


@asynccontextmanager
async def subscribed(
    schema: GraphQLSchema, operation: Operation, context: Any, mask: ErrorMask
) -> AsyncIterator[AsyncIterator[bytes]]:
    """The results of a subscription as JSON, one an event. On leaving, its generator has been closed."""
    source = subscribe(
        schema,
        operation.document,
        context_value=context,
        variable_values=operation.variables,
        operation_name=operation.name,
        hide_suggestions=True,
    )
    found = await source if inspect.isawaitable(source) else source
    if isinstance(found, ExecutionResult):  # it failed before its first event
        yield one_event(encoded({"errors": [mask.format(error) for error in found.errors or ()]}))
        return
    async with aclosing(_each(found, mask)) as results:
        yield results


async def one_event(only: bytes) -> AsyncIterator[bytes]:
    """A stream of a single result."""
    yield only


async def _each(found: AsyncIterator[ExecutionResult], mask: ErrorMask) -> AsyncGenerator[bytes, None]:
    try:
        async for one in found:
            yield _formatted(one, mask)
    except Exception as error:  # noqa: BLE001 - whatever the generator raises is told as an event
        yield encoded({"errors": [mask.refused(error)]})
    finally:
        if isinstance(found, AsyncGenerator):
            await found.aclose()


def _formatted(found: ExecutionResult, mask: ErrorMask) -> bytes:
    errors = [mask.format(error) for error in found.errors or ()]
    result = {"errors": errors} if errors else {}
    try:
        # `data` is there even when it is null: that the operation was executed counts
        return encoded({**result, "data": found.data})
    except (TypeError, ValueError) as error:
        return encoded({"errors": [mask.refused(error)], "data": None})
