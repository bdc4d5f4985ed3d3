"""Which API to work with, and as whom: the command line decides, then the environment, then the settings."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from dwtui.settings import Profile, Settings
from dwtui.tokens import find_token


@dataclass(frozen=True, slots=True)
class Target:
    """An API, and the token to use there."""

    url: str
    token: str | None = field(repr=False)
    """None: not signed in there."""
    profile: Profile | None = None
    """The profile it comes from; None: the URL was given."""

    @property
    def workspace(self) -> bool:
        """Whether it is the workspace of one's own, whose API is started when needed."""
        return self.profile is not None and self.profile.kind == "workspace"


def find_target(
    settings: Settings,
    *,
    url: str | None = None,
    profile: str | None = None,
    token: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Target | None:
    """The API to use; None when nothing says which. `SettingsError` when the profile asked for is not there.

    `DWTUI_TOKEN` goes nowhere but to `DWTUI_URL` where that is set; otherwise to whatever is chosen.
    """
    environment_url = environment.get("DWTUI_URL") or None
    environment_token = environment.get("DWTUI_TOKEN") or None
    if url is None and profile is None:
        url = environment_url
    if url is not None:
        known = _profile_at(settings, url)
        token = token or (environment_token if environment_url in (None, url) else None)
        return Target(url, token or (find_token(known) if known else None), known)
    name = profile or settings.default_profile
    if name is None:
        return None
    chosen = settings.profile(name)
    token = token or (environment_token if environment_url in (None, chosen.url) else None)
    return Target(chosen.url, token or find_token(chosen), chosen)


def _profile_at(settings: Settings, url: str) -> Profile | None:
    return next((profile for profile in settings.profiles.values() if profile.url == url), None)
