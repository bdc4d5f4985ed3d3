"""Settings are kept whole, privately, and never lost to a mistake."""

import json
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.settings import (
    Preferences,
    Profile,
    Settings,
    SettingsError,
    _document,
    _from_document,
    change_settings,
    load_settings,
    settings_path,
)

WORK = Profile("work", "https://api.example.org")
NAMES = st.text(min_size=1, max_size=20)
PROFILES = st.builds(
    Profile, NAMES, st.text(), st.sampled_from(["service", "workspace"]), st.none() | st.text()
)
PREFERENCES = st.builds(Preferences, st.none() | st.text(), st.booleans(), st.booleans())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@given(st.lists(PROFILES), PREFERENCES)
def test_settings_survive_being_written_down(profiles: list[Profile], preferences: Preferences) -> None:
    settings = Settings(preferences=preferences)
    for profile in profiles:
        settings = settings.with_profile(profile)
    assert _from_document(json.loads(json.dumps(_document(settings)))) == settings


def test_a_newcomer_has_none() -> None:
    assert load_settings() == Settings()
    assert not settings_path().exists()


def test_the_first_profile_is_the_default_until_it_goes() -> None:
    change_settings(lambda settings: settings.with_profile(WORK))
    change_settings(lambda settings: settings.with_profile(Profile("own", "unix:///x", "workspace")))
    assert load_settings().default_profile == "work"
    change_settings(lambda settings: settings.without_profile("work"))
    assert load_settings().default_profile == "own"
    change_settings(lambda settings: settings.without_profile("own"))
    assert load_settings() == Settings()


def test_nobody_else_may_read_them() -> None:
    change_settings(lambda settings: settings.with_profile(WORK))
    assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600
    assert [path.name for path in settings_path().parent.iterdir() if path.name.startswith(".")] == []


def test_two_who_change_them_at_once_lose_nothing() -> None:
    def add(number: int) -> None:
        change_settings(lambda settings: settings.with_profile(Profile(f"p{number}", "https://x")))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(load_settings().profiles) == 8


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1"),
        ("[]", "no object"),
        ("{}", "version None"),
        ('{"version": 2}', "version 2"),
        ('{"version": 1, "theem": "dark"}', "theem"),
        ('{"version": 1, "profiles": {"a": {}}}', "no url"),
        ('{"version": 1, "profiles": {"a": {"url": 5}}}', "url of profile 'a'"),
        ('{"version": 1, "profiles": {"a": {"url": "x", "kind": "new"}}}', "kind of profile 'a'"),
        ('{"version": 1, "preferences": {"mouse": "yes"}}', "mouse"),
        ('{"version": 1, "default_profile": "gone"}', "gone"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_broken_file_is_explained_and_left_alone(text: str, reason: str) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(text)
    with pytest.raises(SettingsError, match=reason) as caught:
        load_settings()
    assert str(settings_path()) in str(caught.value)
    with pytest.raises(SettingsError):
        change_settings(lambda settings: settings.with_profile(WORK))
    assert settings_path().read_text() == text


def test_a_folder_that_can_not_be_written_is_explained(home: Path) -> None:
    (home / "config").write_text("a file where the folder should be")
    with pytest.raises(SettingsError, match="can not be"):
        change_settings(lambda settings: replace(settings, default_profile=None))


def test_a_missing_profile_names_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"'home'.*work"):
        Settings().with_profile(WORK).profile("home")
