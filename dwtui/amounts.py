"""Amounts in words: said alike on the screen and on the command line."""

_UNITS = ("kB", "MB", "GB", "TB", "PB", "EB")


def size_in_words(number: int) -> str:
    """A number of bytes in decimal units, such as `1.2 GB`; below 1,000 to the byte, as `812 B`."""
    if number < 1000:
        return f"{number} B"
    amount = float(number)
    for unit in _UNITS:
        amount /= 1000
        # What would be rounded up to a thousand is written in the next unit.
        if amount < 999.5 or unit == _UNITS[-1]:
            break
    return f"{amount:.1f} {unit}" if amount < 99.95 else f"{amount:.0f} {unit}"


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun, such as `1 study` or `1,204 documents`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
