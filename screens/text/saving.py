"""Writing a text to a new file, never over an old one."""

from itertools import count
from pathlib import Path


def save_beside(folder: Path, name: str, text: str) -> Path:
    """Write a text to `name` in a folder, or to `name-2`… where that is taken; where it went."""
    wanted = Path(name)
    for number in count(1):
        path = folder / (wanted.name if number == 1 else f"{wanted.stem}-{number}{wanted.suffix}")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text if text.endswith("\n") else text + "\n")
        except FileExistsError:
            continue
        return path
    raise AssertionError("unreachable")
