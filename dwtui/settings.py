"""Profiles and preferences of the person who runs dwtui, in `settings.json` of the configuration folder.

It is read before the first frame: plain dataclasses and JSON, nothing heavier.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

Kind = Literal["service", "workspace"]
VERSION = 1


class SettingsError(Exception):
    """The settings can not be used; the message says where they lie, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An API to work with: a service somewhere, or the workspace of one's own on this machine."""

    name: str
    url: str
    """`http(s)://host:port` or `unix:///path`."""
    kind: Kind = "service"
    organization: str | None = None
    """The id of the organization worked with, where there are several."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the program should look and behave. None: decided by the program."""

    theme: str | None = None
    read_only: bool = False
    mouse: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Change them with `change_settings`."""

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    default_profile: str | None = None
    preferences: Preferences = field(default_factory=Preferences)

    def profile(self, name: str) -> Profile:
        """The profile of that name, or an error that lists those there are."""
        if name in self.profiles:
            return self.profiles[name]
        known = ", ".join(sorted(self.profiles)) or "none yet"
        raise SettingsError(f"There is no profile {name!r}; there are: {known}. `dwtui login` adds one.")

    def with_profile(self, profile: Profile) -> "Settings":
        """These settings with a profile added or replaced; the first one becomes the default."""
        profiles = {**self.profiles, profile.name: profile}
        return replace(self, profiles=profiles, default_profile=self.default_profile or profile.name)

    def without_profile(self, name: str) -> "Settings":
        """These settings without a profile."""
        profiles = {other: profile for other, profile in self.profiles.items() if other != name}
        default = self.default_profile if self.default_profile in profiles else next(iter(profiles), None)
        return replace(self, profiles=profiles, default_profile=default)


def config_folder() -> Path:
    """Where settings and tokens lie. `XDG_CONFIG_HOME` moves it."""
    from platformdirs import user_config_path

    return user_config_path("dwtui", appauthor=False)


def data_folder() -> Path:
    """Where the workspace of one's own lies. `XDG_DATA_HOME` moves it."""
    from platformdirs import user_data_path

    return user_data_path("dwtui", appauthor=False)


def settings_path() -> Path:
    """The file with the settings."""
    return config_folder() / "settings.json"


def load_settings() -> Settings:
    """The settings as they are now; a newcomer's where there is no file. `SettingsError` when broken."""
    path = settings_path()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"The settings in {path} can not be read: {error.strerror}.") from error
    try:
        return _from_document(json.loads(content))
    except (ValueError, RecursionError) as error:
        reason = (
            f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
        )
        raise SettingsError(
            f"The settings in {path} are not understood ({reason}). Mend the file or move it away."
        ) from error


def change_settings(change: Callable[[Settings], Settings]) -> Settings:
    """Read, change and write the settings, with no other process in between. A broken file stays."""
    from dwtui.private_files import locked, write_private

    path = settings_path()
    try:
        with locked(path.with_name("settings.lock")):
            changed = change(load_settings())
            text = json.dumps(_document(changed), indent=2, ensure_ascii=False) + "\n"
            write_private(path, text.encode())
            return changed
    except OSError as error:
        raise SettingsError(f"The settings in {path} can not be written: {error.strerror}.") from error


def _document(settings: Settings) -> dict[str, Any]:
    profiles = {name: asdict(profile) for name, profile in settings.profiles.items()}
    for document in profiles.values():
        del document["name"]
    return {
        "version": VERSION,
        "default_profile": settings.default_profile,
        "profiles": profiles,
        "preferences": asdict(settings.preferences),
    }


def _from_document(document: Any) -> Settings:
    given = _mapping(document, "the file")
    if given.get("version") != VERSION:
        raise ValueError(f"version {given.get('version')!r}, this program knows version {VERSION}")
    _only(given, {"version", "default_profile", "profiles", "preferences"}, "the file")
    profiles = {
        name: Profile(name=name, **_values(Profile, entry, f"profile {name!r}", {"name"}))
        for name, entry in _mapping(given.get("profiles", {}), "profiles").items()
    }
    default = given.get("default_profile")
    if default is not None and default not in profiles:
        raise ValueError(f"default_profile is {default!r}, which is no profile")
    preferences = Preferences(**_values(Preferences, given.get("preferences", {}), "preferences", set()))
    return Settings(profiles=profiles, default_profile=default, preferences=preferences)


_TYPES: Mapping[Any, tuple[type, ...]] = {
    str: (str,),
    bool: (bool,),
    str | None: (str, type(None)),
    Kind: (str,),
}


def _values(
    kind: type[Profile] | type[Preferences], entry: Any, where: str, apart: set[str]
) -> dict[str, Any]:
    """The values of a dataclass as a file gives them, each of the right type."""
    given = _mapping(entry, where)
    known = {one.name: one for one in fields(kind) if one.name not in apart}
    _only(given, set(known), where)
    for name, value in given.items():
        if not isinstance(value, _TYPES[known[name].type]):
            raise ValueError(f"{name} of {where} is {value!r}")
    if given.get("kind") is not None and given["kind"] not in get_args(Kind):
        raise ValueError(f"kind of {where} is {given['kind']!r}")
    if kind is Profile and "url" not in given:
        raise ValueError(f"{where} has no url")
    return dict(given)


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{where} is no object")
    return value


def _only(given: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise ValueError(f"{where} holds {unknown[0]!r}, which means nothing")
