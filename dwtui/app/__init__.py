"""The Textual application: session, navigation, themes, palette. `run` is the way in."""

import gc
from typing import TYPE_CHECKING

from dwtui.app.surroundings import prepare_environment

if TYPE_CHECKING:
    from dwtui.app.departures import Departure
    from dwtui.launch import LaunchOptions


def run(options: "LaunchOptions") -> "Departure | None":
    """Run the program in this terminal until it is left; what to run next, if anything.

    `SettingsError` tells of options and settings that can not be followed.
    """
    # Nothing of what is imported and built until the first frame is garbage; `start` lets it be collected again.
    gc.disable()
    prepare_environment()
    from dwtui.app.starting import start

    return start(options)
