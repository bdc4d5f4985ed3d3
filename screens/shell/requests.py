"""Requests to the API: each a worker of its own that can be cancelled, whose failures are told in words."""

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from textual.worker import Worker

if TYPE_CHECKING:
    from screens.shell.page import Page

PageType = TypeVar("PageType", bound="Page")
Given = ParamSpec("Given")

RETRY_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""How long to wait before each try to connect again; the last is repeated."""


class OrganizationNeeded(Exception):
    """What is asked for belongs to an organization, and there are several to choose from."""


def request(
    group: str, *, repeats: bool = True
) -> Callable[
    [Callable[Concatenate[PageType, Given], Awaitable[None]]],
    Callable[Concatenate[PageType, Given], Worker[Any]],
]:
    """Make a method of a page a request. A new one of the same group takes the place of the one under way.

    `repeats`: whether it may be tried again by itself when the connection was lost; not so for what changes something.
    """

    def decorate(
        method: Callable[Concatenate[PageType, Given], Awaitable[None]],
    ) -> Callable[Concatenate[PageType, Given], Worker[Any]]:
        @wraps(method)
        def start(self: PageType, *args: Given.args, **kwargs: Given.kwargs) -> Worker[Any]:
            work = partial(method, self, *args, **kwargs)
            again = partial(start, self, *args, **kwargs) if repeats else None
            return self.run_worker(
                partial(self.attempt, group, work, again),
                name=method.__name__,
                group=group,
                exclusive=True,
                exit_on_error=False,
            )

        return cast(Callable[Concatenate[PageType, Given], Worker[Any]], start)

    return decorate
