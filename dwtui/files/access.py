"""The way to the API for programs that wait: which API, as whom, and a connection that is there when needed."""

import os
import weakref
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from dwtui.client.errors import ConnectionLost, Unauthenticated
from dwtui.files.loop import soon, wait
from dwtui.settings import load_settings
from dwtui.target import Target, find_target

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api

Result = TypeVar("Result")
NO_API = (
    "Nothing says which API to use. Give `url` and `token`, set DWTUI_URL and DWTUI_TOKEN, "
    "or sign in: `dwtui login`."
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A connection, and what it was made for: of another process or another environment it is of no use."""

    target: Target
    api: "Api"
    made_for: tuple[object, ...] = field(repr=False)


class Access:
    """An API as the caller's user. What is not given is found as the command line finds it, when first needed."""

    def __init__(self, url: str | None = None, token: str | None = None, profile: str | None = None) -> None:
        """`profile`: the name of one that `dwtui login` made."""
        self._url, self._profile = url, profile
        self._token = _Secret(token)
        self._link: _Link | None = None

    def __repr__(self) -> str:
        return f"<API {self._url or self._profile or 'of the settings'}>"

    def __reduce__(self) -> tuple[type["Access"], tuple[str | None, None, str | None]]:
        # A token leaves this process only where somebody says so.
        return Access, (self._url, None, self._profile)

    def __deepcopy__(self, _: object) -> "Access":
        return self

    @property
    def url(self) -> str:
        """Where the API is."""
        return self._connected().target.url

    def call(self, ask: "Callable[[Api], Awaitable[Result]]") -> Result:
        """What the API answers. Raises `ApiError` and `SettingsError`. From any thread, also after a fork."""
        link = self._connected()
        try:
            return self._ask(link, ask)
        except Unauthenticated:
            # The token that was found may have been replaced meanwhile: `dwtui login`.
            if self._token.text or self._find().token == link.target.token:
                raise
        self._link = None
        return self._ask(self._connected(), ask)

    def _ask(self, link: _Link, ask: "Callable[[Api], Awaitable[Result]]") -> Result:
        async def asking() -> Result:
            return await ask(link.api)

        return wait(asking())

    def _connected(self) -> _Link:
        made_for = (os.getpid(), os.environ.get("DWTUI_URL"), os.environ.get("DWTUI_TOKEN"))
        link = self._link
        if link is None or link.made_for != made_for:
            self._link = link = self._connect(made_for)
        return link

    def _connect(self, made_for: tuple[object, ...]) -> _Link:
        from dwtui.client.opening import open_api

        target = self._find()
        link = _Link(target, open_api(target), made_for)
        weakref.finalize(self, _close, link.api, os.getpid()).atexit = False
        return link

    def _find(self) -> Target:
        target = find_target(load_settings(), url=self._url, profile=self._profile, token=self._token.text)
        if target is None:
            raise ConnectionLost(NO_API)
        if target.token is None:
            raise Unauthenticated(
                f"There is no token for {target.url}. Give `token`, set DWTUI_TOKEN, or sign in: `dwtui login`."
            )
        return target


@dataclass(frozen=True, slots=True)
class _Secret:
    """A token that no listing of variables shows."""

    text: str | None = field(repr=False)


def _close(api: "Api", process: int) -> None:
    if process == os.getpid():
        soon(api.aclose())
