"""`dwtui studies`: studies, the storages they use, and their members."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dwtui.amounts import size_in_words
from dwtui.cli import study_words, words
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.printing import Cell, Column, print_facts, print_json, print_table, say
from dwtui.cli.session import PAGE, every, said, signed_in

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StudyDetails, StudySummary

app = App(name="studies", help="Studies and the storages they use.")
members = App(name="members", help="Who has a role in a study.")
app.command(members)
for _name, _place, _help in (
    ("storages", "study_storages", "Change the storages a study uses, after telling what that does."),
    ("assign", "assigning", "Change the storages of many studies at once."),
):
    app.command(f"dwtui.cli.{_place}:{_name}", name=_name, help=_help)

Problem = Literal["stranded-documents", "unhealthy-storage", "no-data-storage"]
StudyArgument = Annotated[str, Parameter(help="The study's id, name, short code or external id.")]
MemberArgument = Annotated[str, Parameter(help="The member's e-mail address, id or name.")]
_COLUMNS = (
    Column("NAME"),
    Column("SHORT CODE", drop=3),
    Column("EXTERNAL ID", drop=8),
    Column("DOCUMENTS IN", drop=5),
    Column("DATA FILES IN", drop=6),
    Column("DOCUMENTS", drop=4, right=True),
    Column("SIZE", drop=7, right=True),
    Column("STRANDED", drop=1),
    Column("HEALTH", drop=2),
    Column("ID"),
)


@app.command(name="list", help="List the studies you may see.")
def list_(
    *,
    search: Annotated[str | None, Parameter(help="Part of the name, short code, external id or id.")] = None,
    storage: Annotated[
        str | None, Parameter(help="Only those that use this storage: its id or name.")
    ] = None,
    problem: Annotated[Problem | None, Parameter(help="Only those with this problem.")] = None,
    limit: Annotated[int | None, Parameter(help="At most so many.")] = None,
    scope: Scope = SCOPE,
) -> None:
    """List the studies you may see."""
    from dwtui.client.generated.enums import StudyProblem

    with signed_in(scope) as session:
        organization = session.organization(scope).id
        used = session.storage_id(storage, scope) if storage else None
        wanted = StudyProblem(problem.replace("-", "_").upper()) if problem else None
        narrowed = said(search=search, storage=used, problem=wanted)

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
    empty = (
        "No study is like that."
        if narrowed
        else "There are no studies yet. Create one: dwtui studies create NAME"
    )
    print_table(_COLUMNS, [_row(study) for study in studies], empty)


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


def _row(study: "StudySummary") -> list[Cell]:
    count = study.document_count
    return [
        study.name,
        study.short_code,
        study.external_id,
        study.document_storage.name,
        study_words.names_of_data(study),
        f"{count.documents:,}" if count else None,
        size_in_words(count.bytes_) if count else None,
        study_words.stranded(study),
        study_words.health(study),
        study.id,
    ]


def print_study(study: "StudyDetails") -> None:
    """What is known of a study, with what is wrong."""
    count = study.document_count
    print_facts(
        (
            ("Name", study.name),
            ("Id", study.id),
            ("Short code", study.short_code),
            ("External id", study.external_id),
            ("Organization", study.organization.name),
            ("Kept in", f"“{study.document_storage.name}”"),
            ("Data files in", ", ".join(f"“{one.name}”" for one in study.data_storage) or "no storage"),
            ("Documents", study_words.amount(count) if count else None),
            ("Created", words.moment(study.created_at)),
        )
    )
    for problem in study_words.problems(study):
        say(problem)
    if study.members:
        say()
        rows = [[one.user.name, one.user.email, words.role(one.role), one.user.id] for one in study.members]
        print_table((Column("MEMBER"), Column("E-MAIL", drop=1), Column("ROLE"), Column("ID")), rows, "")


def _print(study: "StudyDetails", scope: Scope) -> None:
    if scope.json:
        print_json(study.model_dump(mode="json", by_alias=True))
    else:
        print_study(study)
