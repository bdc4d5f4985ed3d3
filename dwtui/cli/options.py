"""Options that many commands share."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Group, Parameter

EVERYWHERE = Group("Which API, and how to answer", sort_key=100)


@Parameter(name="*", group=EVERYWHERE)
@dataclass(frozen=True, kw_only=True)
class Common:
    """Which API to ask, and in which form to answer."""

    profile: Annotated[str | None, Parameter(help="The profile to use (default: the default one).")] = None
    url: Annotated[
        str | None,
        Parameter(help="The API to ask instead, such as https://host or unix:///path. Also DWTUI_URL."),
    ] = None
    json: Annotated[
        bool,
        Parameter(negative="", help="Print one JSON document with the contract's field names, for scripts."),
    ] = False


@Parameter(name="*", group=EVERYWHERE)
@dataclass(frozen=True, kw_only=True)
class Scope(Common):
    """As `Common`, within an organization."""

    organization: Annotated[
        str | None,
        Parameter(
            name=["--organization", "-o"],
            help="The organization's id or name (default: the only one, or the chosen one).",
        ),
    ] = None


COMMON = Common()
SCOPE = Scope()
