"""The commands of `dwtui documents` that change what is there: edit and delete; and a URL for somebody else."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from dwtui.amounts import counted, size_in_words
from dwtui.cli.asking import confirm_by_name
from dwtui.cli.document_words import TypeName, print_document, type_of
from dwtui.cli.documents import DocumentArgument, find_document
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import Styled, note, print_json, print_raw, say
from dwtui.cli.session import is_id, said, signed_in

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DeletionDetails

Tags = Annotated[
    list[str] | None,
    Parameter(
        name="--tag", help="A word to find it by; can be repeated.", negative="", consume_multiple=True
    ),
]


def edit(
    document: DocumentArgument,
    *,
    name: Annotated[str | None, Parameter(help="A new name.")] = None,
    description: Annotated[str | None, Parameter(help="What it is, in words; '' for none.")] = None,
    type: Annotated[TypeName | None, Parameter(help="What it is about.")] = None,
    tags: Tags = None,
    no_tags: Annotated[bool, Parameter(negative="", help="Without tags.")] = False,
    scope: Scope = SCOPE,
) -> None:
    """Rename a document, or change what is said of it. Its bytes stay as they are."""
    from dwtui.client.generated.input_types import UpdateFileInput

    if tags and no_tags:
        raise UsageError("Use --tag or --no-tags, not both.")
    wanted = tags or ([] if no_tags else None)
    changes = said(name=name, description=description, file_type=type_of(type), tags=wanted)
    if not changes:
        raise UsageError("Say what to change: --name, --description, --type, --tag or --no-tags.")
    with signed_in(scope) as session:
        before = find_document(session, document, scope)
        change = UpdateFileInput(**changes, expected_revision=before.revision)
        after = session.wait(session.api.update_file(before.id, change))
    if scope.json:
        print_json(after.model_dump(mode="json", by_alias=True))
    else:
        print_document(after, ())


def delete(
    document: Annotated[
        str, Parameter(help="The document's id (SF_…) or STUDY/NAME; or the id of one version (FV_…).")
    ],
    *,
    yes: Annotated[bool, Parameter(negative="", help="Do not ask.")] = False,
    scope: Scope = SCOPE,
) -> None:
    """Delete a document with all its versions, or one version. What stays in a bucket is told."""
    with signed_in(scope) as session:
        if is_id(document, "FV"):
            version = session.wait(session.api.version(document))
            _confirm(f"Version {version.id}, {size_in_words(version.size)}", version.file_name, yes)
            deletion: DeletionDetails = session.wait(session.api.delete_version(version.id))
        else:
            found = find_document(session, document, scope)
            what = f"{counted(found.version_count, 'version')}, {size_in_words(found.bytes_)}"
            _confirm(f"“{found.name}” of {found.study.name}: {what}", found.name, yes)
            deletion = session.wait(session.api.delete_file(found.id))
    if scope.json:
        print_json(deletion.model_dump(mode="json", by_alias=True))
        return
    say(f"{deletion.name} ({deletion.id}) is deleted, {counted(deletion.objects_deleted, 'object')} with it.")
    for left in deletion.objects_left:
        say(Styled(f"! {left.uri} stays in the bucket: {left.reason}", "yellow"))


def url(
    document: DocumentArgument,
    *,
    version: Annotated[str | None, Parameter(help="The id of a version (default: the newest).")] = None,
    scope: Scope = SCOPE,
) -> None:
    """Print a URL that gives a document's bytes without a token: once, within the next minute."""
    with signed_in(scope) as session:
        found = find_document(session, document, scope)
        asked: dict[str, Any] = said(version=version)
        signed = session.wait(session.api.signed_url(found.id, **asked))
    if scope.json:
        print_json(signed.model_dump(mode="json", by_alias=True))
        return
    print_raw(signed.url)
    if sys.stdout.isatty():
        note("It works once, within the next minute. Whoever has it gets the bytes.")
    if signed.url.startswith("/"):
        note("This API listens on a Unix socket only, so this is a path: it is opened through that socket.")


def _confirm(what: str, name: str, yes: bool) -> None:
    """Tell what goes, and have its name typed."""
    if yes:
        return
    note(f"{what}. Its bytes are deleted from the bucket where that is allowed; this can not be undone.")
    confirm_by_name(name, otherwise="--yes")
