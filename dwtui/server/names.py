"""The rules for names that people give: what may stand in them, and how long they may be."""

import unicodedata

from dwtui.server.errors import BadInputError

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def name_problem(name: str, longest: int) -> str | None:
    """What is wrong with a name; None: nothing."""
    if not name.strip():
        return "A name is needed."
    if len(name.strip()) > longest:
        return f"The name has {len(name.strip())} characters; at most {longest} are allowed."
    for character in name:
        if character in BIDI_CONTROLS or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            return f"The name holds a character that cannot be shown (U+{ord(character):04X}). Leave it out."
    return None


def checked_name(name: str, field: str, longest: int) -> str:
    """The name without space at its ends; BadInputError when it breaks the rules."""
    problem = name_problem(name, longest)
    if problem:
        raise BadInputError(field, problem)
    return name.strip()


def checked_optional(text: str | None, field: str, longest: int) -> str | None:
    """As `checked_name`, for a text that may be left out: empty counts as left out."""
    if text is None or not text.strip():
        return None
    return checked_name(text, field, longest)
