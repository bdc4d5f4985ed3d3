"""Runs `serve` with a small application, as a process of its own: `-m tests.server.serving '{options}'`."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dwtui.server.errors import ApplicationError
from dwtui.server.serve import serve
from dwtui.server.settings import ServerSettings, load_settings
from dwtui.server.transport.endpoint import GraphQLEndpoint
from dwtui.server.transport.health import health_route
from tests.server.transport.schema import Seen, make_open_context, make_schema


def application(settings: ServerSettings) -> Starlette:
    """`/hang` never answers; SERVING_START makes the start go wrong; SERVING_MARK is written at the end."""
    seen = Seen()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        how = os.environ.get("SERVING_START")
        if how == "refuse":
            raise ApplicationError("The database is newer than this version of dwtui.")
        if how == "break":
            raise RuntimeError("no route to postgresql://dwtui:hunter2@db")
        if how == "hang":
            sys.stderr.write("hanging\n")
            await asyncio.Event().wait()
        yield
        if mark := os.environ.get("SERVING_MARK"):
            Path(mark).write_text("ended well")

    async def hang(_: Request) -> Response:
        sys.stderr.write("hanging\n")
        await asyncio.Event().wait()
        return PlainTextResponse("never")

    async def block(_: Request) -> Response:
        sys.stderr.write("blocking\n")
        while True:
            pass

    async def well() -> None:
        return None

    return Starlette(
        routes=[
            Route("/graphql", GraphQLEndpoint(make_schema(), make_open_context(seen))),
            Route("/hang", hang),
            Route("/block", block),
            health_route(well),
        ],
        lifespan=lifespan,
    )


def broken(settings: ServerSettings) -> Starlette:
    raise RuntimeError("secretKey=wJalrXUtnFEMI")


def main(options: dict[str, Any]) -> int:
    settings = load_settings(
        database_url="sqlite:///unused.db", application_bucket="application", kms_key="alias/unused"
    )
    if "uds" in options:
        options["uds"] = Path(options["uds"])
    factory: Any = options.pop("application", "tests.server.serving:application")
    return serve(factory, settings, **options)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
