"""A small schema of the tests' own, with resolvers that go wrong in every way the transport must stand."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ariadne import MutationType, ObjectType, QueryType, ScalarType, SubscriptionType, make_executable_schema
from graphql import GraphQLError, GraphQLSchema
from starlette.requests import Request

from dwtui.server.errors import BadInputError, ConflictError, NotFoundError, UnauthenticatedError
from dwtui.server.scalars import upload
from dwtui.server.transport.incoming_file import IncomingFile

SDL = """
scalar DateTime
scalar Upload
type Received { name: String! type: String! size: Int! sha256: String! atMost: Int }
enum Use { DOCUMENTS DATA }
input Keys {
  name: String!
  accessKey: String
  secretKey: String
  uses: [Use!]
  waitForKeys: Int
  since: DateTime
}
type Row { id: ID! name: String! rows(first: Int = 50): RowConnection! others: [Row!]! row: Row }
type RowEdge { node: Row! cursor: String! }
type RowConnection { edges: [RowEdge!]! totalCount: Int! }
type Query {
  ping: String!
  requestId: String!
  echo(text: String): String
  needs(text: String!): String
  optional: String
  refuse: String!
  conflict: String
  hidden: String
  grouped: String
  boom(secret: String): String!
  bare: String
  notJson: String
  hang: String
  cancelSelf: String
  broken: Int
  row: Row
  rows(first: Int = 50, after: String): RowConnection!
}
input Form { file: Upload! }
type Mutation {
  keep(input: Keys!): String!
  receive(file: Upload!, first: Int): Received!
  receiveForm(form: Form!): Received!
  refuseFile(file: Upload!, after: Int): String!
}
type Subscription {
  count(to: Int!): Int!
  endless: Int!
  silent: Int!
  flood: String!
  failing(after: Int!, how: String!): Int!
  refused: Int!
  strict(after: Int!): Int!
}
"""


@dataclass
class Seen:
    """What happened inside the server, for the tests to look at."""

    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    received: list[Any] = field(default_factory=list)
    running: set[str] = field(default_factory=set)


@dataclass
class Context:
    request_id: str
    user: str
    seen: Seen


class WrongError(Exception):
    """An unforeseen exception."""


query, mutation, subscription = QueryType(), MutationType(), SubscriptionType()
moment = ScalarType("DateTime")
row = ObjectType("Row")


@moment.value_parser
def parse_moment(value: Any) -> datetime:
    return datetime.fromisoformat(value)


def secret_of(info: Any) -> str:
    return info.context.user


query.set_field("ping", lambda *_: "pong")
query.set_field("requestId", lambda _, info: info.context.request_id)
query.set_field("echo", lambda _, info, text=None: text)
query.set_field("needs", lambda _, info, text: text)
query.set_field("optional", lambda *_: None)
query.set_field("notJson", lambda *_: "x")
query.set_field("broken", lambda *_: "not a number")


@query.field("refuse")
def refuse(*_: Any) -> str:
    raise NotFoundError("There is no such thing.", hint="look elsewhere")


@query.field("conflict")
async def conflict(*_: Any) -> str:
    raise ConflictError("Somebody was faster.", revision=7)


@query.field("hidden")
def hidden(*_: Any) -> str:
    raise GraphQLError("internals: table storages", extensions={"code": "SQL", "table": "storages"})


@query.field("grouped")
async def grouped(*_: Any) -> str:
    async with asyncio.TaskGroup() as group:
        group.create_task(fail())
    return "never"


async def fail() -> None:
    raise BadInputError("name", "That name is taken.")


@query.field("boom")
def boom(_: Any, info: Any, secret: str | None = None) -> str:
    raise WrongError(f"could not connect with {secret!r} and {info.context.user}")


@query.field("bare")
def bare(*_: Any) -> object:
    return object()


async def hanging(info: Any, name: str) -> str:
    info.context.seen.running.add(name)
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        info.context.seen.cancelled.append(name)
        raise
    finally:
        info.context.seen.running.discard(name)
    return "never"


query.set_field("hang", lambda _, info: hanging(info, info.context.request_id))


@query.field("cancelSelf")
async def cancel_self(*_: Any) -> str:
    raise asyncio.CancelledError


@query.field("row")
def one_row(*_: Any) -> dict[str, Any]:
    return a_row(1)


@query.field("rows")
def many_rows(_: Any, info: Any, first: int, after: str | None = None) -> dict[str, Any]:
    edges = [{"node": a_row(number), "cursor": str(number)} for number in range(first)]
    return {"edges": edges, "totalCount": 1000}


def a_row(number: int) -> dict[str, Any]:
    return {"id": f"R{number}", "name": f"Zeile {number} – ß", "others": [], "row": None}


row.set_field("rows", many_rows)


@mutation.field("keep")
def keep(_: Any, info: Any, input: dict[str, Any]) -> str:
    info.context.seen.received.append(input)
    return input["name"]


@mutation.field("receive")
async def receive(_: Any, info: Any, file: IncomingFile, first: int | None = None) -> dict[str, Any]:
    """Takes a file in; `first`: no more than so many bytes of it."""
    size, sha256 = 0, hashlib.sha256()
    info.context.seen.running.add(info.context.request_id)
    try:
        async for block in file.blocks():
            size += len(block)
            sha256.update(block)
            if first is not None and size >= first:
                break
    except asyncio.CancelledError:
        info.context.seen.cancelled.append(info.context.request_id)
        raise
    finally:
        info.context.seen.running.discard(info.context.request_id)
    return {
        "name": file.file_name,
        "type": file.content_type,
        "size": size,
        "sha256": sha256.hexdigest(),
        "atMost": file.at_most,
    }


@mutation.field("receiveForm")
async def receive_form(_: Any, info: Any, form: dict[str, Any]) -> dict[str, Any]:
    return await receive(_, info, form["file"])


@mutation.field("refuseFile")
async def refuse_file(_: Any, info: Any, file: IncomingFile, after: int = 0) -> str:
    size = 0
    blocks = file.blocks()
    while size < after:
        size += len(await anext(blocks))
    raise ConflictError("It is full.")


@subscription.source("count")
async def count(_: Any, info: Any, to: int) -> AsyncIterator[int]:
    for number in range(to):
        yield number


@subscription.source("endless")
async def endless(_: Any, info: Any) -> AsyncIterator[int]:
    number = 0
    try:
        while True:
            info.context.seen.running.add(info.context.request_id)
            yield number
            number += 1
            await asyncio.sleep(0.01)
    finally:
        info.context.seen.running.discard(info.context.request_id)
        info.context.seen.cancelled.append(info.context.request_id)


@subscription.source("silent")
async def silent(_: Any, info: Any) -> AsyncIterator[int]:
    await hanging(info, info.context.request_id)
    yield 1


@subscription.source("flood")
async def flood(_: Any, info: Any) -> AsyncIterator[str]:
    try:
        while True:
            yield "x" * 65536
    finally:
        info.context.seen.cancelled.append(info.context.request_id)


@subscription.source("failing")
async def failing(_: Any, info: Any, after: int, how: str) -> AsyncIterator[int]:
    for number in range(after):
        yield number
    if how == "refused":
        raise NotFoundError("It is gone.")
    raise WrongError(f"lost {how}")


@subscription.source("refused")
async def refused(_: Any, info: Any) -> AsyncIterator[int]:
    raise NotFoundError("Never there.")
    yield 1


@subscription.source("strict")
async def strict(_: Any, info: Any, after: int) -> AsyncIterator[int | None]:
    for number in range(after):
        yield number
    yield None


for name in ("count", "endless", "silent", "flood", "failing", "refused", "strict"):
    subscription.set_field(name, lambda value, info, **_: value)


def make_schema() -> GraphQLSchema:
    return make_executable_schema(SDL, query, mutation, subscription, moment, upload, row)


def make_open_context(seen: Seen) -> Any:
    """Tokens `valid…` are let in; `broken-open` and `broken-close` break down."""

    @asynccontextmanager
    async def open_context(request: Request, request_id: str) -> AsyncIterator[Context]:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token == "broken-open":
            raise WrongError("no answer from postgresql://app:hunter2hunter2@db/dwtui")
        if not token.startswith("valid") and token != "broken-close":
            raise UnauthenticatedError("Sign in first: the token is unknown or has expired.")
        seen.opened.append(request_id)
        try:
            yield Context(request_id, token, seen)
        finally:
            seen.closed.append(request_id)
        if token == "broken-close":
            raise WrongError("could not commit")

    return open_context
