"""What was sent to the API, remembered for whoever wants to send the same from elsewhere. Secrets are left out."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

SECRET_NAMES = frozenset({"accesskey", "secretkey", "token", "secret", "password"})
HIDDEN = "•••"
_KEPT = 12


@dataclass(frozen=True, slots=True)
class ApiCall:
    """An operation with its variables, without secrets."""

    name: str
    query: str
    variables: Mapping[str, Any]


class CallLog:
    """The last calls of one page, one of each operation, the newest last."""

    def __init__(self) -> None:
        self._calls: dict[str, ApiCall] = {}

    @property
    def calls(self) -> list[ApiCall]:
        """The calls, the newest last."""
        return list(self._calls.values())

    def add(self, name: str, query: str, variables: Mapping[str, Any]) -> None:
        """Remember a call."""
        self._calls.pop(name, None)
        self._calls[name] = ApiCall(name, query.strip(), without_secrets(variables))
        while len(self._calls) > _KEPT:
            del self._calls[next(iter(self._calls))]

    def as_text(self) -> str:
        """The calls as they can be sent from elsewhere."""
        if not self._calls:
            return "Nothing has been asked of the API here."
        return "\n\n".join(
            f"# {call.name}\n{call.query}\n\n# variables\n{json.dumps(call.variables, indent=2, ensure_ascii=False)}"
            for call in reversed(self._calls.values())
        )


current_log: ContextVar[CallLog | None] = ContextVar("current_log", default=None)
"""The log of the page whose request is running."""


def without_secrets(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Variables as JSON values, those that are secret blotted out, those that were not given left out."""
    return {
        name: HIDDEN if name.lower() in SECRET_NAMES and value is not None else _value(value)
        for name, value in variables.items()
        if type(value).__name__ != "UnsetType"
    }


def _value(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return without_secrets(value.model_dump(mode="json", by_alias=True, exclude_unset=True))
    if isinstance(value, Mapping):
        return without_secrets(value)
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return getattr(value, "value", value)
