"""`dwtui documents`: look at the documents of a study. Other modules upload, download and change them."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dwtui.cli.document_words import COLUMNS, print_document, row
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import print_json, print_table
from dwtui.cli.session import PAGE, Session, every, is_id, name_key, said, signed_in
from dwtui.cli.studies import StudyArgument
from dwtui.client.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DocumentDetails, DocumentSummary, VersionDetails

app = App(name="documents", help="The documents of studies: list, upload, download, edit, delete.")
for _name, _place, _help in (
    ("upload", "uploading", "Upload files, or all files of a folder, to a study."),
    ("download", "downloading", "Download documents, or one version, checked by their SHA-256."),
    ("edit", "document_changes", "Rename a document, or change what is said of it."),
    ("delete", "document_changes", "Delete a document with all its versions, or one version."),
    ("url", "document_changes", "Print a URL that gives a document's bytes once, within a minute."),
):
    app.command(f"dwtui.cli.{_place}:{_name}", name=_name, help=_help)

DocumentArgument = Annotated[
    str, Parameter(help="The document's id (SF_…), or STUDY/NAME such as NBL/samples.csv.")
]
Order = Literal["name", "newest", "size"]


@app.command(name="list", help="List the documents of a study.")
def list_(
    study: StudyArgument,
    *,
    search: Annotated[str | None, Parameter(help="Part of the name, description, tags or id.")] = None,
    stranded: Annotated[
        bool | None,
        Parameter(
            negative="--no-stranded", help="Only those with versions that can not be opened; or without."
        ),
    ] = None,
    sort: Annotated[Order, Parameter(help="What to sort by: name, newest or largest first.")] = "name",
    limit: Annotated[int | None, Parameter(help="At most so many.")] = None,
    scope: Scope = SCOPE,
) -> None:
    """List the documents of a study."""
    from dwtui.client.generated.enums import DocumentOrder

    with signed_in(scope) as session:
        id = session.study_id(study, scope)
        order = DocumentOrder(sort.upper())
        narrowed = said(search=search, stranded=stranded)
        found = documents_of(session, id, limit, order_by=order, **narrowed)
        if not found:
            require_readable(session, id)
    if scope.json:
        print_json([one.model_dump(mode="json", by_alias=True) for one in found])
        return
    empty = "No document is like that." if narrowed else f"No documents yet: dwtui documents upload {id} FILE"
    print_table(COLUMNS, [row(one) for one in found], empty)


@app.command(help="Show one document and its versions: where they lie, who uploaded them, their SHA-256.")
def show(document: DocumentArgument, *, scope: Scope = SCOPE) -> None:
    """Show one document with its versions."""
    with signed_in(scope) as session:
        found = find_document(session, document, scope)
        versions = session.wait(_versions(session, found.id))
    if scope.json:
        listed = [one.model_dump(mode="json", by_alias=True) for one in versions]
        print_json(found.model_dump(mode="json", by_alias=True) | {"versions": listed})
    else:
        print_document(found, versions)


def documents_of(
    session: Session, study: str, limit: int | None = None, **narrowed: Any
) -> "list[DocumentSummary]":
    """The documents of a study."""

    async def fetch(after: str | None) -> Any:
        first = min(PAGE, limit or PAGE)
        return (await session.api.study_documents(study, first=first, after=after, **narrowed)).documents

    async def collect() -> "list[DocumentSummary]":
        return [one async for one in every(fetch, limit)]

    return session.wait(collect())


def require_readable(session: Session, study: str) -> None:
    """Forbidden where a study seems to have no documents because the viewer may not see them."""
    if session.wait(session.api.study(study)).document_count is None:
        raise Forbidden(
            "You may not see the documents of this study. Ask an administrator of the organization to make "
            "you a member of it."
        )


def find_document(session: Session, named: str, scope: Scope) -> "DocumentDetails":
    """A document given by id, or as STUDY/NAME."""
    if is_id(named, "SF"):
        return session.wait(session.api.document(named))
    study, slash, name = named.rpartition("/")
    if not slash or not study or not name:
        raise UsageError(
            f"{named!r} is no document: give its id (SF_…), or STUDY/NAME such as NBL/samples.csv."
        )
    return named_document(session, session.study_id(study, scope), name)


def named_document(session: Session, study: str, name: str) -> "DocumentDetails":
    """A document of a study by its name."""
    found = documents_of(session, study, search=name)
    alike = [one for one in found if name_key(one.name) == name_key(name)]
    if not alike:
        if not found:
            require_readable(session, study)
        raise NotFound(f"There is no document {name!r} in this study. See: dwtui documents list {study}")
    return session.wait(session.api.document(alike[0].id))


async def _versions(session: Session, document: str) -> "list[VersionDetails]":
    async def fetch(after: str | None) -> Any:
        return (await session.api.document_versions(document, first=PAGE, after=after)).versions

    return [one async for one in every(fetch)]
