"""Places one can go to, named without importing the screens that show them."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Place(NamedTuple):
    """A kind such as `storage`, and what it takes to show it."""

    kind: str
    id: str | None = None
    """The id of the thing shown, such as `SB_…`."""
    extra: Mapping[str, Any] = {}
    """Further keyword arguments for the screen."""


SECTION_KINDS = ("storages", "studies", "activity", "organization")
"""The places that lie at the root, in the order of their keys `1` to `4`."""

KIND_OF_ID = {"SB": "storage", "SD": "study", "SF": "document", "OR": "storages"}
"""Where a deep link leads, by the first two letters of its id."""
