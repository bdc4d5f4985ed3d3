"""`dwtui documents download`: download documents, or one version, checked by their SHA-256."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from dwtui.amounts import counted, size_in_words
from dwtui.cli.documents import documents_of, find_document, require_readable
from dwtui.cli.download_run import Became, Download, carry_out
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import Exit, Failed, UsageError, exit_of
from dwtui.cli.printing import Cell, Column, Styled, print_json, print_reasons, print_table, say
from dwtui.cli.progress import moving_bytes
from dwtui.cli.session import Session, is_id, signed_in
from dwtui.cli.study_words import label

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import VersionDetails

STDOUT = "-"
_COLUMNS = (
    Column("NAME"),
    Column("SIZE", drop=2, right=True),
    Column("RESULT"),
    Column("FILE", drop=1),
)
_STYLES = {Became.DONE: "green", Became.THERE: "dim", Became.FAILED: "red", Became.WAITING: "yellow"}
_SYMBOLS = {Became.DONE: "✓", Became.THERE: "-", Became.FAILED: "✗", Became.WAITING: "-"}


def download(
    what: Annotated[
        list[str],
        Parameter(
            help="Documents (SF_… or STUDY/NAME) or versions (FV_…); with --all: studies.", negative=""
        ),
    ],
    *,
    to: Annotated[
        str | None,
        Parameter(
            help="A folder; for one document also a new file's name, or `-` for stdout (default: here).",
            allow_leading_hyphen=True,
        ),
    ] = None,
    all: Annotated[
        bool, Parameter(negative="", help="All documents of the studies named, their newest versions.")
    ] = False,
    version: Annotated[
        str | None, Parameter(help="Of one document: this version, FV_… (default: its newest).")
    ] = None,
    force: Annotated[bool, Parameter(negative="", help="Overwrite files that are there.")] = False,
    scope: Scope = SCOPE,
) -> int:
    """Download documents. A file gets its name when all of it is there and its SHA-256 agrees."""
    if version is not None and (all or len(what) != 1):
        raise UsageError("--version is for one document.")
    if to == STDOUT and (all or len(what) != 1 or scope.json):
        raise UsageError("Only one document can go to stdout, and without --json.")
    if to == STDOUT and sys.stdout.isatty():
        raise UsageError(
            "Bytes are not written to a terminal, which they could steer. Use --to PATH, or a pipe."
        )
    with signed_in(scope) as session:
        found = _found(session, what, all, version, scope)
        if to == STDOUT:
            _to_stdout(session, found[0])
            return Exit.OK
        downloads = list(_downloads(found, to, one=not all))
        _carry_out(session, downloads, force, scope)
    return _exit_of(downloads)


@dataclass(frozen=True)
class _Wanted:
    """A version that was asked for, and what its file is called; with several studies in a folder for each."""

    version: "VersionDetails"
    name: str
    folder: str = ""


def _found(
    session: Session, what: Sequence[str], all: bool, version: str | None, scope: Scope
) -> list[_Wanted]:
    """The versions asked for."""
    found: list[_Wanted] = []
    for named in what:
        if all:
            study = session.study_id(named, scope)
            documents = documents_of(session, study)
            if not documents:
                require_readable(session, study)
            folder = label(session.wait(session.api.study(study))) if len(what) > 1 else ""
            found += [_Wanted(one.latest, one.name, folder) for one in documents]
        elif is_id(named, "FV"):
            one = session.wait(session.api.version(named))
            found.append(_Wanted(one, one.file_name))
        elif is_id(named, "SD"):
            raise UsageError(f"{named} is a study: --all downloads all its documents.")
        elif version is not None:
            document = find_document(session, named, scope)
            one = session.wait(session.api.version(version))
            if one.document is None or one.document.id != document.id:
                raise UsageError(f"{version} is no version of “{document.name}”.")
            found.append(_Wanted(one, document.name))
        else:
            document = find_document(session, named, scope)
            found.append(_Wanted(document.latest, document.name))
    return found


def _downloads(found: Sequence[_Wanted], to: str | None, *, one: bool) -> Iterator[Download]:
    """Where each goes. UsageError when two would be the same file."""
    target = Path(to) if to is not None else Path()
    into = not one or len(found) != 1 or target.is_dir() or str(to).endswith(os.sep)
    taken: set[str] = set()
    for wanted in found:
        path = _within(target, wanted) if into else target
        # Case is not told apart everywhere.
        if str(path).casefold() in taken:
            raise UsageError(f"Two of these would be the file {path}: download them one by one.")
        taken.add(str(path).casefold())
        name = f"{wanted.folder}/{wanted.name}" if wanted.folder else wanted.name
        download = Download(wanted.version, name, path)
        if not one and wanted.name.startswith("."):
            # Where people keep their settings, a file of that name does more than lie there.
            download.failed("a hidden file is not made unasked: download it by its name")
        yield download


def _within(target: Path, wanted: _Wanted) -> Path:
    """The file's place in a folder, which is made."""
    folder = target / _local(wanted.folder) if wanted.folder else target
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"The folder {folder} can not be made: {error.strerror}.") from error
    return folder / _local(wanted.name)


def _local(name: str) -> str:
    """The name as a file's, where it can be one. The API keeps to this; what answers might be something else."""
    if "/" in name or os.sep in name or "\0" in name or name in ("", ".", ".."):
        raise Failed(f"{name!r} is no name for a file here: download it with --to and another name.")
    return name


def _to_stdout(session: Session, wanted: _Wanted) -> None:
    """Write the bytes to stdout, once all of them are here and are the right ones."""
    with tempfile.TemporaryDirectory(prefix="dwtui-download-") as folder:
        one = Download(wanted.version, wanted.name, Path(folder) / "bytes")
        with moving_bytes("Downloading", 1, wanted.version.size) as moved:
            session.wait(carry_out(session.api, [one], moved, force=False))
        if one.became is not Became.DONE:
            raise one.error or Failed(one.reason)
        with one.target.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _carry_out(session: Session, downloads: list[Download], force: bool, scope: Scope) -> None:
    single = downloads[0] if len(downloads) == 1 else None
    try:
        with moving_bytes("Downloading", len(downloads), sum(it.version.size for it in downloads)) as moved:
            session.wait(carry_out(session.api, downloads, moved, force=force))
    finally:
        # Also after ctrl-c: what has been downloaded is there.
        if single is None or single.became is not Became.FAILED:
            _print(downloads, scope)
    if single is not None and single.became is Became.FAILED:
        raise single.error or Failed(f"“{single.name}”: {single.reason}.")


def _exit_of(downloads: Sequence[Download]) -> int:
    missing = [one for one in downloads if one.became in (Became.FAILED, Became.WAITING)]
    if not missing:
        return Exit.OK
    if len(missing) < len(downloads):
        return Exit.PARTLY
    error = next((one.error for one in missing if one.error is not None), None)
    return exit_of(error) if error is not None else Exit.FAILURE


def _print(downloads: Sequence[Download], scope: Scope) -> None:
    if scope.json:
        print_json({"files": [_document(one) for one in downloads]})
        return
    print_table(_COLUMNS, [_row(one) for one in downloads], "There are no documents to download.")
    print_reasons([(one.name, one.reason) for one in downloads if one.reason])
    for became in Became:
        those = [one for one in downloads if one.became is became]
        if those:
            size = size_in_words(sum(one.version.size for one in those))
            say(Styled(f"{counted(len(those), 'file')}, {size}: {became.value}", _STYLES[became]))


def _row(one: Download) -> list[Cell]:
    result = f"{_SYMBOLS[one.became]} {one.became.value}"
    shown = str(one.target) if one.became in (Became.DONE, Became.THERE) else None
    return [one.name, size_in_words(one.version.size), Styled(result, _STYLES[one.became]), shown]


def _document(one: Download) -> dict[str, Any]:
    return {
        "name": one.name,
        "path": str(one.target),
        "outcome": one.became.name,
        "reason": one.reason or None,
        "version": one.version.model_dump(mode="json", by_alias=True),
    }
