"""Paths as they are typed, on the machine the program runs on."""

import os
from os.path import normpath
from pathlib import Path
from typing import NamedTuple


class Entry(NamedTuple):
    """Something in a folder."""

    name: str
    path: Path
    is_folder: bool
    size: int
    changed: float
    """When it was last changed, in seconds since the epoch."""


def typed_path(text: str, folder: Path | None = None) -> Path:
    """The path meant by what was typed: `~` is home; what is relative is so to `folder`, or where we were started."""
    try:
        expanded = Path(text).expanduser()
    except RuntimeError:
        # There is no such user; then it is just a name that begins so.
        expanded = Path(text)
    return Path(normpath((folder or Path.cwd()) / expanded))


def split(text: str) -> tuple[str, str]:
    """The folder as it was typed, with its slash, and the beginning of a name behind it."""
    if text in ("~", ".", ".."):
        return f"{text}/", ""
    head, slash, tail = text.rpartition("/")
    return head + slash, tail


def entries(folder: Path, beginning: str = "", hidden: bool = False) -> list[Entry]:
    """What lies in a folder, folders first, by name; only what begins so. OSError: it can not be read."""
    found = []
    with os.scandir(folder) as listing:
        for item in listing:
            if not item.name.casefold().startswith(beginning.casefold()):
                continue
            if item.name.startswith(".") and not (hidden or beginning.startswith(".")):
                continue
            entry = _entry(item)
            if entry is not None:
                found.append(entry)
    return sorted(found, key=lambda entry: (not entry.is_folder, entry.name.casefold(), entry.name))


def _entry(item: "os.DirEntry[str]") -> Entry | None:
    """Files and folders; None for what is neither, is gone, or points to nothing."""
    try:
        is_folder = item.is_dir()
        if not is_folder and not item.is_file():
            return None
        found = item.stat()
    except OSError:
        return None
    return Entry(item.name, Path(item.path), is_folder, 0 if is_folder else found.st_size, found.st_mtime)


def completed(text: str, found: list[Entry]) -> str:
    """What was typed, with as much added as all that was found has in common; a folder alone gets its slash."""
    folder, _ = split(text)
    if not found:
        return text
    if len(found) == 1:
        return f"{folder}{found[0].name}{'/' if found[0].is_folder else ''}"
    common = _common_beginning([entry.name for entry in found])
    return max(text if text.startswith(folder) else folder, folder + common, key=len)


def _common_beginning(names: list[str]) -> str:
    first, last = min(names), max(names)
    same = [one == other for one, other in zip(first, last, strict=False)]
    return first[: same.index(False)] if False in same else first[: len(same)]


def why_unreadable(path: Path) -> str | None:
    """Why a file can not be uploaded; None: it can."""
    try:
        if not path.exists():
            return "There is no such file."
        if path.is_dir():
            return "That is a folder."
        if not path.is_file():
            return "That is no ordinary file."
        if path.stat().st_size == 0:
            return "It is empty; there is nothing to upload."
    except OSError as error:
        return f"{error.strerror}."
    return None if os.access(path, os.R_OK) else "It may not be read by the user dwtui runs as."
