"""`dwtui documents upload`: upload files, or all files of a folder, to a study."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter, validators

from dwtui.amounts import counted, size_in_words
from dwtui.cli.document_changes import Tags
from dwtui.cli.document_words import TypeName, type_of
from dwtui.cli.documents import documents_of, find_document, require_readable
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import Exit, UsageError, exit_of
from dwtui.cli.printing import Cell, Column, Styled, note, print_json, print_reasons, print_table, say
from dwtui.cli.progress import moving_bytes
from dwtui.cli.session import Session, name_key, said, signed_in
from dwtui.cli.studies import StudyArgument
from dwtui.cli.upload_files import BETWEEN, Gathered, gather, named
from dwtui.cli.upload_run import DONE, WAITING, Became, Said, Upload, carry_out, plan, refusal

if TYPE_CHECKING:
    from dwtui.cli.upload_run import Document

_SEARCHED = 5
"""Up to so many files the study is asked for documents of their names; for more, for all it has."""
_COLUMNS = (Column("NAME"), Column("SIZE", drop=2, right=True), Column("RESULT"), Column("ID", drop=1))
_STYLES = {Became.FAILED: "red", Became.UNCHANGED: "dim", Became.LEFT: "dim"}


def upload(
    study: StudyArgument,
    paths: Annotated[list[Path], Parameter(help="Files; or folders, with -r.", negative="")],
    *,
    recursive: Annotated[
        bool,
        Parameter(
            name=["--recursive", "-r"],
            negative="",
            help=f"All files of folders. A document's name holds no slash: `{BETWEEN}` stands for it.",
        ),
    ] = False,
    name: Annotated[
        str | None, Parameter(help="The document's name (default: the file's). One file.")
    ] = None,
    description: Annotated[
        str | None, Parameter(help="What it is, in words; of a new version, what is new in it.")
    ] = None,
    type: Annotated[TypeName | None, Parameter(help="What new documents are about (default: other).")] = None,
    tags: Tags = None,
    as_version_of: Annotated[
        str | None, Parameter(help="Make one file the newest version of this document: SF_… or its name.")
    ] = None,
    new_version: Annotated[
        bool, Parameter(negative="", help="Where a document of that name is there: add a version to it.")
    ] = False,
    skip_existing: Annotated[
        bool, Parameter(negative="", help="Where a document of that name is there: leave it as it is.")
    ] = False,
    dry_run: Annotated[
        bool, Parameter(negative="", help="Only tell what would be uploaded, under which names.")
    ] = False,
    at_once: Annotated[
        int, Parameter(help="So many files at the same time.", validator=validators.Number(gte=1, lte=8))
    ] = 4,
    scope: Scope = SCOPE,
) -> int:
    """Upload files to a study. What is there already with the same bytes is not uploaded again."""
    if new_version and skip_existing:
        raise UsageError("Use --new-version or --skip-existing, not both.")
    if as_version_of and (name or type or tags or skip_existing):
        raise UsageError(
            "A new version keeps the document's name, type and tags: see `dwtui documents edit`."
        )
    with signed_in(scope) as session:
        id = session.study_id(study, scope)
        largest = session.wait(session.api.largest_document()).largest_document
        gathered = gather(paths, recursive=recursive, largest=largest)
        if len(gathered.files) > 1 and (name or as_version_of):
            raise UsageError(f"--{'name' if name else 'as-version-of'} is for one file.")
        uploads = _uploads(session, id, gathered, name, as_version_of, scope)
        for one in uploads:
            session.wait(
                plan(one, new_version=new_version or bool(as_version_of), skip_existing=skip_existing)
            )
        _tell_passed_over(gathered)
        if dry_run:
            _print(uploads, scope, dry_run=True)
        else:
            about = said(description=description, file_type=type_of(type), tags=tags)
            _carry_out(session, id, uploads, Said(description, about), at_once, scope)
    return _exit_of(uploads, dry_run)


def _uploads(
    session: Session,
    study: str,
    gathered: Gathered,
    name: str | None,
    as_version_of: str | None,
    scope: Scope,
) -> list[Upload]:
    """The files, each with the document it would be a version of."""
    if as_version_of is not None:
        reference = as_version_of if as_version_of.startswith("SF_") else f"{study}/{as_version_of}"
        document = find_document(session, reference, scope)
        if document.study.id != study:
            raise UsageError(f"“{document.name}” belongs to another study: {document.study.name}.")
        return [Upload(named(gathered.files[0], document.name), document=document)]
    files = [named(file, name) for file in gathered.files] if name else gathered.files
    taken = _taken(session, study, [file.name for file in files])
    return [Upload(file, document=taken.get(name_key(file.name))) for file in files]


def _taken(session: Session, study: str, names: Sequence[str]) -> "dict[str, Document]":
    """The documents of the study by the key of their name; at least those of these names."""
    found: list[Document] = []
    if len(names) > _SEARCHED:
        found += documents_of(session, study)
    else:
        for name in names:
            found += documents_of(session, study, search=name.encode("utf-8", "replace").decode())
    if not found:
        require_readable(session, study)
    return {name_key(document.name): document for document in found}


def _carry_out(
    session: Session, study: str, uploads: list[Upload], about: Said, at_once: int, scope: Scope
) -> None:
    to_do = [one.file for one in uploads if one.became in WAITING]
    try:
        with moving_bytes("Uploading", len(to_do), sum(file.size for file in to_do)) as moved:
            session.wait(carry_out(session.api, study, uploads, about, moved, at_once))
    finally:
        # Also after ctrl-c: what has been uploaded is there.
        refused = refusal(uploads)
        if refused is None:
            _print(uploads, scope)
    if refused is not None:
        raise refused


def _exit_of(uploads: Sequence[Upload], dry_run: bool) -> int:
    failed = [one for one in uploads if one.became is Became.FAILED]
    if dry_run:
        return Exit.FAILURE if failed else Exit.OK
    missing = [*failed, *(one for one in uploads if one.became in WAITING)]
    if not missing:
        return Exit.OK
    if len(missing) < len(uploads):
        return Exit.PARTLY
    error = next((one.error for one in failed if one.error is not None), None)
    return exit_of(error) if error is not None else Exit.FAILURE


def _tell_passed_over(gathered: Gathered) -> None:
    for path, why in gathered.passed_over:
        note(Styled(f"- {path} is passed over: {why}.", "dim"))


def _print(uploads: Sequence[Upload], scope: Scope, *, dry_run: bool = False) -> None:
    if scope.json:
        print_json({"files": [_document(one) for one in uploads]})
        return
    print_table(_COLUMNS, [_row(one, dry_run) for one in uploads], "")
    print_reasons([(one.file.name, one.reason) for one in uploads if one.reason])
    for became in Became:
        those = [one for one in uploads if one.became is became]
        if those:
            what = "not begun" if became in WAITING and not dry_run else became.value
            amount = f"{counted(len(those), 'file')}, {size_in_words(sum(one.file.size for one in those))}"
            say(Styled(f"{amount}: {what}", _STYLES.get(became, "")))
    if dry_run:
        note("Nothing was uploaded: this was a dry run.")


def _row(one: Upload, dry_run: bool) -> list[Cell]:
    return [
        one.file.name,
        size_in_words(one.file.size),
        _result(one, dry_run),
        one.document.id if one.document else None,
    ]


def _result(one: Upload, dry_run: bool) -> Styled:
    if one.became in WAITING and not dry_run:
        return Styled("- not begun", "yellow")
    if one.became in DONE and one.reason:
        return Styled(f"! {one.became.value}, but stranded", "yellow")
    symbol = "✗" if one.became is Became.FAILED else "-" if one.became in _STYLES else "✓"
    return Styled(f"{symbol} {one.became.value}", _STYLES.get(one.became, "green"))


def _document(one: Upload) -> dict[str, Any]:
    document = one.document
    return {
        "path": str(one.file.path),
        "name": one.file.name,
        "size": one.file.size,
        "outcome": one.became.name,
        "reason": one.reason or None,
        "document": {"id": document.id, "name": document.name} if document else None,
        "version": one.version.model_dump(mode="json", by_alias=True) if one.version else None,
    }
