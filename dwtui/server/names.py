"""The rules for names that people give: what may stand in them, how long they may be, what makes them the same."""

import unicodedata

from dwtui.server.errors import BadInputError

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"They make a text look like another one on a screen."
INVISIBLE = frozenset("\u00ad\u034f\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0")
JOINERS = frozenset("\u200c\u200d")
"Needed within words of some scripts, and within emoji; by themselves they show nothing."


def name_key(name: str) -> str:
    """What two names are compared by: neither case, nor space, nor how accents are encoded tells them apart."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())


def name_problem(name: str, longest: int) -> str | None:
    """What is wrong with a name; None: nothing."""
    if not name.strip(" \t\r\n" + "".join(JOINERS)).strip():
        return "A name is needed."
    if len(name.strip()) > longest:
        return f"The name has {len(name.strip())} characters; at most {longest} are allowed."
    for character in name:
        if _is_hidden(character):
            return f"The name holds a character that cannot be shown (U+{ord(character):04X}). Leave it out."
    if len(name_key(name)) > longest:
        return (
            f"The name is too long: at most {longest} characters are allowed, and some of these count twice."
        )
    return None


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        character in BIDI_CONTROLS
        or character in INVISIBLE
        or category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
        or "\U000e0000" <= character <= "\U000e007f"
    )


def shown_name(text: str, longest: int) -> str:
    """A text that may be anything, made fit to be kept and shown as a name."""
    visible = "".join(" " if _is_hidden(character) else character for character in text[: 4 * longest])
    return " ".join(visible.split())[:longest]


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
