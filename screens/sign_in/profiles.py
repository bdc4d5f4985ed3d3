"""Profiles as they are kept: read and written in threads, for they lie on disk or in a keyring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from dwtui.settings import Profile, Settings
    from dwtui.target import Target


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """A profile, and whether a token is kept for it."""

    profile: Profile
    token: str | None


def known_profiles() -> list[KnownProfile]:
    """The profiles by name. It reads files and may ask a keyring."""
    from dwtui.settings import load_settings
    from dwtui.tokens import find_token

    profiles = load_settings().profiles
    return [KnownProfile(profiles[name], find_token(profiles[name])) for name in sorted(profiles)]


def keep(name: str, url: str, token: str) -> Target:
    """Keep a profile and its token, and make it the one to begin with; it as a target."""
    from dataclasses import replace

    from dwtui.settings import Profile, change_settings
    from dwtui.target import Target
    from dwtui.tokens import keep_token

    profile = Profile(name, url)

    def with_it(settings: Settings) -> Settings:
        known = settings.profiles.get(name)
        kept = replace(known, url=url) if known is not None else profile
        return replace(settings.with_profile(kept), default_profile=name)

    kept = change_settings(with_it).profile(name)
    keep_token(kept, token)
    return Target(url, token, kept)


def name_for(url: str) -> str:
    """A name for the profile of an API: its host."""
    parts = urlsplit(url)
    return parts.hostname or "local"
