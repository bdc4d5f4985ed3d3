"""`dwtui profiles`: the APIs somebody works with."""

from dataclasses import replace
from typing import Annotated

from cyclopts import App, Parameter

from dwtui.cli.printing import Column, print_json, print_table, say
from dwtui.settings import change_settings, load_settings
from dwtui.tokens import find_token, forget_token

app = App(name="profiles", help="The APIs you work with.")
NameArgument = Annotated[str, Parameter(help="The profile's name.")]
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON document, for scripts.")]


@app.default
def list_(*, as_json: AsJson = False) -> None:
    """List the profiles."""
    settings = load_settings()
    found = [
        {
            "name": profile.name,
            "url": profile.url,
            "kind": profile.kind,
            "organization": profile.organization,
            "default": profile.name == settings.default_profile,
            "signedIn": find_token(profile) is not None,
        }
        for profile in settings.profiles.values()
    ]
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one["name"],
            one["url"],
            one["kind"],
            "yes" if one["signedIn"] else "no",
            "yes" if one["default"] else "",
        ]
        for one in found
    ]
    columns = (Column("NAME"), Column("URL"), Column("KIND", drop=1), Column("SIGNED IN"), Column("DEFAULT"))
    print_table(columns, rows, "There are no profiles yet. Sign in: dwtui login --url https://…")


@app.command(help="Make a profile the default one.")
def use(name: NameArgument) -> None:
    """Make a profile the default one."""
    change_settings(lambda settings: replace(settings, default_profile=settings.profile(name).name))
    say(f"{name} is the default profile now.")


@app.command(help="Forget a profile and its token.")
def remove(name: NameArgument) -> None:
    """Forget a profile and its token. A workspace's data stay where they are."""
    forget_token(load_settings().profile(name))
    change_settings(lambda settings: settings.without_profile(name))
    say(f"The profile {name} is forgotten.")


@app.command(help="Choose the organization that commands are about, where you are in several.")
def organization(
    named: Annotated[str, Parameter(help="The organization's id or name.")],
    *,
    profile: Annotated[
        str | None, Parameter(help="The profile to set it for (default: the default one).")
    ] = None,
) -> None:
    """Choose the organization that commands are about."""
    from dwtui.cli.options import Scope
    from dwtui.cli.outcome import UsageError
    from dwtui.cli.session import signed_in

    with signed_in(Scope(profile=profile)) as session:
        chosen = session.organization(Scope(organization=named))
        it = session.target.profile
    if it is None:
        raise UsageError("There is no profile to keep that in: the API was named by DWTUI_URL.")
    change_settings(
        lambda settings: settings.with_profile(replace(settings.profile(it.name), organization=chosen.id))
    )
    say(f"With the profile {it.name}, commands are about {chosen.name} ({chosen.id}) now.")
