"""How the terminal UI is started: its options, read without the cost of a command line library.

The import of one costs a third of the time to the first frame, so `dwtui` and `dwtui --open SB_…` go past it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dwtui.briefing import Briefing

_WITH_VALUE = {"--open": "open", "--profile": "profile", "--url": "url", "--theme": "theme"}
_FLAGS = {
    "--read-only": ("read_only", True),
    "--no-read-only": ("read_only", False),
    "--mouse": ("mouse", True),
    "--no-mouse": ("mouse", False),
}


@dataclass(frozen=True, slots=True)
class LaunchOptions:
    """What the terminal UI is started with. What is None is left to environment, settings and defaults."""

    open: str | None = None
    """The id of the thing to show first, such as `SB_…`, `SD_…`."""
    profile: str | None = None
    """The name of the profile to connect with."""
    url: str | None = None
    """Where the API is, instead of a profile: `http(s)://host:port` or `unix:///path`."""
    token: str | None = field(default=None, repr=False)
    """The token to use at `url`. Never read from the command line."""
    read_only: bool | None = None
    """Hide everything that changes anything."""
    mouse: bool | None = None
    """Whether the program reacts to the mouse; False leaves selecting text to the terminal."""
    theme: str | None = None
    """The name of a theme."""
    briefing: "Briefing | None" = field(default=None, repr=False)
    """What to have at hand while the program runs, such as the sample world's key pairs."""


def quick_options(arguments: Sequence[str]) -> LaunchOptions | None:
    """The options if the arguments, without the program's name, only start the terminal UI; otherwise None.

    None is also the answer to mistakes, which the full command line then explains.
    """
    found: dict[str, Any] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if argument in _FLAGS:
            key, value_of_flag = _FLAGS[argument]
            found[key] = value_of_flag
        elif name in _WITH_VALUE:
            text = value if equals else next(rest, "")
            if not text or text.startswith("-"):
                return None
            found[_WITH_VALUE[name]] = text
        else:
            return None
    return LaunchOptions(**found)
