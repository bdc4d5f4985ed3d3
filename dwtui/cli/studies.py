"""`dwtui studies`: studies, the storages they use, and their members."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dwtui.cli import words
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import Column, print_facts, print_json, print_table, say
from dwtui.cli.session import PAGE, every, said, signed_in

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StudyDetails, StudySummary

app = App(name="studies", help="Studies and the storages they use.")
members = App(name="members", help="Who has a role in a study.")
app.command(members)

StudyArgument = Annotated[str, Parameter(help="The study's id, name, short code or external id.")]
MemberArgument = Annotated[str, Parameter(help="The member's e-mail address, id or name.")]
_COLUMNS = (
    Column("NAME"),
    Column("SHORT CODE", drop=2),
    Column("EXTERNAL ID", drop=4),
    Column("DOCUMENTS IN", drop=1),
    Column("DATA FILES IN", drop=3),
    Column("ID"),
)


@app.command(name="list", help="List the studies you may see.")
def list_(
    *,
    search: Annotated[str | None, Parameter(help="Part of the name, short code, external id or id.")] = None,
    storage: Annotated[
        str | None, Parameter(help="Only those that use this storage: its id or name.")
    ] = None,
    limit: Annotated[int | None, Parameter(help="At most so many.")] = None,
    scope: Scope = SCOPE,
) -> None:
    """List the studies you may see."""
    with signed_in(scope) as session:
        organization = session.organization(scope).id
        used = session.storage_id(storage, scope) if storage else None
        narrowed = said(search=search, storage=used)

        async def fetch(after: str | None) -> Any:
            return await session.api.studies(
                organization, first=min(PAGE, limit or PAGE), after=after, **narrowed
            )

        async def collect() -> "list[StudySummary]":
            return [study async for study in every(fetch, limit)]

        studies = session.wait(collect())
    if scope.json:
        print_json([study.model_dump(mode="json", by_alias=True) for study in studies])
        return
    rows = [
        [one.name, one.short_code, one.external_id, one.document_storage.name, _names(one), one.id]
        for one in studies
    ]
    empty = (
        "No study is like that."
        if narrowed
        else "There are no studies yet. Create one: dwtui studies create NAME"
    )
    print_table(_COLUMNS, rows, empty)


@app.command(help="Show one study: its storages and its members.")
def show(study: StudyArgument, *, scope: Scope = SCOPE) -> None:
    """Show one study."""
    with signed_in(scope) as session:
        details = session.wait(session.api.study(session.study_id(study, scope)))
    _print(details, scope)


@app.command(help="Create a study with the organization's default storages. No bucket is created.")
def create(
    name: Annotated[str, Parameter(help="Its full name.")],
    *,
    short_code: Annotated[str | None, Parameter(help="A short code, unique in the organization.")] = None,
    external_id: Annotated[str | None, Parameter(help="Its id elsewhere, such as dbGaP's phs….")] = None,
    scope: Scope = SCOPE,
) -> None:
    """Create a study."""
    from dwtui.client.generated.input_types import CreateStudyInput

    with signed_in(scope) as session:
        organization = session.organization(scope).id
        further = said(short_code=short_code, external_id=external_id)
        new = CreateStudyInput(organization=organization, name=name, **further)
        _print(session.wait(session.api.create_study(new)), scope)


@app.command(help="Change the storages a study uses. Documents uploaded before stay where they are.")
def storages(
    study: StudyArgument,
    *,
    documents: Annotated[str | None, Parameter(help="The storage for documents: its id or name.")] = None,
    data: Annotated[
        list[str] | None,
        Parameter(help="The storages for data files, all of them.", negative="", consume_multiple=True),
    ] = None,
    no_data: Annotated[bool, Parameter(negative="", help="No storage for data files.")] = False,
    scope: Scope = SCOPE,
) -> None:
    """Change the storages a study uses."""
    from dwtui.client.generated.input_types import UpdateStoragesInput

    if documents is None and not data and not no_data:
        raise UsageError("Say what to change: --documents, --data or --no-data.")
    if data and no_data:
        raise UsageError("Use --data or --no-data, not both.")
    with signed_in(scope) as session:
        before = session.wait(session.api.study(session.study_id(study, scope)))
        change: dict[str, Any] = {"expected_revision": before.revision}
        if documents is not None:
            change["document_bucket"] = session.storage_id(documents, scope)
        if data or no_data:
            change["data_buckets"] = [session.storage_id(one, scope) for one in data or []]
        _print(session.wait(session.api.update_storages(before.id, UpdateStoragesInput(**change))), scope)


@members.command(name="set", help="Give a member of the organization a role in a study, or another one.")
def set_(
    study: StudyArgument,
    member: MemberArgument,
    role: Annotated[Literal["administrator", "member"], Parameter(help="The role.")] = "member",
    *,
    scope: Scope = SCOPE,
) -> None:
    """Give a member a role in a study."""
    from dwtui.client.generated.enums import StudyRole

    with signed_in(scope) as session:
        it = session.wait(session.api.study(session.study_id(study, scope)))
        user = session.user_id(member, it.organization.id)
        _print(session.wait(session.api.set_study_member(it.id, user, StudyRole(role.upper()))), scope)


@members.command(help="Take a member's role in a study away.")
def remove(study: StudyArgument, member: MemberArgument, *, scope: Scope = SCOPE) -> None:
    """Take a member's role in a study away."""
    with signed_in(scope) as session:
        it = session.wait(session.api.study(session.study_id(study, scope)))
        user = session.user_id(member, it.organization.id)
        _print(session.wait(session.api.remove_study_member(it.id, user)), scope)


def _names(study: "StudySummary") -> str:
    return ", ".join(storage.name for storage in study.data_storage)


def _print(study: "StudyDetails", scope: Scope) -> None:
    if scope.json:
        print_json(study.model_dump(mode="json", by_alias=True))
        return
    print_facts(
        (
            ("Name", study.name),
            ("Id", study.id),
            ("Short code", study.short_code),
            ("External id", study.external_id),
            ("Organization", study.organization.name),
            ("Documents in", study.document_storage.name),
            ("Data files in", _names(study) or "no storage"),
            ("Created", words.moment(study.created_at)),
        )
    )
    if study.members:
        say()
        rows = [[one.user.name, one.user.email, words.role(one.role), one.user.id] for one in study.members]
        print_table((Column("MEMBER"), Column("E-MAIL", drop=1), Column("ROLE"), Column("ID")), rows, "")
