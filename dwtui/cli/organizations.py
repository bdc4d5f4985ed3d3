"""`dwtui organizations`: organizations, their defaults and their members."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dwtui.cli import words
from dwtui.cli.options import COMMON, SCOPE, Common, Scope
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import Column, print_facts, print_json, print_table, say
from dwtui.cli.session import PAGE, every, said, signed_in

if TYPE_CHECKING:
    from dwtui.client.generated.enums import OrganizationRole
    from dwtui.client.generated.fragments import MemberDetails, OrganizationDetails

app = App(name="organizations", help="Organizations, their defaults and their members.")
members = App(name="members", help="The members of an organization, and their roles.")
app.command(members)

RoleName = Literal["administrator", "support", "member"]
RoleArgument = Annotated[RoleName, Parameter(help="The role.")]
MemberArgument = Annotated[str, Parameter(help="The member's e-mail address, id or name.")]
Named = Annotated[
    str | None, Parameter(help="The organization's id or name (default: as with --organization).")
]


@app.command(name="list", help="List the organizations you are a member of.")
def list_(*, common: Common = COMMON) -> None:
    """List the organizations you are a member of."""
    with signed_in(common) as session:
        organizations = session.wait(session.api.viewer()).organizations
    if common.json:
        print_json([one.model_dump(mode="json", by_alias=True) for one in organizations])
        return
    rows = [[one.name, words.role(one.role), one.id] for one in organizations]
    empty = "You are in no organization yet. Ask an administrator to add you."
    print_table((Column("NAME"), Column("YOUR ROLE"), Column("ID")), rows, empty)


@app.command(help="Show an organization with its defaults.")
def show(organization: Named = None, *, scope: Scope = SCOPE) -> None:
    """Show an organization with its defaults."""
    with signed_in(scope) as session:
        details = session.wait(session.api.organization(session.organization(_named(organization, scope)).id))
    _print(details, scope)


@app.command(help="Create an organization with its default storage. For operators.")
def create(name: Annotated[str, Parameter(help="Its name.")], *, common: Common = COMMON) -> None:
    """Create an organization."""
    from dwtui.client.generated.input_types import CreateOrganizationInput

    with signed_in(common) as session:
        created = session.wait(session.api.create_organization(CreateOrganizationInput(name=name)))
    _print(created, common)


@app.command(help="Rename an organization.")
def rename(name: Annotated[str, Parameter(help="Its new name.")], *, scope: Scope = SCOPE) -> None:
    """Rename an organization."""
    _update(scope, name=name)


@app.command(help="Show, or set, the storages that new studies begin with.")
def defaults(
    *,
    documents: Annotated[
        str | None,
        Parameter(help="The storage for documents: id, name, or `default` for the default storage."),
    ] = None,
    data: Annotated[
        str | None,
        Parameter(help="The storage for data files: id, name, or `default` for the default storage."),
    ] = None,
    scope: Scope = SCOPE,
) -> None:
    """Show, or set, the storages that new studies begin with."""
    _update(scope, default_document_storage=documents, default_data_storage=data)


@members.command(name="list", help="List the members of an organization.")
def list_members(*, scope: Scope = SCOPE) -> None:
    """List the members of an organization."""
    with signed_in(scope) as session:
        organization = session.organization(scope)

        async def fetch(after: str | None) -> Any:
            return (await session.api.members(organization.id, first=PAGE, after=after)).members

        async def collect() -> "list[MemberDetails]":
            return [member async for member in every(fetch)]

        found = session.wait(collect())
    if scope.json:
        print_json([member.model_dump(mode="json", by_alias=True) for member in found])
        return
    columns = (
        Column("NAME"),
        Column("E-MAIL", drop=1),
        Column("ROLE"),
        Column("SINCE", drop=2),
        Column("ID"),
    )
    rows = [
        [one.user.name, one.user.email, words.role(one.role), words.moment(one.since), one.user.id]
        for one in found
    ]
    print_table(columns, rows, "You may not see who is in this organization.")


@members.command(help="Add an existing user to an organization.")
def add(
    email: Annotated[str, Parameter(help="Their e-mail address.")],
    role: RoleArgument = "member",
    *,
    scope: Scope = SCOPE,
) -> None:
    """Add an existing user to an organization."""
    from dwtui.client.generated.input_types import AddMemberInput

    with signed_in(scope) as session:
        organization = session.organization(scope)
        new = AddMemberInput(organization=organization.id, email=email, role=_role(role))
        _print_member(session.wait(session.api.add_member(new)), scope, "is now")


@members.command(help="Give a member another role.")
def change(member: MemberArgument, role: RoleArgument, *, scope: Scope = SCOPE) -> None:
    """Give a member another role."""
    with signed_in(scope) as session:
        organization = session.organization(scope).id
        user = session.user_id(member, organization)
        _print_member(
            session.wait(session.api.update_member(organization, user, _role(role))), scope, "is now"
        )


@members.command(help="Remove a member, with their roles in the organization's studies.")
def remove(member: MemberArgument, *, scope: Scope = SCOPE) -> None:
    """Remove a member."""
    with signed_in(scope) as session:
        organization = session.organization(scope).id
        user = session.user_id(member, organization)
        _print_member(session.wait(session.api.remove_member(organization, user)), scope, "is removed; was")


def _update(scope: Scope, **changes: str | None) -> None:
    """Change what is given, and show what is so from then on. Storages are given by id, name or `default`."""
    from dwtui.client.generated.input_types import UpdateOrganizationInput

    with signed_in(scope) as session:
        before = session.wait(session.api.organization(session.organization(scope).id))
        change: dict[str, Any] = said(**changes)
        for which in change.keys() - {"name"}:
            default = change[which] == "default"
            change[which] = None if default else session.storage_id(change[which], scope)
        if change:
            wanted = UpdateOrganizationInput(**change, expected_revision=before.revision)
            before = session.wait(session.api.update_organization(before.id, wanted))
    _print(before, scope)


def _named(organization: str | None, scope: Scope) -> Scope:
    if organization is None:
        return scope
    if scope.organization not in (None, organization):
        raise UsageError("Name one organization, not two.")
    return Scope(profile=scope.profile, url=scope.url, json=scope.json, organization=organization)


def _role(name: RoleName) -> "OrganizationRole":
    from dwtui.client.generated.enums import OrganizationRole

    return OrganizationRole(name.upper())


def _print(organization: "OrganizationDetails", common: Common) -> None:
    if common.json:
        print_json(organization.model_dump(mode="json", by_alias=True))
        return
    print_facts(
        (
            ("Name", organization.name),
            ("Id", organization.id),
            ("Your role", words.role(organization.role)),
            ("New studies keep documents in", organization.default_document_storage.name),
            ("New studies have data files in", organization.default_data_storage.name),
            ("Default storage", organization.default_storage.name),
            *(
                ("Blank keys allowed at", words.place(one.bucket, one.prefix))
                for one in organization.blank_key_locations
            ),
            ("Created", words.moment(organization.created_at)),
        )
    )


def _print_member(member: "MemberDetails", scope: Scope, verb: str) -> None:
    if scope.json:
        print_json(member.model_dump(mode="json", by_alias=True))
    else:
        say(f"{member.user.name} {verb} {words.role(member.organization_role)}.")
