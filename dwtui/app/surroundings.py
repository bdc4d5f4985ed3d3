"""Where the program runs, and what Textual must be told of it before it is imported."""

import os


def prepare_environment() -> None:
    """Tell Textual what it reads from the environment only."""
    if over_ssh():
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
        os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")


def over_ssh() -> bool:
    """Whether the terminal is somewhere else, so that bytes count."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))
