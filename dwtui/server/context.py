"""What a request carries through the application: who asks, and the parts that answer."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from graphql import GraphQLResolveInfo

from dwtui.server.accounts.permissions import Standing
from dwtui.server.accounts.standing import standing_in
from dwtui.server.accounts.tokens import Authenticated
from dwtui.server.database.engine import Database
from dwtui.server.loaders import Loaders
from dwtui.server.parts import Parts


@dataclass
class RequestContext:
    """One request: the parts of the application, the viewer, and what was looked up already."""

    parts: Parts
    request_id: str
    authenticated: Authenticated
    origin: str = ""
    """The URL that clients reach the API at, without a slash at its end; empty for a Unix socket."""
    _standings: dict[str, Standing] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The database."""
        return self.parts.database

    @property
    def viewer_id(self) -> str:
        """The viewer's user id."""
        return self.authenticated.user.id

    @cached_property
    def loaders(self) -> Loaders:
        """The dataloaders, made inside the request."""
        return Loaders(self.parts.database)

    async def standing(self, organization_id: str) -> Standing:
        """The viewer's standing in an organization, looked up once a request."""
        if organization_id not in self._standings:
            async with self.database.read() as session:
                self._standings[organization_id] = await standing_in(session, self.viewer_id, organization_id)
        return self._standings[organization_id]

    def forget_standings(self) -> None:
        """Look standings up anew: roles may have been changed by this very request."""
        self._standings.clear()


Info: TypeAlias = GraphQLResolveInfo[RequestContext]
"What resolvers are told of the request they serve."
