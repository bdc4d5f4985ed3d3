"""What is changed of a storage, and how that goes together with what somebody else changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screens.widgets.uses import choice_of, uses_of

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails

USES_IN_WORDS = {"both": "documents and data", "documents": "documents", "data": "data"}


@dataclass(frozen=True, slots=True)
class Editable:
    """The values that can be edited, as the form has them."""

    name: str
    uses: str

    @classmethod
    def of(cls, storage: StorageDetails) -> Editable:
        """Those of a storage."""
        return cls(storage.name, choice_of(storage.uses))

    def in_words(self, field: str) -> str:
        """A value as people read it."""
        return f"“{self.name}”" if field == "name" else USES_IN_WORDS[self.uses]

    def changes_from(self, base: Editable) -> dict[str, Any]:
        """What differs, as fields of the API's input."""
        changes: dict[str, Any] = {}
        if self.name != base.name:
            changes["name"] = self.name
        if self.uses != base.uses:
            changes["uses"] = uses_of(self.uses)
        return changes

    def adds_use_to(self, base: Editable) -> bool:
        """Whether it is to be used for something it was not used for before, so that it must be verified."""
        return not set(uses_of(self.uses)) <= set(uses_of(base.uses))


@dataclass(frozen=True, slots=True)
class Merged:
    """Ours put together with theirs."""

    values: Editable
    """What the form shows now: our changes, and theirs where we changed nothing."""
    taken: tuple[str, ...]
    """The fields that were taken over from them."""
    clashing: tuple[str, ...]
    """The fields that both changed, to different values."""


def merge(base: Editable, ours: Editable, theirs: Editable) -> Merged:
    """Put two changes of the same storage together, field by field; where they clash ours stays in the form."""
    values, taken, clashing = {}, [], []
    for field in ("name", "uses"):
        before, mine, other = (getattr(it, field) for it in (base, ours, theirs))
        values[field] = other if mine == before else mine
        if other != before and mine == before:
            taken.append(field)
        elif other not in (before, mine):
            clashing.append(field)
    return Merged(Editable(**values), tuple(taken), tuple(clashing))
