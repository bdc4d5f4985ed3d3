"""`dwtui tokens`: the tokens of the one who is signed in."""

from typing import Annotated

from cyclopts import App, Parameter

from dwtui.cli import words
from dwtui.cli.options import COMMON, Common
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import Column, note, print_json, print_table, say
from dwtui.cli.session import is_id, signed_in

app = App(name="tokens", help="Your tokens.")


@app.command(name="list", help="List your tokens that still work.")
def list_(*, common: Common = COMMON) -> None:
    """List your tokens that still work."""
    with signed_in(common) as session:
        viewer = session.wait(session.api.tokens())
    if common.json:
        print_json([token.model_dump(mode="json", by_alias=True) for token in viewer.tokens])
        return
    rows = [
        [
            token.name + (" (this one)" if token.id == viewer.token.id else ""),
            f"…{token.ending}",
            words.moment(token.created_at),
            words.ago(token.last_used_at) or "never",
            words.moment(token.expires_at) or "never",
            token.id,
        ]
        for token in viewer.tokens
    ]
    columns = (
        Column("NAME"),
        Column("ENDS WITH"),
        Column("MADE", drop=2),
        Column("LAST USED", drop=1),
        Column("EXPIRES"),
        Column("ID"),
    )
    print_table(columns, rows, "You have no tokens.")


@app.command(help="Make a token. It is shown once.")
def create(
    name: Annotated[str, Parameter(help="What to call it, such as the machine it is for.")],
    *,
    days: Annotated[int | None, Parameter(help="How long it works: 1 to 365 days (default 90).")] = None,
    common: Common = COMMON,
) -> None:
    """Make a token."""
    with signed_in(common) as session:
        created = session.wait(session.api.create_token(name, days))
    if common.json:
        print_json(created.model_dump(mode="json", by_alias=True))
        return
    note("Keep it now: it can not be shown again.")
    say(created.secret)


@app.command(help="End a token at once.")
def revoke(
    token: Annotated[str, Parameter(help="Its id, or its name if that is unique.")],
    *,
    common: Common = COMMON,
) -> None:
    """End a token at once."""
    with signed_in(common) as session:
        if not is_id(token, "TK"):
            named = [one.id for one in session.wait(session.api.tokens()).tokens if one.name == token]
            if len(named) != 1:
                found = "Several tokens are" if named else "No token of yours is"
                raise UsageError(f"{found} called {token!r}. See: dwtui tokens list")
            token = named[0]
        ended = session.wait(session.api.revoke_token(token))
    if common.json:
        print_json(ended.model_dump(mode="json", by_alias=True))
    else:
        say(f"The token {ended.name} (…{ended.ending}) works no more.")
