"""Which study is to use which storages: read from a csv, or the same for all; and written, to undo it."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dwtui.cli.outcome import UsageError
from dwtui.cli.study_change import Named, StorageChange

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageSummary, StudySummary

NONE = "-"
"""In a csv: no data storage. An empty cell leaves things as they are."""
_SHAPE = (
    "The first line names the columns: `study,documents,data`, with as many columns `data` as are needed. "
    f"An empty cell leaves things as they are; `{NONE}` under `data` means none."
)
_MOST_TOLD = 20
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Line:
    """A line of the csv: what its cells say."""

    number: int
    study: str
    documents: str
    data: tuple[str, ...]


def read_lines(path: str) -> list[Line]:
    """The lines of a csv (`-`: stdin), in UTF-8, separated by commas, semicolons or tabs. Raises UsageError."""
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} can not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8. Save it as “CSV UTF-8”.") from error
    header, _, _ = text.partition("\n")
    separator = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num}: {error}.") from error
    names = [name.casefold() for name in rows[0][1]] if rows else []
    if names[:1] != ["study"] or {*names} - {"study", "documents", "data"} or len(names) < 2:
        raise UsageError(f"{path} is no list of studies and storages. {_SHAPE}")
    return [_line(number, names, cells) for number, cells in rows[1:] if any(cells)]


def _line(number: int, names: Sequence[str], cells: Sequence[str]) -> Line:
    if len(cells) > len(names):
        raise UsageError(f"Line {number} has more cells than there are columns. {_SHAPE}")
    said: dict[str, list[str]] = {"study": [], "documents": [], "data": []}
    for name, cell in zip(names, cells, strict=False):
        if cell:
            said[name].append(cell)
    study, documents = (next(iter(said[name]), "") for name in ("study", "documents"))
    return Line(number, study, documents, tuple(said["data"]))


def changes_of(
    lines: Iterable[Line], studies: "Sequence[StudySummary]", storages: "Sequence[StorageSummary]"
) -> list[StorageChange]:
    """What the lines ask for. UsageError tells of all that is not found or said twice, by line."""
    studies_by = _index((one, (one.id, one.name, one.short_code, one.external_id)) for one in studies)
    storages_by = _index((one, (one.id, one.name)) for one in storages)
    problems: list[str] = []
    changes: dict[str, StorageChange] = {}

    def found(kind: str, index: dict[str, list[Thing]], named: str, number: int) -> Thing | None:
        """What is called like that."""
        those = index.get(named) or index.get(named.casefold(), [])
        if len(those) == 1:
            return those[0]
        what = (
            f"several are called {named!r}: name it by its id" if those else f"there is no {kind} {named!r}"
        )
        problems.append(f"line {number}: {what}")
        return None

    for line in lines:
        study = found("study", studies_by, line.study, line.number)
        documents = found("storage", storages_by, line.documents, line.number) if line.documents else None
        data = _data(line, [found("storage", storages_by, it, line.number) for it in line.data if it != NONE])
        if NONE in line.data and len(line.data) > 1:
            problems.append(f"line {line.number}: `{NONE}` means no data storage, so it stands alone")
        if study is None:
            continue
        if study.id in changes:
            problems.append(f"line {line.number}: {line.study!r} was named before")
        changes[study.id] = StorageChange(study, documents, data)
    if problems:
        more = f"\nand {len(problems) - _MOST_TOLD} more" if len(problems) > _MOST_TOLD else ""
        told = "\n".join(problems[:_MOST_TOLD])
        raise UsageError(f"Nothing was changed, because of the list:\n{told}{more}")
    return list(changes.values())


def _data(line: Line, found: "list[StorageSummary | None]") -> Sequence[Named] | None:
    return [one for one in found if one is not None] if line.data else None


def _index(things: Iterable[tuple[Thing, Iterable[str | None]]]) -> dict[str, list[Thing]]:
    """Things by their exact names, and where that is free by those without regard to case."""
    exact: dict[str, list[Thing]] = {}
    loose: dict[str, list[Thing]] = {}
    for thing, names in things:
        for name in {name for name in names if name}:
            exact.setdefault(name, []).append(thing)
            loose.setdefault(name.casefold(), []).append(thing)
    return loose | exact


def write_undo(path: Path, changes: Iterable[StorageChange]) -> None:
    """Write a csv that gives these studies back what they had. Raises OSError."""
    lines = list(_undo_lines(changes))
    widest = max((len(line) for line in lines), default=3)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["study", "documents", *["data"] * max(widest - 2, 1)])
        writer.writerows(lines)


def _undo_lines(changes: Iterable[StorageChange]) -> Iterator[list[str]]:
    for change in changes:
        documents = change.study.document_storage.id if change.moves_documents else ""
        had = [one.id for one in change.study.data_storage] or [NONE]
        yield [change.study.id, documents, *(had if change.changes_data else [])]
