"""The keys that work now, as the line at the bottom shows them."""

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widgets import Input

from screens.shell.action import Action, edits_text, spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

Hint = tuple[str, str, str]
"""A key as it is spelled, what it does, and the action that a click on it takes."""


def hints(screen: Screen[None], apart: "Sequence[Action]") -> tuple[list[Hint], list[Hint]]:
    """The keys that work now, and those of the actions that stand apart. While typing, keys that edit text do not."""
    typing = isinstance(screen.focused, Input)
    named_apart = {action.id for action in apart}
    keys: dict[str, Hint] = {}
    for key, (_, binding, enabled, _) in screen.active_bindings.items():
        if typing and edits_text(key):
            continue
        if binding.show and enabled and binding.action not in named_apart and binding.action not in keys:
            shown = spelled(key) if typing else binding.key_display or screen.app.get_key_display(binding)
            keys[binding.action] = (shown, binding.description, f"app.simulate_key({key!r})")
    always: list[Hint] = []
    for action in apart:
        working = [key for key in action.keys.split(",") if not (typing and edits_text(key))]
        if working:
            always.append((spelled(working[0]), action.short, f"app.simulate_key({working[0]!r})"))
    return list(keys.values()), always
