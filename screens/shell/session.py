"""The session: which API, who is signed in, which organization is worked with."""

import asyncio
import threading
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from dwtui.client.errors import Unauthenticated

if TYPE_CHECKING:
    from dwtui.briefing import Briefing
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import OrganizationSummary, ViewerDetails
    from dwtui.target import Target
    from screens.assign.changes import StorageChange

OpenApi = Callable[["Target"], "Api"]
Prepare = Callable[[], "tuple[OpenApi, Target | None]"]
"""Imports the client and finds out which API to use, with which token. Slow: it is called in a thread."""


class OrganizationOfViewer(NamedTuple):
    """An organization the viewer is a member of, and what they may do in it as a whole."""

    id: str
    name: str
    role: str
    """The viewer's role, as in the contract; empty for an operator who is no member."""
    may: frozenset[str]


class Session:
    """Who is signed in where. Nothing heavy is imported for it: the client comes in a thread."""

    def __init__(
        self,
        prepare: Prepare,
        *,
        read_only: bool = False,
        organization: str | None = None,
        briefing: "Briefing | None" = None,
    ) -> None:
        """`organization`: the id of the one to begin with, where the viewer is in it."""
        self.briefing = briefing
        """What to have at hand, such as the sample world's key pairs."""
        self._prepare = prepare
        self._wanted = organization
        self.target: Target | None = None
        self.read_only = read_only
        self.user_id = ""
        self.user_name = ""
        self.operator = False
        self.organizations: list[OrganizationOfViewer] = []
        self.organization: OrganizationOfViewer | None = None
        self.era = 0
        """Goes up when another API, user or organization takes over; what was shown before is then forgotten."""
        self.undoable: Sequence[StorageChange] = ()
        """The last changes of studies' storages made here, for as long as they can be undone."""
        self.changes = 0
        """Goes up with each change made here; pages that come back into sight ask again when it has."""
        self.just_made = ""
        """The id of what was made last, until a list has put its cursor on it."""
        self._establishing = asyncio.Lock()
        self._api: Api | None = None

    @cached_property
    def _opened(self) -> "asyncio.Future[tuple[OpenApi, Target | None]]":
        return asyncio.get_running_loop().create_future()

    @property
    def signed_in(self) -> bool:
        """Whether the API has said who we are."""
        return bool(self.user_id)

    @property
    def may(self) -> Collection[str]:
        """What the viewer may do in the organization as a whole."""
        return self.organization.may if self.organization is not None else frozenset()

    @property
    def who(self) -> str:
        """Who is signed in with what role, for the top line."""
        role = self.organization.role.lower().replace("_", " ") if self.organization is not None else ""
        return " · ".join(
            part for part in (self.user_name, role, "read-only" if self.read_only else "") if part
        )

    def warm_up(self) -> None:
        """Import the client in a thread. Until this is called, behind the first frame, whoever wants it waits."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=_prepare, args=(loop, self._opened, self._prepare), daemon=True).start()

    async def api(self) -> "Api":
        """The client of the API, as soon as it can be had."""
        if self._api is None:
            open_api = await self._prepared()
            if self.target is None or self.target.token is None:
                raise Unauthenticated("You are not signed in yet.")
            if self._api is None:
                self._api = open_api(self.target)
        return self._api

    async def try_out(self, target: "Target") -> "ViewerDetails":
        """Ask another API, or the same with another token, who we are there. Nothing changes here."""
        open_api = await self._prepared()
        api = open_api(target)
        try:
            return (await api.session()).viewer
        finally:
            await api.aclose()

    async def _prepared(self) -> OpenApi:
        open_api, found = await asyncio.shield(self._opened)
        if self.target is None:
            self.target = found
        return open_api

    async def establish(self, api: "Api") -> bool:
        """Let the API say who we are, once; True: it has just done so."""
        async with self._establishing:
            if self.signed_in:
                return False
            self.signed_in_as((await api.session()).viewer)
            return True

    async def use(self, target: "Target") -> None:
        """Turn to another API, or to the same one with another token. Nobody is signed in there yet."""
        await self.close()
        self.era += 1
        self.undoable = ()
        self.target = target
        self.user_id = self.user_name = ""
        self.operator = False
        self.organizations = []

    async def close(self) -> None:
        """Close the connection."""
        api, self._api = self._api, None
        if api is not None:
            await api.aclose()

    def signed_in_as(self, viewer: "ViewerDetails") -> None:
        """Take over what the API says of the viewer. The organization stays where it can."""
        self.user_id, self.user_name = viewer.user.id, viewer.user.name
        self.operator = viewer.operator
        self.organizations = [_organization(summary) for summary in viewer.organizations]
        wanted = self.organization.id if self.organization is not None else self._wanted or self._of_profile
        self.organization = None
        if wanted is not None:
            self.work_in(wanted)
        if self.organization is None and len(self.organizations) == 1:
            self.organization = self.organizations[0]

    def work_in(self, organization_id: str) -> bool:
        """Turn to one of the viewer's organizations; False: it is none of them."""
        for organization in self.organizations:
            if organization.id == organization_id:
                if self.organization is not None and self.organization.id != organization_id:
                    self.era += 1
                    self.undoable = ()
                self.organization = organization
                return True
        return False

    def note_change(self, made: str = "") -> None:
        """Something was changed: what is shown elsewhere is to be asked for again. `made`: the id of what is new."""
        self.changes += 1
        self.just_made = made

    @property
    def _of_profile(self) -> str | None:
        profile = self.target.profile if self.target is not None else None
        return profile.organization if profile is not None else None


def _organization(summary: "OrganizationSummary") -> OrganizationOfViewer:
    role = summary.role.value if summary.role is not None else ""
    return OrganizationOfViewer(
        summary.id, summary.name, role, frozenset(it.value for it in summary.viewer_may)
    )


def _prepare(
    loop: asyncio.AbstractEventLoop,
    opening: "asyncio.Future[tuple[OpenApi, Target | None]]",
    prepare: Prepare,
) -> None:
    """Run the preparation and hand its outcome to whoever waits."""
    try:
        prepared = prepare()
    except Exception as error:  # noqa: BLE001  # whatever it is, whoever waits is to know it
        _call(loop, opening, partial(opening.set_exception, error))
    else:
        _call(loop, opening, partial(opening.set_result, prepared))


def _call(
    loop: asyncio.AbstractEventLoop, opening: "asyncio.Future[Any]", settle: Callable[[], None]
) -> None:
    """Settle the future on its loop, unless the program has ended meanwhile."""

    def on_loop() -> None:
        if not opening.done():
            settle()

    if not loop.is_closed():
        loop.call_soon_threadsafe(on_loop)
