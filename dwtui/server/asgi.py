"""The application: its routes, and the one place where its parts are wired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from dwtui.server.accounts.tokens import authenticate
from dwtui.server.context import RequestContext
from dwtui.server.database.engine import Database
from dwtui.server.database.migrate import migrate
from dwtui.server.documents.downloads import download_routes
from dwtui.server.documents.janitor import keeping_order
from dwtui.server.parts import Parts
from dwtui.server.schema import executable_schema
from dwtui.server.secrets import open_cipher
from dwtui.server.settings import ServerSettings
from dwtui.server.transport.endpoint import GraphQLEndpoint
from dwtui.server.transport.health import health_route

GRAPHQL_PATH = "/graphql"


def application(settings: ServerSettings) -> Starlette:
    """The API as these settings want it. The database is migrated when it starts. Raises CipherError."""
    parts = Parts(Database(settings.database_url.get_secret_value()), open_cipher(settings), settings)

    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        try:
            await migrate(parts.database)
            async with keeping_order(parts):
                yield
        finally:
            parts.identities.close_idle()
            parts.transfers.close()
            await parts.database.close()

    @asynccontextmanager
    async def open_context(request: Request, request_id: str) -> AsyncIterator[RequestContext]:
        authenticated = await authenticate(parts.database, request.headers.get("authorization"))
        yield RequestContext(parts, request_id, authenticated, _origin(request, settings))

    graphql = GraphQLEndpoint(
        executable_schema(), open_context, limits=settings.limits, introspection=settings.introspection
    )
    return Starlette(
        routes=[
            Route(GRAPHQL_PATH, graphql),
            *download_routes(parts),
            health_route(parts.database.ready),
        ],
        lifespan=lifespan,
    )


def _origin(request: Request, settings: ServerSettings) -> str:
    """The URL that the client has reached us at, without a slash at its end; empty for a Unix socket."""
    if settings.public_url is not None:
        return settings.public_url.rstrip("/")
    _, port = request.scope.get("server") or ("", None)
    return "" if port is None else str(request.base_url).rstrip("/")
