"""A command's session with the API: signed in, with names resolved to ids."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from dwtui.cli.options import Common, Scope
from dwtui.cli.outcome import Failed, UsageError
from dwtui.client.errors import NotFound, Unauthenticated
from dwtui.settings import load_settings
from dwtui.target import Target, find_target

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import OrganizationSummary, StorageSummary

Result = TypeVar("Result")
PAGE = 200
NO_API = (
    "There is no API to work with yet. Sign in to one: `dwtui login --url https://…`; "
    "or set DWTUI_URL and DWTUI_TOKEN; or look around first: `dwtui demo`."
)


class Session:
    """A connection to the API for one command. It waits outside of any event loop, for prompts and ctrl-c."""

    def __init__(self, target: Target) -> None:
        from dwtui.client.opening import open_api

        self.target = target
        self.api: Api = open_api(target)
        self._runner = asyncio.Runner()

    def wait(self, doing: Coroutine[Any, Any, Result]) -> Result:
        """The result of something asked of the API."""
        return self._runner.run(doing)

    def close(self) -> None:
        """End it."""
        try:
            self._runner.run(self.api.aclose())
        finally:
            self._runner.close()

    def organization(self, scope: Scope) -> "OrganizationSummary":
        """The organization named, or the one that goes without saying."""
        organizations = self.wait(self.api.viewer()).organizations
        names = ", ".join(f"{one.name} ({one.id})" for one in organizations) or "none"
        if scope.organization is not None:
            wanted = scope.organization
            for one in organizations:
                if wanted in (one.id, one.name):
                    return one
            raise NotFound(f"You are in no organization {wanted!r}. Yours: {names}.")
        chosen = self.target.profile.organization if self.target.profile else None
        for one in organizations:
            if one.id == chosen:
                return one
        if len(organizations) == 1:
            return organizations[0]
        if not organizations:
            raise NotFound(
                "You are in no organization yet. Ask an administrator to add you, or the operator for one."
            )
        raise UsageError(f"You are in several organizations: say which with --organization. Yours: {names}.")

    def storage_id(self, named: str, scope: Scope) -> str:
        """The id of a storage given by id or name."""
        if is_id(named, "SB"):
            return named
        organization = self.organization(scope)

        async def search() -> list[tuple[str, str]]:
            pages = every(
                lambda after: self.api.storage_backends(
                    organization.id, first=PAGE, after=after, search=named
                )
            )
            return [(one.id, one.name) async for one in pages]

        return _only("storage", named, organization.name, self.wait(search()))

    def storage_in(self, organization: str, named: str) -> "StorageSummary":
        """A storage of that organization, given by id or name."""

        async def search() -> "list[StorageSummary]":
            pages = every(
                lambda after: self.api.storage_backends(organization, first=PAGE, after=after, search=named)
            )
            return [one async for one in pages]

        found = {one.id: one for one in self.wait(search())}
        if named in found:
            return found[named]
        return found[_only("storage", named, organization, [(one.id, one.name) for one in found.values()])]

    def study_id(self, named: str, scope: Scope) -> str:
        """The id of a study given by id, name, short code or external id."""
        if is_id(named, "SD"):
            return named
        organization = self.organization(scope)

        async def search() -> list[tuple[str, str]]:
            pages = every(
                lambda after: self.api.studies(organization.id, first=PAGE, after=after, search=named)
            )
            return [
                (one.id, name)
                async for one in pages
                for name in (one.name, one.short_code, one.external_id)
                if name
            ]

        return _only("study", named, organization.name, self.wait(search()))

    def user_id(self, named: str, organization: str) -> str:
        """The id of a member given by id, e-mail address or name."""
        if is_id(named, "US"):
            return named

        async def search() -> list[tuple[str, str]]:
            pages = every(lambda after: _members(self.api, organization, after))
            return [
                (one.user.id, name) async for one in pages for name in (one.user.email, one.user.name) if name
            ]

        return _only("member", named, organization, self.wait(search()))


@contextmanager
def signed_in(common: Common) -> Iterator[Session]:
    """A session with the API that the options, the environment or the settings name."""
    target = find_target(load_settings(), url=common.url, profile=common.profile)
    if target is None:
        raise Unauthenticated(NO_API)
    if target.token is None:
        raise Unauthenticated(f"You are not signed in at {target.url}. Sign in with `dwtui login`.")
    session = Session(target)
    try:
        yield session
    finally:
        session.close()


def is_id(text: str, kind: str) -> bool:
    """Whether a text looks like an id of that kind, such as `SB`."""
    head, _, tail = text.partition("_")
    return head == kind and len(tail) == 8 and tail.isalnum() and tail == tail.upper()


def name_key(name: str) -> str:
    """What two names have in common that the API takes for the same."""
    folded = normalize("NFC", normalize("NFC", name).casefold())
    return " ".join(folded.split())


async def every(
    fetch: Callable[[str | None], Coroutine[Any, Any, Any]], limit: int | None = None
) -> AsyncIterator[Any]:
    """The nodes of all pages, or the first `limit` of them. `fetch` gives the page after a cursor."""
    after: str | None = None
    count = 0
    while True:
        page = await fetch(after)
        for edge in page.edges:
            if limit is not None and count >= limit:
                return
            count += 1
            yield edge.node
        if not page.page_info.has_next_page or (limit is not None and count >= limit):
            return
        if page.page_info.end_cursor in (None, after):
            raise Failed("The API's list does not go on. Tell its operator.")
        after = page.page_info.end_cursor


async def _members(api: "Api", organization: str, after: str | None) -> Any:
    return (await api.members(organization, first=PAGE, after=after)).members


def _only(kind: str, named: str, organization: str, found: list[tuple[str, str]]) -> str:
    """The one id whose name is exactly that, or else the one whose name differs in case only."""
    exact = {id for id, name in found if name == named} or {
        id for id, name in found if name.casefold() == named.casefold()
    }
    if len(exact) == 1:
        return exact.pop()
    if exact:
        raise UsageError(f"Several are called {named!r}: {', '.join(sorted(exact))}. Name it by its id.")
    raise NotFound(f"There is no {kind} {named!r} in {organization}, or you may not see it.")


def said(**values: Any) -> dict[str, Any]:
    """What was said: what was not is left to the API's defaults."""
    return {name: value for name, value in values.items() if value is not None}
