"""What an action is: a key, a name, a tooltip, a palette entry and a command-line equal."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.binding import Binding


class Action(NamedTuple):
    """Something a person can do. `id` is also the name of the method `action_<id>` that does it."""

    id: str
    keys: str
    """One or several keys, separated by commas, in Textual's spelling."""
    short: str
    """One or two words for the key line."""
    title: str
    """The name in the palette and in the help."""
    tooltip: str
    group: str
    """The heading in the help."""
    command: str = ""
    """The command that does the same; empty where it concerns the screen only."""
    needs: str = ""
    """The permission of the API's that it takes; empty: none."""
    changes: bool = False
    """Whether it changes something, and so is hidden by `--read-only`."""
    place: str = ""
    """The kind of place it opens; it is hidden while no screen is known for it."""
    in_key_line: bool = True
    in_palette: bool = True

    @property
    def key_names(self) -> list[str]:
        """The keys as a person would write them."""
        return [spelled(key) for key in self.keys.split(",")]


def spelled(key: str) -> str:
    """A key of Textual's as a person would write it."""
    return _SPELLED.get(key, key.replace("ctrl+", "^"))


def edits_text(key: str) -> bool:
    """Whether a key goes into the text while a field is typed into, and so does nothing else there."""
    return len(key) == 1 or key in ("question_mark", "slash", "space", "backspace", "delete")


def bindings(actions: Iterable[Action]) -> list[Binding]:
    """Textual's bindings of these actions, in their order."""
    return [
        Binding(
            action.keys,
            action.id,
            action.short,
            show=action.in_key_line,
            key_display=action.key_names[0],
            tooltip=action.tooltip,
            id=action.id,
        )
        for action in actions
    ]


_SPELLED = {
    "question_mark": "?",
    "slash": "/",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "up": "↑",
    "down": "↓",
}
