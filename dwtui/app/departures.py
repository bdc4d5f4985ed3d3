"""What the program may be left for: things that live outside of it."""

from enum import Enum


class Departure(Enum):
    """What is to be run next, by whoever ran the program."""

    DEMO = "demo"
    """The embedded sample world, with the program on it."""
