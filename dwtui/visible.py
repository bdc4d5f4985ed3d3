"""Text from elsewhere, made safe to show: nothing in it can steer the terminal or mislead the eye.

An object's key, a storage's name or a message of S3 may hold escape sequences, or marks that turn the
direction of writing. Everything remote passes through here on its way to a terminal.
"""

from unicodedata import category

_MISLEADING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, invisible format marks, lone surrogates, separators of lines and paragraphs."""


def visible(text: str) -> str:
    """One line of text whose control and format characters are shown, not obeyed: `␛`, `␊`, `⟨U+202E⟩`."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _shown(character) for character in text)


def visible_block(text: str) -> str:
    """As `visible`, for text of several lines: line feeds stay, tabs become four spaces."""
    return "\n".join(visible(line.replace("\t", "    ")) for line in text.split("\n"))


def _shown(character: str) -> str:
    if category(character) not in _MISLEADING:
        return character
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "␡"
    return f"⟨U+{point:04X}⟩"
