"""Making dataloaders: many keys are asked for with one statement."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiodataloader import DataLoader
from sqlalchemy import select

from dwtui.server.database.engine import Database


def loader(fetch: Callable[[Sequence[str]], Awaitable[dict[str, Any]]]) -> DataLoader[str, Any]:
    """A loader from a function that finds the values of many keys; a key it does not find has None."""

    async def batch(keys: list[str]) -> list[Any]:
        found = await fetch(keys)
        return [found.get(key) for key in keys]

    return DataLoader(batch_load_fn=batch)


def rows_loader(database: Database, kind: type[Any]) -> DataLoader[str, Any]:
    """A loader of rows by their id."""

    async def fetch(keys: Sequence[str]) -> dict[str, Any]:
        async with database.read() as session:
            return {row.id: row for row in await session.scalars(select(kind).where(kind.id.in_(keys)))}

    return loader(fetch)
