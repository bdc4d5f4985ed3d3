"""The Textual application: session, navigation, themes, palette. `run` is the way in."""

import gc
import os
from typing import TYPE_CHECKING

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


def prepare_environment() -> None:
    """Tell Textual, before it is imported, what it reads from the environment only."""
    if over_ssh():
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
        os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")


def over_ssh() -> bool:
    """Whether the terminal is somewhere else, so that bytes count."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))
