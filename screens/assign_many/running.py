"""Asking what a bulk assignment would do, and carrying it out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from dwtui.client.errors import (
    ApiError,
    BadInput,
    Conflict,
    ConnectionLost,
    Forbidden,
    NotFound,
    Unauthenticated,
)
from screens.assign.changes import Assignment
from screens.assign_many.plan import Planned, Result

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import RelocationSummary

MANY = 500
"""Changes the API previews at once."""
PARALLEL = 4
"""Changes that are under way at the same time."""


async def previews_of(api: Api, rows: Sequence[Planned]) -> list[tuple[Planned, RelocationSummary]]:
    """What the changes of these studies' document storages would do."""
    from dwtui.client.generated.input_types import RelocationPreviewInput

    found: list[tuple[Planned, RelocationSummary]] = []
    for start in range(0, len(rows), MANY):
        part = rows[start : start + MANY]
        asked = [
            RelocationPreviewInput(study=row.study_id, document_bucket=row.change.after.documents.id)
            for row in part
        ]
        found += zip(part, await api.relocation_previews(asked), strict=True)
    return found


async def carry_out(api: Api, rows: Sequence[Planned]) -> AsyncIterator[Planned]:
    """Change these studies, some at a time; each comes out when it is known what became of it.

    A lost connection or token ends the one at hand; those not begun stay as they are.
    """
    waiting = list(rows)[::-1]
    running: set[asyncio.Task[Planned]] = set()
    try:
        while waiting or running:
            while waiting and len(running) < PARALLEL:
                running.add(asyncio.create_task(_change(api, waiting.pop())))
            ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                row = task.result()
                if row.result is Result.FAILED:
                    waiting.clear()
                yield row
    finally:
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)


async def _change(api: Api, row: Planned) -> Planned:
    try:
        saved = await api.update_storages(row.study_id, row.change.input())
    except asyncio.CancelledError:
        row.ended(Result.FAILED, "stopped; it may have been changed all the same")
        raise
    except Conflict as error:
        await _conflict(api, row, error)
    except (Forbidden, NotFound, BadInput) as error:
        row.ended(Result.REFUSED, error.message)
    except ConnectionLost:
        row.ended(Result.FAILED, "the connection was lost; it may have been changed all the same")
    except Unauthenticated:
        row.ended(Result.FAILED, "your token is no longer accepted: L signs in again")
    except ApiError as error:
        row.ended(Result.FAILED, error.message)
    else:
        row.ended(Result.DONE, revision=saved.revision)
    return row


async def _conflict(api: Api, row: Planned, error: Conflict) -> None:
    """Somebody else was first. Where they did the same, or an earlier try of ours did, it is done."""
    try:
        study = await api.study(row.study_id)
    except ApiError:
        row.ended(Result.CONFLICT, error.message)
        return
    if Assignment.of(study) == row.change.after:
        row.ended(Result.DONE, revision=study.revision)
    else:
        row.ended(Result.CONFLICT, "somebody else changed it meanwhile")
