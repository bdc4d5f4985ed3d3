"""What to have at hand while the program runs on the sample world. Light: the terminal UI is handed it at start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Briefing:
    """Key pairs to try things with."""

    text: str
    """All of them, for people to read."""
    key_pairs: tuple[tuple[str, str], ...]
    """What each is good for, and the pair: access key and secret key on a line each, as the forms take them."""
