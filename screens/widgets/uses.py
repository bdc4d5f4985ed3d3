"""What a storage is used for, as a choice and as the contract's values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dwtui.client.generated.enums import StorageUse

USES = (("both", "documents and data"), ("documents", "documents"), ("data", "data"))
"""The values of the choice, and what they are called."""


def uses_of(choice: str) -> list[StorageUse]:
    """The contract's uses for a value of the choice."""
    from dwtui.client.generated.enums import StorageUse

    return list(StorageUse) if choice == "both" else [StorageUse(choice.upper())]


def choice_of(uses: Iterable[StorageUse]) -> str:
    """The value of the choice for the contract's uses."""
    names = {use.value for use in uses}
    return "both" if len(names) != 1 else names.pop().lower()
