"""Changes the storages of many studies, some at a time, and tells what became of each."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dwtui.cli.study_change import StorageChange
from dwtui.client.errors import ApiError, Conflict, ConnectionLost, Unauthenticated

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api

AT_ONCE = 4
PREVIEWS = 500
"""Changes that the API previews in one go."""


class Became(Enum):
    """What became of a change."""

    WAITING = "not begun"
    DONE = "changed"
    AS_IT_IS = "as it is"
    CONFLICT = "changed by somebody else meanwhile"
    REFUSED = "refused"
    UNKNOWN = "not known"


@dataclass
class Assignment:
    """A change on its way."""

    change: StorageChange
    became: Became = Became.WAITING
    error: ApiError | None = None

    @property
    def reason(self) -> str:
        """Why it did not become what it was to become; empty: it did, or was not tried."""
        if self.error is not None:
            return str(self.error)
        return "interrupted; look at it before you repeat it" if self.became is Became.UNKNOWN else ""

    @property
    def failed(self) -> bool:
        """Whether it is not as it was wanted."""
        return self.became not in (Became.DONE, Became.AS_IT_IS)


async def look_ahead(api: "Api", changes: Sequence[StorageChange]) -> None:
    """Ask what the changes would do to the documents there are."""
    from dwtui.client.generated.input_types import RelocationPreviewInput

    moving = [(one, one.documents.id) for one in changes if one.moves_documents and one.documents]
    for start in range(0, len(moving), PREVIEWS):
        part = moving[start : start + PREVIEWS]
        asked = [RelocationPreviewInput(study=one.study.id, document_bucket=storage) for one, storage in part]
        for (one, _), preview in zip(part, await api.relocation_previews(asked), strict=True):
            one.preview = preview


async def carry_out(api: "Api", work: Sequence[Assignment], told: Callable[[], None]) -> None:
    """Change the studies. `told` is called after each. Once the API is gone nothing more is begun."""
    waiting = [one for one in work if one.became is Became.WAITING][::-1]

    async def worker() -> None:
        while waiting:
            one = waiting.pop()
            if not await _change(api, one):
                waiting.clear()
            told()

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(worker())


async def _change(api: "Api", one: Assignment) -> bool:
    """Change one study; whether to go on with others."""
    one.became = Became.UNKNOWN
    try:
        await api.update_storages(one.change.study.id, one.change.wanted)
    except (ConnectionLost, Unauthenticated) as error:
        sent = isinstance(error, ConnectionLost) and error.sent
        one.became, one.error = Became.UNKNOWN if sent else Became.WAITING, error
        return False
    except Conflict as error:
        one.became, one.error = Became.CONFLICT, error
    except ApiError as error:
        one.became, one.error = Became.REFUSED, error
    else:
        one.became = Became.DONE
    return True
