"""GraphQL over HTTP: `Route("/graphql", GraphQLEndpoint(…))`. POST only; subscriptions as events."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from graphql import GraphQLSchema
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from dwtui.server.errors import LimitExceededError
from dwtui.server.ids import new_id
from dwtui.server.logs import request_id
from dwtui.server.transport.answers import answer, encoded
from dwtui.server.transport.disconnects import ClientGone, until_gone
from dwtui.server.transport.documents import Documents, Operation
from dwtui.server.transport.event_stream import EventStream
from dwtui.server.transport.exchange import Exchange
from dwtui.server.transport.execution import executed, one_event, subscribed
from dwtui.server.transport.limits import Limits
from dwtui.server.transport.media_types import GRAPHQL_RESPONSE
from dwtui.server.transport.multipart_request import MultipartRequest, is_multipart
from dwtui.server.transport.parameters import Parameters, read_parameters
from dwtui.server.transport.problems import (
    BAD_USER_INPUT,
    LIMIT_EXCEEDED,
    RefusedHttp,
    RefusedRequest,
    problem,
)

OpenContext = Callable[[Request, str], AbstractAsyncContextManager[Any]]
"""Makes the context of one request, given its id. May raise ApplicationError (UnauthenticatedError)."""


class GraphQLEndpoint:
    """Answers GraphQL requests over HTTP, as an ASGI application.

    The context is opened for each request before its document is read, and closed when the operation was
    executed, its stream has ended, or its client is gone.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        open_context: OpenContext,
        *,
        limits: Limits | None = None,
        introspection: bool = True,
        keep_alive_seconds: float = 12.0,
    ) -> None:
        self._schema = schema
        self._open_context = open_context
        self._limits = limits or Limits()
        self._documents = Documents(schema, self._limits, introspection)
        self._keep_alive_seconds = keep_alive_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = Exchange(new_id("RQ"), scope, receive, send)
        token = request_id.set(exchange.id)
        try:
            await self._serve(exchange)
        finally:
            exchange.log()
            request_id.reset(token)

    async def _serve(self, exchange: Exchange) -> None:
        try:
            parameters = await self._received(exchange)
            await until_gone(exchange.client_gone(), self._answered(exchange, parameters))
        except RefusedRequest as refused:
            await exchange.refuse(refused)
        except (ClientGone, ClientDisconnect):
            exchange.gone = True
        except Exception as error:  # noqa: BLE001 - a fault of ours: masked, and logged under the request's id
            await exchange.refuse(RefusedRequest(exchange.mask.refused(error)))

    async def _received(self, exchange: Exchange) -> Parameters:
        if exchange.request.method != "POST":
            raise RefusedHttp(405, "GraphQL requests are sent with POST.", headers={"Allow": "POST"})
        if exchange.accepts.nothing:
            raise RefusedHttp(
                406, f"The answer can be given as {GRAPHQL_RESPONSE}, JSON or text/event-stream."
            )
        try:
            async with asyncio.timeout(self._limits.request_seconds):
                if is_multipart(exchange.request):
                    body = exchange.expect_file(self._limits)
                    form = MultipartRequest(exchange.request, body)
                    return await until_gone(body.client_gone(), form.parameters(self._limits.body_bytes))
                return await read_parameters(exchange.request, self._limits.body_bytes)
        except LimitExceededError as error:
            raise RefusedHttp(408, error.message, code=LIMIT_EXCEEDED) from None
        except TimeoutError:
            raise RefusedHttp(
                408,
                "The request did not arrive in time.",
                code=LIMIT_EXCEEDED,
                headers={"Connection": "close"},
            ) from None

    async def _answered(self, exchange: Exchange, parameters: Parameters) -> None:
        exchange.mask.knows(parameters)
        try:
            async with self._context(exchange) as context:
                operation = self._operation(exchange, parameters)
                if operation.is_subscription:
                    await self._stream(exchange, operation, context)
                    return
                body = await self._executed(exchange, operation, context)
        except RefusedRequest as refused:
            await self._refuse(exchange, refused)
            return
        await self._single(exchange, body)

    @asynccontextmanager
    async def _context(self, exchange: Exchange) -> AsyncIterator[Any]:
        """The context; what goes wrong in opening and closing it becomes a RefusedRequest."""
        try:
            async with self._open_context(exchange.request, exchange.id) as context:
                yield context
        except (RefusedRequest, ClientGone):
            raise
        except Exception as error:  # noqa: BLE001 - the outermost boundary: masked, and logged under the id
            raise RefusedRequest(exchange.mask.refused(error)) from None

    def _operation(self, exchange: Exchange, parameters: Parameters) -> Operation:
        operation = self._documents.read(parameters)
        exchange.operation = operation
        exchange.mask.knows_document(operation)
        if operation.is_subscription and exchange.accepts.stream_weight == 0:
            message = "Subscriptions are answered as events: send Accept: text/event-stream."
            raise RefusedRequest(problem(BAD_USER_INPUT, message), status=406)
        return operation

    async def _executed(self, exchange: Exchange, operation: Operation, context: Any) -> bytes:
        limit = asyncio.timeout(self._limits.request_seconds)
        try:
            async with limit:
                exchange.postpone(limit, self._limits.request_seconds)
                return await executed(self._schema, operation, context, exchange.mask)
        except TimeoutError:
            if not limit.expired():
                raise
            raise RefusedRequest(_too_long(self._limits.request_seconds), status=503) from None

    async def _stream(self, exchange: Exchange, operation: Operation, context: Any) -> None:
        async with subscribed(self._schema, operation, context, exchange.mask) as results:
            await self._send_events(exchange, results)

    async def _single(self, exchange: Exchange, body: bytes) -> None:
        if exchange.accepts.prefers_stream:
            await self._send_events(exchange, one_event(body))
        else:
            await exchange.respond(answer(body, exchange.accepts.single, exchange.id))

    async def _refuse(self, exchange: Exchange, refused: RefusedRequest) -> None:
        """Who waits for events is told of a bad document by an event, as the protocol has it."""
        if not exchange.started and exchange.accepts.prefers_stream and refused.status == 400:
            exchange.note(refused)
            await self._send_events(exchange, one_event(encoded({"errors": list(refused.errors)})))
        else:
            raise refused

    async def _send_events(self, exchange: Exchange, results: AsyncIterator[bytes]) -> None:
        exchange.started = True
        exchange.status = 200
        seconds = self._limits.stream_seconds
        events = EventStream(exchange.send, exchange.id, self._keep_alive_seconds)
        await events.run(results, seconds=seconds, too_long=encoded({"errors": [_too_long(seconds)]}))


def _too_long(seconds: float) -> dict[str, Any]:
    return problem(LIMIT_EXCEEDED, f"It took longer than {seconds:g} seconds and was stopped.")
