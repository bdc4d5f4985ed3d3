"""The permission gate of the interface: which actions are offered. What is refused is hidden, not greyed.

The API enforces the same rules on its own; here it is about not offering what it would refuse.
"""

from collections.abc import Callable, Collection

from screens.shell.action import Action
from screens.shell.actions import BY_ID
from screens.shell.session import Session


def offered(action: Action, session: Session, may: Collection[str], knows: Callable[[str], bool]) -> bool:
    """Whether an action is offered to somebody who may do that, in that session, with those places known."""
    if action.changes and session.read_only:
        return False
    if action.needs and action.needs not in may:
        return False
    return not action.place or knows(action.place)


def action_named(name: str) -> Action | None:
    """The action of Textual's action name, if it is one of ours."""
    return BY_ID.get(name.removeprefix("app.").removeprefix("screen."))
