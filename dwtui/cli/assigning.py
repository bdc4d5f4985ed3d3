"""`dwtui studies assign`: change the storages of many studies at once, with one preview and one result table."""

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from dwtui.amounts import counted, size_in_words
from dwtui.cli.asking import confirm_number
from dwtui.cli.assignment_list import changes_of, read_lines, write_undo
from dwtui.cli.assignment_run import Assignment, Became, carry_out, look_ahead
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import Exit, Failed, UsageError, exit_of
from dwtui.cli.printing import Cell, Column, Styled, note, print_json, print_reasons, print_table, say
from dwtui.cli.progress import counting
from dwtui.cli.session import PAGE, Session, every, signed_in
from dwtui.cli.study_change import StorageChange, where
from dwtui.cli.study_storages import Data, Documents, NoData, refuse_nothing
from dwtui.cli.study_words import label
from dwtui.settings import data_folder

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageSummary, StudySummary

_COLUMNS = (
    Column("STUDY"),
    Column("DOCUMENTS NOW", drop=2),
    Column("THEN IN", drop=1),
    Column("DATA FILES THEN IN", drop=4),
    Column("WHAT HAPPENS"),
    Column("ID", drop=3),
)
_STYLES = {Became.DONE: "green", Became.AS_IT_IS: "dim", Became.WAITING: "yellow"}


def assign(
    csv: Annotated[
        str | None,
        Parameter(
            help="A csv with the columns study,documents,data…; `-` for stdin. Or say --all.",
            allow_leading_hyphen=True,
        ),
    ] = None,
    *,
    all: Annotated[
        bool, Parameter(negative="", help="All studies whose storages you may change, alike.")
    ] = False,
    documents: Documents = None,
    data: Data = None,
    no_data: NoData = False,
    dry_run: Annotated[
        bool, Parameter(negative="", help="Only tell what it would do. Nothing is saved.")
    ] = False,
    yes: Annotated[
        bool, Parameter(negative="", help="Do not ask, even if documents become stranded or may not be kept.")
    ] = False,
    scope: Scope = SCOPE,
) -> int:
    """Change the storages of many studies. Documents uploaded before stay where they are."""
    if all == (csv is not None):
        raise UsageError("Name a csv, or say --all with --documents, --data or --no-data.")
    if csv is not None and (documents or data or no_data):
        raise UsageError("The csv says which storages; leave out --documents, --data and --no-data.")
    if all:
        refuse_nothing(documents, data, no_data)
    lines = read_lines(csv) if csv is not None else []
    with signed_in(scope) as session:
        organization = session.organization(scope).id
        studies = session.wait(_studies(session, organization))
        if csv is not None:
            changes = changes_of(lines, studies, session.wait(_storages(session, organization)))
        else:
            changes = _alike(session, organization, studies, documents, [] if no_data else data)
        session.wait(look_ahead(session.api, changes))
        work = [
            Assignment(one, Became.WAITING if one.changes_anything else Became.AS_IT_IS) for one in changes
        ]
        if dry_run:
            _print(work, scope, dry_run=True)
            return Exit.OK
        return _carry_out(session, work, yes, scope)


def _carry_out(session: Session, work: list[Assignment], yes: bool, scope: Scope) -> int:
    to_do = [one.change for one in work if one.became is Became.WAITING]
    if not yes and any(one.is_grave for one in to_do):
        for line in _totals(work):
            note(line)
        stranded = sum(one.stranded for one in to_do)
        number, what = (stranded, "documents that become stranded") if stranded else (len(to_do), "studies")
        confirm_number(number, what, otherwise="--yes to do it all the same, or --dry-run to look at it")
    undo = _write_undo(to_do) if to_do else None
    try:
        with counting("Changing studies", len(to_do)) as tick:
            session.wait(carry_out(session.api, work, tick))
    finally:
        # Also after ctrl-c: what has been done is done.
        _print(work, scope, undo=undo)
    return _exit_of(work)


def _exit_of(work: Sequence[Assignment]) -> Exit:
    failed = [one for one in work if one.failed]
    if not failed:
        return Exit.OK
    if any(one.became is Became.DONE for one in work):
        return Exit.PARTLY
    error = next((one.error for one in failed if one.error is not None), None)
    return exit_of(error) if error is not None else Exit.FAILURE


async def _studies(session: Session, organization: str) -> "list[StudySummary]":
    async def fetch(after: str | None) -> Any:
        return await session.api.studies(organization, first=PAGE, after=after)

    return [one async for one in every(fetch)]


async def _storages(session: Session, organization: str) -> "list[StorageSummary]":
    async def fetch(after: str | None) -> Any:
        return await session.api.storage_backends(organization, first=PAGE, after=after)

    return [one async for one in every(fetch)]


def _alike(
    session: Session,
    organization: str,
    studies: "Sequence[StudySummary]",
    documents: str | None,
    data: list[str] | None,
) -> list[StorageChange]:
    storage = session.storage_in(organization, documents) if documents else None
    files = [session.storage_in(organization, one) for one in data] if data is not None else None
    mine = [one for one in studies if "CHANGE_STUDY_STORAGES" in [may.value for may in one.viewer_may]]
    return [StorageChange(one, storage, files) for one in mine]


def _write_undo(changes: Sequence[StorageChange]) -> Path:
    """Keep what the studies had, before anything is changed."""
    path = data_folder() / "undo" / f"assignment-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.csv"
    try:
        write_undo(path, changes)
    except OSError as error:
        raise Failed(f"What could undo this can not be kept in {path}: {error.strerror}.") from error
    return path


def _print(work: list[Assignment], scope: Scope, *, dry_run: bool = False, undo: Path | None = None) -> None:
    command = shlex.join(["dwtui", "studies", "assign", str(undo), *where(scope)]) if undo else None
    if scope.json:
        rows = [_document(one) for one in work]
        print_json({"studies": rows} if dry_run else {"studies": rows, "undo": command})
        return
    print_table(_COLUMNS, [_row(one) for one in work], "There is no study whose storages you may change.")
    if dry_run:
        for line in _totals(work):
            say(line)
        note("Nothing was saved: this was a dry run.")
        return
    print_reasons([(label(one.change.study), one.reason) for one in work if one.reason])
    for became in Became:
        number = sum(one.became is became for one in work)
        if number:
            studies = counted(number, "study", "studies")
            say(Styled(f"{studies}: {became.value}", _STYLES.get(became, "red")))
    if any(one.became in (Became.DONE, Became.UNKNOWN) for one in work):
        note(f"To undo this: {command}")


def _totals(work: Sequence[Assignment]) -> list[Styled]:
    """The whole plan in words and numbers."""
    changing = [one.change for one in work if one.became is Became.WAITING]
    as_they_are = len(work) - len(changing)
    stays = f"; {as_they_are:,} already as wanted" if as_they_are else ""
    lines = [Styled(f"{counted(len(changing), 'study', 'studies')} to be changed{stays}.", "bold")]
    previews = [one.preview for one in changing if one.preview]
    for style, what, counts in (
        (
            "red",
            "✗ {} of {} stay behind and cannot be opened until they are moved or this is undone.",
            [one.stranded for one in previews],
        ),
        ("green", "✓ {} of {} come back.", [one.coming_back for one in previews]),
    ):
        of = [one for one in counts if one.documents]
        if of:
            many = f"{counted(sum(one.documents for one in of), 'document')}, " + size_in_words(
                sum(one.bytes_ for one in of)
            )
            lines.append(Styled(what.format(many, counted(len(of), "study", "studies")), style))
    unfit = sorted({one.proposed.name for one in previews if not one.ready})
    if unfit:
        names = ", ".join(f"“{name}”" for name in unfit)
        lines.append(Styled(f"✗ Not fit for documents by the last verification: {names}.", "red"))
    return lines


def _row(one: Assignment) -> list[Cell]:
    change = one.change
    return [
        label(change.study),
        change.study.document_storage.name,
        change.documents.name if change.moves_documents and change.documents else "as now",
        ", ".join(it.name for it in change.data or ()) or "none" if change.changes_data else "as now",
        _happens(one),
        change.study.id,
    ]


def _happens(one: Assignment) -> Styled:
    if one.became is not Became.WAITING or one.reason:
        symbol = "✓" if one.became is Became.DONE else "✗" if one.failed else "-"
        return Styled(f"{symbol} {one.became.value}", _STYLES.get(one.became, "red"))
    preview = one.change.preview
    if preview is None:
        return Styled("only its data storages change", "green")
    if preview.stranded.documents:
        many = f"{preview.stranded.documents:,} stranded, {size_in_words(preview.stranded.bytes_)}"
        return Styled(f"✗ {many}", "red")
    if not preview.ready:
        return Styled("✗ not fit for documents", "red")
    if preview.coming_back.documents:
        return Styled(f"✓ {preview.coming_back.documents:,} come back", "green")
    return Styled("✓ no document is touched", "green")


def _document(one: Assignment) -> dict[str, Any]:
    change = one.change
    return {
        "study": {"id": change.study.id, "name": change.study.name, "shortCode": change.study.short_code},
        "before": change.before,
        "change": change.wanted.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "preview": change.preview.model_dump(mode="json", by_alias=True) if change.preview else None,
        "outcome": one.became.name,
        "reason": one.reason or None,
    }
