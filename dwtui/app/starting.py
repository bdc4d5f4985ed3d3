"""From options to a running application."""

import os
import re
from functools import partial
from typing import TYPE_CHECKING

from dwtui.app.application import DwtuiApp
from dwtui.app.surroundings import over_ssh
from dwtui.app.themes import theme_to_begin_with
from dwtui.settings import SettingsError
from screens.shell.log import keep_log
from screens.shell.places import KIND_OF_ID, Place
from screens.shell.session import Session

if TYPE_CHECKING:
    from dwtui.app.departures import Departure
    from dwtui.launch import LaunchOptions
    from dwtui.settings import Settings
    from dwtui.target import Target
    from screens.shell.session import OpenApi

_ID = r"([A-Z]{2})_[0-9A-HJKMNP-TV-Z]{8}"


def start(options: "LaunchOptions") -> "Departure | None":
    """Run the application in this terminal until it is left; what to run next, if anything."""
    from dwtui.settings import load_settings

    settings = load_settings()
    keep_log()
    application = build(options, settings)
    mouse = settings.preferences.mouse if options.mouse is None else options.mouse
    return application.run(mouse=mouse)


def build(options: "LaunchOptions", settings: "Settings") -> DwtuiApp:
    """The application that the options and settings ask for."""
    read_only = settings.preferences.read_only if options.read_only is None else options.read_only

    def prepare() -> "tuple[OpenApi, Target | None]":
        return opener(), find_target_of(options, settings)

    theme = theme_to_begin_with(
        options.theme or settings.preferences.theme, over_ssh=over_ssh(), no_color="NO_COLOR" in os.environ
    )
    organization = options.open.upper() if options.open and _kind(options.open) == "OR" else None
    session = Session(prepare, read_only=read_only, organization=organization, briefing=options.briefing)
    known = options.url or options.profile or os.environ.get("DWTUI_URL") or settings.default_profile
    places = first_places(options.open) if known else [Place("welcome")]
    return DwtuiApp(session, theme, places)


def find_target_of(options: "LaunchOptions", settings: "Settings") -> "Target | None":
    """The API to use. It may ask a keyring, and so take its time."""
    from dwtui.target import find_target

    return find_target(settings, url=options.url, profile=options.profile, token=options.token)


def opener() -> "OpenApi":
    """How to open the client. Its import takes longer than everything before the first frame."""
    from dwtui.client.opening import open_as
    from screens.shell.recorded_api import RecordedApi

    return partial(open_as, RecordedApi)


def first_places(deep_link: str | None) -> list[Place]:
    """The places a deep link leads to, the section it lies in first."""
    if not deep_link:
        return [Place("storages")]
    kind = KIND_OF_ID.get(_kind(deep_link))
    if kind is None:
        raise SettingsError(
            f"{deep_link!r} is nothing that can be opened. "
            "Give the id of a storage, a study, a document or an organization."
        )
    if kind == "storages":
        return [Place("storages")]
    section = "studies" if kind in ("study", "document") else "storages"
    return [Place(section), Place(kind, deep_link.upper())]


def _kind(deep_link: str) -> str:
    found = re.fullmatch(_ID, deep_link, re.IGNORECASE)
    return found.group(1).upper() if found else ""
