"""`dwtui login`, `logout` and `whoami`."""

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from dwtui.cli import words
from dwtui.cli.asking import ask, ask_hidden
from dwtui.cli.options import COMMON, Common
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import note, print_facts, print_json, say
from dwtui.cli.session import Session, signed_in
from dwtui.client.errors import Unauthenticated
from dwtui.settings import Profile, Settings, change_settings, load_settings
from dwtui.target import Target
from dwtui.tokens import find_token, forget_token, keep_token

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import ViewerDetails


def login(
    *,
    token_stdin: Annotated[bool, Parameter(negative="", help="Read the token from standard input.")] = False,
    common: Common = COMMON,
) -> None:
    """Sign in to an API with a token, and keep both as a profile.

    The token comes from whoever operates the API, or from `dwtui tokens create`. It is asked for, and kept in
    the keyring where there is one, otherwise in a file that only you can read.
    """
    profile = _profile(load_settings(), common)
    token = sys.stdin.readline().strip() if token_stdin else ask_hidden("Token", otherwise="--token-stdin")
    session = Session(Target(profile.url, token, profile))
    try:
        viewer = session.wait(session.api.viewer())
    finally:
        session.close()
    change_settings(lambda settings: settings.with_profile(profile))
    place = keep_token(profile, token)
    if common.json:
        print_json({"profile": profile.name, "url": profile.url, "user": viewer.user.model_dump(mode="json")})
        return
    say(f"Signed in at {profile.url} as {viewer.user.name}. Profile: {profile.name}. Token kept in: {place}.")


def logout(
    *,
    revoke: Annotated[bool, Parameter(negative="", help="Also end the token at the API.")] = False,
    common: Common = COMMON,
) -> None:
    """Forget the token of a profile. The profile stays."""
    profile = _known(load_settings(), common)
    token = find_token(profile)
    if token is None:
        raise UsageError(f"You are not signed in with the profile {profile.name}.")
    if revoke:
        session = Session(Target(profile.url, token, profile))
        try:
            session.wait(_end_own_token(session.api))
        except Unauthenticated:
            note("The token had ended already.")
        finally:
            session.close()
    forget_token(profile)
    if common.json:
        print_json({"profile": profile.name, "revoked": revoke})
    else:
        say(f"Signed out of {profile.url} (profile {profile.name}).")


def whoami(*, common: Common = COMMON) -> None:
    """Tell who you are, where, and in which organizations."""
    with signed_in(common) as session:
        facts = session.wait(session.api.session())
        target = session.target
    if common.json:
        print_json({"url": target.url, **facts.model_dump(mode="json", by_alias=True)})
        return
    viewer: ViewerDetails = facts.viewer
    print_facts(
        (
            ("API", f"{target.url} (dwtui {facts.application.version})"),
            ("Profile", target.profile.name if target.profile else "none: from DWTUI_URL or --url"),
            ("User", viewer.user.name),
            ("E-mail", viewer.user.email),
            ("Id", viewer.user.id),
            ("Operator", "yes" if viewer.operator else None),
            ("Token", f"{viewer.token.name} (…{viewer.token.ending})"),
            ("Expires", words.moment(viewer.token.expires_at) or "never"),
            *(
                ("Organization", f"{one.name} ({one.id}), {words.role(one.role)}")
                for one in viewer.organizations
            ),
        )
    )


async def _end_own_token(api: "Api") -> None:
    await api.revoke_token((await api.viewer()).token.id)


def _known(settings: Settings, common: Common) -> Profile:
    name = common.profile or settings.default_profile
    if name is None:
        raise UsageError("There is no profile to sign out of.")
    return settings.profile(name)


def _profile(settings: Settings, common: Common) -> Profile:
    """The profile to sign in with: one that is there, the same pointed elsewhere, or a new one."""
    import os

    from dwtui.client.address import parse_address

    url = common.url or os.environ.get("DWTUI_URL")
    name = common.profile or (None if url else settings.default_profile)
    known = settings.profiles.get(name) if name else None
    if known is not None and url in (None, known.url):
        return known
    address = parse_address(url or ask("URL of the API", otherwise="--url"))
    if address.exposed:
        note(
            f"! {address.url} is not encrypted: your token could be read on the way. Use https:// if you can."
        )
    return Profile(name or _free_name(settings, address.url), address.url)


def _free_name(settings: Settings, url: str) -> str:
    """The name of the profile at that address, or a new one after its host."""
    from urllib.parse import urlsplit

    for profile in settings.profiles.values():
        if profile.url == url:
            return profile.name
    base = urlsplit(url).hostname or "local"
    names = (base, *(f"{base}-{number}" for number in range(2, len(settings.profiles) + 3)))
    return next(name for name in names if name not in settings.profiles)
