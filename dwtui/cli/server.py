"""`dwtui server`: what the operator does straight on the API's database."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from dwtui.cli import words
from dwtui.cli.operating import HERE, Installation, operating, settings_of
from dwtui.cli.printing import Column, note, print_json, print_table, say

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from dwtui.server.settings import ServerSettings

app = App(name="server", help="For operators: organizations, users, tokens and keys in the API's database.")
organizations = App(name="organizations", help="The organizations of the installation.")
users = App(name="users", help="The users of the installation.")
tokens = App(name="tokens", help="The tokens of users.")
blank_keys = App(
    name="blank-keys", help="The places that organizations may use with the application's own identity."
)
for _sub in (organizations, users, tokens, blank_keys):
    app.command(_sub)

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON document, for scripts.")]
Days = Annotated[int | None, Parameter(help="How long the token works: 1 to 365 days.")]
Email = Annotated[str, Parameter(help="The user's e-mail address.")]
OrganizationId = Annotated[str, Parameter(help="The organization's id.")]
Bucket = Annotated[str, Parameter(help="The bucket.")]
Prefix = Annotated[str, Parameter(help="The prefix it begins at; nothing: the whole bucket.")]


@app.command(help="Make the first organization, its administrator and a token. The token is shown once.")
def init(
    *,
    organization: Annotated[str, Parameter(help="The organization's name.")],
    user: Annotated[str, Parameter(help="The administrator's name.")],
    email: Annotated[str, Parameter(help="The administrator's e-mail address.")],
    days: Days = 90,
    as_json: AsJson = False,
    installation: Installation = HERE,
) -> None:
    """Make the first organization with its administrator, who is an operator too, and a token for them.

    The database is created, and the key file where it is missing.
    """
    from dwtui.server.operating.people import initialise

    with operating():
        settings = settings_of(installation)
        _make_key_file(settings)
        made = asyncio.run(initialise(settings, organization=organization, name=user, email=email, days=days))
    if as_json:
        print_json({"organization": made.organization_id, "user": made.user_id, "token": made.token.secret})
        return
    note(
        f"{organization} ({made.organization_id}) is made, with {user} ({made.user_id}) as its administrator."
    )
    _show_secret(made.token.secret)


@organizations.command(name="create", help="Make an organization with a first administrator.")
def create_organization(
    name: Annotated[str, Parameter(help="Its name.")],
    *,
    administrator: Annotated[str, Parameter(help="The e-mail address of an existing user.")],
    as_json: AsJson = False,
    installation: Installation = HERE,
) -> None:
    """Make an organization with a first administrator."""
    from dwtui.server.operating.people import make_organization

    made = _done(
        installation,
        lambda settings: make_organization(settings, name=name, administrator_email=administrator),
    )
    if as_json:
        print_json({"id": made.id, "name": made.name})
    else:
        say(f"{made.name} ({made.id}) is made.")


@organizations.command(name="list", help="List all organizations.")
def list_organizations(*, as_json: AsJson = False, installation: Installation = HERE) -> None:
    """List all organizations."""
    from dwtui.server.operating.people import list_organizations as fetch

    rows = _done(installation, fetch)
    if as_json:
        print_json([{"id": one.id, "name": one.name} for one in rows])
    else:
        print_table(
            (Column("NAME"), Column("ID")), [[one.name, one.id] for one in rows], "There are none yet."
        )


@users.command(name="create", help="Make a user.")
def create_user(
    email: Email,
    *,
    name: Annotated[str, Parameter(help="The name shown to others.")],
    operator: Annotated[bool, Parameter(negative="", help="They may create organizations.")] = False,
    as_json: AsJson = False,
    installation: Installation = HERE,
) -> None:
    """Make a user. They need a token to sign in, and an organization to be added to."""
    from dwtui.server.operating.people import make_user

    made = _done(
        installation, lambda settings: make_user(settings, name=name, email=email, operator=operator)
    )
    if as_json:
        print_json({"id": made.id, "name": made.name, "email": made.email, "operator": made.operator})
    else:
        say(f"{made.name} ({made.id}) is made. A token for them: dwtui server tokens create {made.email}")


@users.command(name="list", help="List all users.")
def list_users(*, as_json: AsJson = False, installation: Installation = HERE) -> None:
    """List all users."""
    from dwtui.server.operating.people import list_users as fetch

    rows = _done(installation, fetch)
    if as_json:
        print_json(
            [{"id": one.id, "name": one.name, "email": one.email, "operator": one.operator} for one in rows]
        )
        return
    columns = (Column("NAME"), Column("E-MAIL"), Column("OPERATOR"), Column("ID"))
    print_table(
        columns, [[one.name, one.email, "yes" if one.operator else "", one.id] for one in rows], "None yet."
    )


@tokens.command(name="create", help="Make a token for a user. It is shown once.")
def create_token(
    email: Email,
    *,
    name: Annotated[str, Parameter(help="What to call it.")] = "made by the operator",
    days: Days = 90,
    as_json: AsJson = False,
    installation: Installation = HERE,
) -> None:
    """Make a token for a user."""
    from dwtui.server.operating.people import make_token

    made = _done(installation, lambda settings: make_token(settings, email=email, name=name, days=days))
    if as_json:
        expires = made.expires_at.isoformat() if made.expires_at else None
        print_json({"id": made.token_id, "user": made.user_id, "expiresAt": expires, "token": made.secret})
    else:
        _show_secret(made.secret)


@tokens.command(name="list", help="List a user's tokens that still work.")
def list_tokens(email: Email, *, as_json: AsJson = False, installation: Installation = HERE) -> None:
    """List a user's tokens that still work."""
    from dwtui.server.operating.people import list_tokens as fetch

    rows = _done(installation, lambda settings: fetch(settings, email=email))
    if as_json:
        print_json([{"id": one.id, "name": one.name, "ending": one.ending} for one in rows])
        return
    columns = (Column("NAME"), Column("ENDS WITH"), Column("MADE"), Column("EXPIRES"), Column("ID"))
    shown = [
        [
            one.name,
            f"…{one.ending}",
            words.moment(one.created_at),
            words.moment(one.expires_at) or "never",
            one.id,
        ]
        for one in rows
    ]
    print_table(columns, shown, "There are none.")


@tokens.command(name="revoke", help="End anybody's token at once.")
def revoke_token(
    token: Annotated[str, Parameter(help="The token's id.")], *, installation: Installation = HERE
) -> None:
    """End anybody's token at once."""
    from dwtui.server.operating.people import end_token

    ended = _done(installation, lambda settings: end_token(settings, token_id=token))
    say(f"The token {ended.name} (…{ended.ending}) works no more.")


@blank_keys.command(name="allow", help="Let an organization use a place with the application's own identity.")
def allow_blank_keys(
    organization: OrganizationId, bucket: Bucket, prefix: Prefix = "", *, installation: Installation = HERE
) -> None:
    """Let an organization use a place with the application's own identity."""
    from dwtui.server.operating.places import allow_blank_keys as allow

    place = _done(
        installation,
        lambda settings: allow(settings, organization_id=organization, bucket=bucket, prefix=prefix),
    )
    say(f"{organization} may use {words.place(place.bucket, place.prefix)} with blank keys.")


@blank_keys.command(name="forbid", help="Take such a place back.")
def forbid_blank_keys(
    organization: OrganizationId, bucket: Bucket, prefix: Prefix = "", *, installation: Installation = HERE
) -> None:
    """Take a place back. Storages that use it are refused at their next verification."""
    from dwtui.server.operating.places import forbid_blank_keys as forbid

    _done(
        installation,
        lambda settings: forbid(settings, organization_id=organization, bucket=bucket, prefix=prefix),
    )
    say(f"{organization} may use it no more. Storages there fail their next verification.")


@blank_keys.command(name="list", help="List those places.")
def list_blank_keys(*, as_json: AsJson = False, installation: Installation = HERE) -> None:
    """List the places that organizations may use with blank keys."""
    from dwtui.server.operating.places import list_blank_keys as fetch

    rows = _done(installation, fetch)
    if as_json:
        print_json(
            [
                {"organization": one.organization_id, "bucket": one.bucket, "prefix": one.prefix}
                for one in rows
            ]
        )
        return
    shown = [[one.organization_id, words.place(one.bucket, one.prefix)] for one in rows]
    print_table((Column("ORGANIZATION"), Column("PLACE")), shown, "No place may be used with blank keys.")


@app.command(help="Encrypt all key pairs anew with a new key. A running API goes on.")
def rotate_key(
    *,
    drop_old: Annotated[
        bool, Parameter(negative="", help="Then drop the old keys that are needed no more.")
    ] = False,
    installation: Installation = HERE,
) -> None:
    """Make a new local key and encrypt all key pairs with it. A stop at any point loses nothing."""
    from dwtui.server.operating.keys import drop_old_keys, rotate_local_key

    rotation = _done(installation, rotate_local_key)
    say(f"{rotation.resealed} key pairs are encrypted with a new key.")
    if rotation.unreadable:
        say(f"These storages need new keys, theirs do not open any more: {', '.join(rotation.unreadable)}.")
    if drop_old:
        dropped = _done(installation, drop_old_keys)
        say(f"{len(dropped)} old keys are dropped. Backups of the database from before need them.")


def _done(installation: Installation, what: "Any") -> Any:
    """Do something with the installation's database; its result."""
    with operating():
        doing: Coroutine[Any, Any, Any] = what(settings_of(installation))
        return asyncio.run(doing)


def _make_key_file(settings: "ServerSettings") -> None:
    from dwtui.server.secrets import create_key_file

    path = settings.local_key_file
    if path is not None and not path.exists():
        create_key_file(path)


def _show_secret(secret: str) -> None:
    note("Their token, to be kept now: it can not be shown again.")
    say(secret)
