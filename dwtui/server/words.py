"""Numbers in words, as activity, errors and previews tell them."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


def bytes_in_words(count: int) -> str:
    """A number of bytes with the unit that fits: `1 byte`, `812 bytes`, `1.2 GB`."""
    if count == 1:
        return "1 byte"
    number, unit = float(count), 0
    while round(number, 1) >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {_UNITS[unit]}" if unit == 0 or number >= 100 else f"{number:.1f} {_UNITS[unit]}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 document`, `1,037 documents`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
