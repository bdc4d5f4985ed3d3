"""`dwtui studies storages`: change the storages one study uses, after telling what that does to its documents."""

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from dwtui.amounts import size_in_words
from dwtui.cli import words
from dwtui.cli.asking import confirm_by_name
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import Cell, Column, Styled, note, print_facts, print_json, print_table, say
from dwtui.cli.session import PAGE, Session, every, signed_in
from dwtui.cli.studies import StudyArgument, print_study
from dwtui.cli.study_change import StorageChange
from dwtui.cli.study_words import names_of_data

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import RelocationSummary, VersionMoveDetails

Documents = Annotated[str | None, Parameter(help="The storage for documents: its id or name.")]
Data = Annotated[
    list[str] | None,
    Parameter(help="The storages for data files, all of them.", negative="", consume_multiple=True),
]
NoData = Annotated[bool, Parameter(negative="", help="No storage for data files.")]
_FATES = {
    "BECOMES_STRANDED": Styled("✗ becomes stranded", "red"),
    "COMES_BACK": Styled("✓ comes back", "green"),
    "STAYS_STRANDED": Styled("! stays stranded", "yellow"),
    "STAYS_AT_HAND": Styled("✓ stays at hand", "green"),
}


def storages(
    study: StudyArgument,
    *,
    documents: Documents = None,
    data: Data = None,
    no_data: NoData = False,
    dry_run: Annotated[
        bool, Parameter(negative="", help="Only tell what it would do. Nothing is saved.")
    ] = False,
    verify: Annotated[
        bool, Parameter(negative="", help="Ask S3 now whether the new storage is fit for documents.")
    ] = False,
    keys: Annotated[
        bool, Parameter(negative="", help="With --dry-run: list every version with its old and new key.")
    ] = False,
    yes: Annotated[
        bool, Parameter(negative="", help="Do not ask, even if documents become stranded or may not be kept.")
    ] = False,
    scope: Scope = SCOPE,
) -> None:
    """Change the storages a study uses. Documents uploaded before stay where they are."""
    refuse_nothing(documents, data, no_data)
    if keys and not dry_run:
        raise UsageError("Use --keys with --dry-run.")
    with signed_in(scope) as session:
        before = session.wait(session.api.study(session.study_id(study, scope)))
        change = StorageChange(before)
        if documents is not None:
            change.documents = session.storage_in(before.organization.id, documents)
        if data or no_data:
            change.data = [session.storage_in(before.organization.id, one) for one in data or []]
        if change.moves_documents and change.documents is not None:
            change.preview = session.wait(
                session.api.relocation_preview(before.id, change.documents.id, verify=verify)
            )
        if dry_run:
            _print_dry_run(change, _moves(session, change) if keys else None, scope)
            return
        if change.is_grave and not yes:
            _confirm(change)
        after = session.wait(session.api.update_storages(before.id, change.wanted))
    undo = change.undoing(scope) if change.changes_anything else None
    if scope.json:
        preview = change.preview.model_dump(mode="json", by_alias=True) if change.preview else None
        print_json(after.model_dump(mode="json", by_alias=True) | {"preview": preview, "undo": undo})
        return
    print_study(after)
    note(f"To undo this: {undo}" if undo else "Nothing was to be changed.")


def refuse_nothing(documents: str | None, data: list[str] | None, no_data: bool) -> None:
    """UsageError when nothing is to be changed, or two things at once."""
    if documents is None and not data and not no_data:
        raise UsageError("Say what to change: --documents, --data or --no-data.")
    if data and no_data:
        raise UsageError("Use --data or --no-data, not both.")


def print_preview(preview: "RelocationSummary") -> None:
    """What a change of the document storage does, in words and numbers."""
    say(preview.summary)
    say()
    counts = (
        ("become stranded", preview.stranded),
        ("come back", preview.coming_back),
        ("stay stranded", preview.still_stranded),
    )
    rows: list[list[Cell]] = [
        [what, f"{one.documents:,}", f"{one.versions:,}", size_in_words(one.bytes_)] for what, one in counts
    ]
    numbers = (Column("DOCUMENTS", right=True), Column("VERSIONS", right=True), Column("BYTES", right=True))
    print_table((Column("WHAT"), *numbers), rows, "")
    for overlap in preview.overlaps:
        say(Styled(f"! {overlap.message}", "yellow"))
    verified = f"verified {words.ago(preview.verified_at)}" if preview.verified_at else "never verified"
    if preview.ready:
        say(Styled(f"✓ “{preview.proposed.name}” is fit for documents ({verified}).", "green"))
    else:
        say(Styled(f"✗ “{preview.proposed.name}” is not fit for documents ({verified}).", "red"))


def _confirm(change: StorageChange) -> None:
    """Tell what would become stranded, and have the study's name typed."""
    assert change.preview is not None
    note(change.preview.summary)
    names = [name for name in (change.study.short_code, change.study.name) if name]
    confirm_by_name(*names, otherwise="--yes to do it all the same, or --dry-run to look at it")


def _print_dry_run(change: StorageChange, moves: "list[VersionMoveDetails] | None", scope: Scope) -> None:
    if scope.json:
        wanted = change.wanted.model_dump(mode="json", by_alias=True, exclude_unset=True)
        document: dict[str, Any] = {
            "study": change.study.model_dump(mode="json", by_alias=True),
            "change": wanted,
            "before": change.before,
            "preview": change.preview.model_dump(mode="json", by_alias=True) if change.preview else None,
        }
        if moves is not None:
            document["versions"] = [one.model_dump(mode="json", by_alias=True) for one in moves]
        print_json(document)
        return
    study = change.study
    documents = change.documents.name if change.documents else None
    data = ", ".join(one.name for one in change.data or ()) or "no storage"
    print_facts(
        (
            ("Study", f"{study.name} ({study.short_code})" if study.short_code else study.name),
            ("Documents in", _arrow(study.document_storage.name, documents)),
            (
                "Data files in",
                _arrow(names_of_data(study) or "no storage", data if change.changes_data else None),
            ),
        )
    )
    if change.preview is not None:
        say()
        print_preview(change.preview)
    if moves:
        say()
        _print_moves(moves)
    note("Nothing was saved: this was a dry run." if change.changes_anything else "Nothing would change.")


def _arrow(before: str, after: str | None) -> str:
    return before if after in (None, before) else f"{before} → {after}"


def _moves(session: Session, change: StorageChange) -> "list[VersionMoveDetails]":
    """What becomes of every version."""
    if not change.moves_documents or change.documents is None:
        return []
    study, storage = change.study.id, change.documents.id

    async def fetch(after: str | None) -> Any:
        return (await session.api.version_moves(study, storage, first=PAGE, after=after)).versions

    async def collect() -> "list[VersionMoveDetails]":
        return [one async for one in every(fetch)]

    return session.wait(collect())


def _print_moves(moves: "list[VersionMoveDetails]") -> None:
    columns = (
        Column("VERSION"),
        Column("DOCUMENT"),
        Column("WHAT"),
        Column("KEY NOW", drop=1),
        Column("KEY THERE, IF IT WERE MOVED", drop=2),
    )
    rows: list[list[Cell]] = [
        [
            one.version.id,
            one.version.document.name if one.version.document else one.version.file_name,
            _FATES[one.fate.value],
            one.old_key,
            one.new_key,
        ]
        for one in moves
    ]
    print_table(columns, rows, "")
