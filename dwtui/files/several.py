"""Asking the API for several things at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from dwtui.files.errors import as_file_errors

Thing = TypeVar("Thing")
Result = TypeVar("Result")
AT_ONCE = 8
"""Questions under way at the same time."""


async def several(
    things: Sequence[Thing], ask: Callable[[Thing], Awaitable[Result]], path_of: Callable[[Thing], str]
) -> list[Result | OSError]:
    """The answers in the order of the things. What fails is in the list as its error."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(thing: Thing) -> Result | OSError:
        try:
            async with turns:
                with as_file_errors(path_of(thing)):
                    return await ask(thing)
        except OSError as error:
            return error

    return await asyncio.gather(*(one(thing) for thing in things))
