"""Tokens are kept where nobody else reads them, and go nowhere but to their API."""

import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from dwtui import tokens
from dwtui.settings import Profile, Settings, SettingsError
from dwtui.target import Target, find_target
from dwtui.tokens import find_token, forget_token, keep_token, tokens_path

WORK = Profile("work", "https://api.example.org")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


class Keyring(ModuleType):
    """A desktop's keyring, as the `keyring` package shows it."""

    def __init__(self, folder: Path) -> None:
        super().__init__("keyring")
        self.__file__ = str(folder / "keyring.py")
        self.__spec__ = __import__("importlib.machinery", fromlist=["x"]).ModuleSpec("keyring", None)
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = threading.Event()
        self.locked.set()

    def get_password(self, service: str, name: str) -> str | None:
        self.locked.wait()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        if not self.locked.is_set():
            # who was kept waiting too long is not written late, over what came after it
            self.locked.wait()
            raise RuntimeError("the dialogue was dismissed")
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Keyring]:
    it = Keyring(tmp_path)
    monkeypatch.setitem(sys.modules, "keyring", it)
    monkeypatch.setattr(tokens, "KEYRING_SECONDS", 1)
    yield it
    it.locked.set()


def test_without_a_keyring_a_private_file_keeps_them() -> None:
    assert keep_token(WORK, "dwt_one") == "file"
    assert stat.S_IMODE(tokens_path().stat().st_mode) == 0o600
    assert find_token(WORK) == "dwt_one"
    keep_token(WORK, "dwt_two")
    assert find_token(WORK) == "dwt_two"
    forget_token(WORK)
    assert find_token(WORK) is None


def test_a_keyring_is_preferred_and_leaves_nothing_in_the_file(keyring: Keyring) -> None:
    keyring.locked.clear()
    assert keep_token(WORK, "dwt_one") == "file"
    keyring.locked.set()
    assert keep_token(WORK, "dwt_two") == "keyring"
    assert "dwt_" not in tokens_path().read_text()
    assert find_token(WORK) == "dwt_two"
    forget_token(WORK)
    assert keyring.kept == {}
    assert find_token(WORK) is None


def test_a_keyring_that_does_not_answer_is_not_waited_for(keyring: Keyring) -> None:
    tokens_path().parent.mkdir(exist_ok=True)
    keyring.locked.clear()
    assert find_token(WORK) is None
    assert keep_token(WORK, "dwt_one") == "file"
    assert find_token(WORK) == "dwt_one"


def test_a_keyring_that_keeps_nothing_is_found_out(keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "set_password", lambda *_: None)
    assert keep_token(WORK, "dwt_one") == "file"
    assert find_token(WORK) == "dwt_one"


def test_a_failing_keyring_is_passed_over(keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: str) -> None:
        raise OSError("no session bus")

    monkeypatch.setattr(keyring, "get_password", fail)
    monkeypatch.setattr(keyring, "set_password", fail)
    assert keep_token(WORK, "dwt_one") == "file"
    assert find_token(WORK) == "dwt_one"


def test_a_file_that_others_can_read_is_not_used() -> None:
    keep_token(WORK, "dwt_one")
    tokens_path().chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        find_token(WORK)


def test_a_broken_file_is_left_alone() -> None:
    keep_token(WORK, "dwt_one")
    tokens_path().write_text("{")
    with pytest.raises(SettingsError, match="not understood"):
        keep_token(WORK, "dwt_two")
    assert tokens_path().read_text() == "{"


def test_a_link_in_its_place_is_not_followed(home: Path) -> None:
    (home / "elsewhere").write_text("{}")
    tokens_path().parent.mkdir(exist_ok=True)
    tokens_path().symlink_to(home / "elsewhere")
    with pytest.raises(SettingsError):
        find_token(WORK)


def test_a_profile_that_is_pointed_elsewhere_has_no_token_there() -> None:
    keep_token(WORK, "dwt_one")
    assert find_token(Profile("work", "https://evil.example.org")) is None


SETTINGS = Settings().with_profile(WORK).with_profile(Profile("lab", "https://lab.example.org"))


@pytest.mark.parametrize(
    ("said", "environment", "target"),
    [
        ({}, {}, ("https://api.example.org", "dwt_work")),
        ({"profile": "lab"}, {}, ("https://lab.example.org", None)),
        ({"url": "https://api.example.org"}, {}, ("https://api.example.org", "dwt_work")),
        ({"url": "https://new.example.org"}, {}, ("https://new.example.org", None)),
        ({}, {"DWTUI_TOKEN": "dwt_env"}, ("https://api.example.org", "dwt_env")),
        (
            {},
            {"DWTUI_URL": "https://env.example.org", "DWTUI_TOKEN": "dwt_env"},
            ("https://env.example.org", "dwt_env"),
        ),
        ({}, {"DWTUI_URL": "https://env.example.org"}, ("https://env.example.org", None)),
        (
            {"profile": "lab"},
            {"DWTUI_URL": "https://env.example.org", "DWTUI_TOKEN": "dwt_env"},
            ("https://lab.example.org", None),
        ),
        (
            {"url": "https://u.example.org", "token": "dwt_given"},
            {"DWTUI_TOKEN": "dwt_env"},
            ("https://u.example.org", "dwt_given"),
        ),
        ({}, {"DWTUI_URL": ""}, ("https://api.example.org", "dwt_work")),
    ],
)
def test_who_decides(
    said: dict[str, str], environment: dict[str, str], target: tuple[str, str | None]
) -> None:
    keep_token(WORK, "dwt_work")
    found = find_target(SETTINGS, **said, environment=environment)
    assert found is not None
    assert (found.url, found.token) == target


def test_with_nothing_said_and_nothing_set_there_is_no_target() -> None:
    assert find_target(Settings(), environment={}) is None
    assert find_target(Settings(), environment={"DWTUI_TOKEN": "dwt_env"}) is None


def test_the_token_is_in_no_repr() -> None:
    assert "dwt_secret" not in repr(Target("https://x", "dwt_secret"))
