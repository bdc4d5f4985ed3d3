"""Where tokens are kept: in the keyring of the desktop where there is one, otherwise in a file of mode 0600.

The keyring is an optional part (`dwtui[keyring]`), and can be slow: it is given a few seconds.
"""

import json
import os
import stat
import threading
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, TypeVar

from dwtui.private_files import locked, write_private
from dwtui.settings import Profile, SettingsError, config_folder

KEYRING_SECONDS = 5.0
_SERVICE = "dwtui"
Place = Literal["keyring", "file"]
Result = TypeVar("Result")


class _NoKeyring(Exception):
    """There is no keyring, or it does not answer in time."""


def find_token(profile: Profile) -> str | None:
    """The token kept for a profile; None: not signed in."""
    try:
        token = _from_keyring(profile)
    except _NoKeyring:
        token = None
    return token or _read_file().get(_key(profile))


def keep_token(profile: Profile, token: str) -> Place:
    """Keep the token of a profile, in place of an older one; where it went."""
    if _kept_by_keyring(profile, token):
        _change_file(lambda tokens: {key: kept for key, kept in tokens.items() if key != _key(profile)})
        return "keyring"
    _change_file(lambda tokens: {**tokens, _key(profile): token})
    return "file"


def forget_token(profile: Profile) -> None:
    """Forget the token of a profile, wherever it is kept."""
    try:
        if _from_keyring(profile) is not None:
            _ask_keyring(lambda keyring: keyring.delete_password(_SERVICE, _key(profile)))
    except _NoKeyring:
        pass  # then it is in the file, or nowhere
    _change_file(lambda tokens: {key: token for key, token in tokens.items() if key != _key(profile)})


def tokens_path() -> Path:
    """The file for tokens."""
    return config_folder() / "tokens.json"


def _key(profile: Profile) -> str:
    # With the URL in it, a profile that is pointed elsewhere does not send its token there.
    return f"{profile.name} {profile.url}"


def _from_keyring(profile: Profile) -> str | None:
    found: str | None = _ask_keyring(lambda keyring: keyring.get_password(_SERVICE, _key(profile)))
    return found


def _kept_by_keyring(profile: Profile, token: str) -> bool:
    try:
        _ask_keyring(lambda keyring: keyring.set_password(_SERVICE, _key(profile), token))
        # A keyring that is switched off takes everything and keeps nothing.
        return _from_keyring(profile) == token
    except _NoKeyring:
        return False


def _ask_keyring(question: Callable[[Any], Result]) -> Result:
    if find_spec("keyring") is None:
        raise _NoKeyring
    answers: list[Result] = []
    asking = threading.Thread(target=_answer, args=(question, answers), daemon=True)
    asking.start()
    asking.join(KEYRING_SECONDS)
    if not answers:
        raise _NoKeyring
    return answers[0]


def _answer(question: Callable[[Any], Result], answers: list[Result]) -> None:
    import keyring

    try:
        answers.append(question(keyring))
    except Exception:  # noqa: BLE001  # each desktop's keyring fails in its own ways; the file takes over
        return


def _read_file() -> dict[str, str]:
    path = tokens_path()
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            exposed = stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077
            content = file.read()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"The tokens in {path} can not be read: {error.strerror}.") from error
    if exposed:
        raise SettingsError(
            f"{path} holds your tokens and can be read by others. Run `chmod 600 {path}`, renew them."
        )
    try:
        tokens = json.loads(content)
    except ValueError:
        tokens = None
    if not isinstance(tokens, dict) or not all(isinstance(token, str) for token in tokens.values()):
        raise SettingsError(f"{path} is not understood. Move it away, then sign in again: `dwtui login`.")
    return tokens


def _change_file(change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    path = tokens_path()
    try:
        with locked(path.with_name("tokens.lock")):
            kept = _read_file()
            changed = change(kept)
            if changed != kept:
                write_private(path, json.dumps(changed, indent=2).encode())
    except OSError as error:
        raise SettingsError(f"The tokens in {path} can not be written: {error.strerror}.") from error
