"""Which files are to be uploaded, and under which names: what was named, or all files of a folder."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dwtui.cli.outcome import UsageError
from dwtui.cli.session import name_key

BETWEEN = "__"
"""Stands in a document's name where a path has a slash: `batch_1/samples.csv` becomes `batch_1__samples.csv`."""
_MOST_TOLD = 10


@dataclass(frozen=True)
class LocalFile:
    """A file to be uploaded; `problem`: why it can not be, in words."""

    path: Path
    name: str
    size: int
    problem: str | None = None


@dataclass(frozen=True)
class Gathered:
    """The files found, and those passed over on purpose, with why."""

    files: list[LocalFile]
    passed_over: list[tuple[Path, str]]


def gather(paths: Sequence[Path], *, recursive: bool, largest: int) -> Gathered:
    """The files that were named. UsageError when there are none, or two would get the same name."""
    found: list[LocalFile] = []
    passed_over: list[tuple[Path, str]] = []
    for path in paths:
        if not path.is_dir():
            found.append(_looked_at(path, path.name, largest))
        elif not recursive:
            raise UsageError(f"{path} is a folder. -r uploads all files in it.")
        else:
            for file, why in _below(path):
                if why is None:
                    name = BETWEEN.join(file.relative_to(path).parts)
                    found.append(_looked_at(file, name, largest))
                else:
                    passed_over.append((file, why))
    if not found:
        raise UsageError("There is no file to upload.")
    _refuse_clashes(found)
    return Gathered(found, passed_over)


def named(file: LocalFile, name: str) -> LocalFile:
    """The file under another name."""
    return replace(file, name=name)


def _below(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """All files below a folder, sorted; those passed over with the reason."""
    troubles: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=troubles.append):
        here = Path(place)
        for name in sorted(folders):
            if name.startswith("."):
                yield here / name, "hidden"
            elif (here / name).is_symlink():
                yield here / name, "a link to a folder"
        folders[:] = sorted(it for it in folders if not it.startswith("."))
        for name in sorted(files):
            path = here / name
            mode = path.lstat().st_mode
            if name.startswith("."):
                yield path, "hidden"
            elif stat.S_ISLNK(mode):
                yield path, "a link"
            elif not stat.S_ISREG(mode):
                yield path, "no ordinary file"
            else:
                yield path, None
    if troubles:
        told = "\n".join(f"{it.filename}: {it.strerror}" for it in troubles[:_MOST_TOLD])
        raise UsageError(f"Nothing was uploaded: not all of {folder} can be read.\n{told}")


def _looked_at(path: Path, name: str, largest: int) -> LocalFile:
    """The file with its size, and what can be said against it before anything is sent."""
    try:
        found = path.stat()
    except OSError as error:
        return LocalFile(path, name, 0, f"{error.strerror}")
    if not stat.S_ISREG(found.st_mode):
        problem: str | None = "it is no ordinary file"
    elif not os.access(path, os.R_OK):
        problem = "it can not be read: permission denied"
    elif found.st_size == 0:
        problem = "it is empty"
    elif found.st_size > largest:
        problem = f"it has {found.st_size:,} bytes; this API takes documents of up to {largest:,}"
    else:
        problem = None
    return LocalFile(path, name, found.st_size, problem)


def problem_of_name(name: str) -> str | None:
    """What keeps a name from being sent at all; the API judges the rest."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "its name is no valid Unicode: rename it, or say --name"
    return None


def _refuse_clashes(files: Sequence[LocalFile]) -> None:
    by_name: dict[str, list[LocalFile]] = {}
    for file in files:
        by_name.setdefault(name_key(file.name), []).append(file)
    clashes = [those for those in by_name.values() if len(those) > 1]
    if clashes:
        told = "\n".join(
            f"“{those[0].name}”: {' and '.join(str(it.path) for it in those)}"
            for those in clashes[:_MOST_TOLD]
        )
        raise UsageError(
            "Nothing was uploaded: these would get the same name, and a name is unique in a study "
            f"(case does not count; `{BETWEEN}` stands for a slash).\n{told}"
        )
