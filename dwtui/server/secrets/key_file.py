"""The local key file: AES-256 keys, one of them active. For its owner only; every change is atomic."""

import base64
import binascii
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dwtui.server.secrets.cipher import CipherError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """The keys of a key file: 32 bytes each, by id. `active` names the one that encrypts."""

    active: str
    keys: dict[str, bytes] = field(repr=False)
    made: dict[str, str] = field(repr=False)

    def __post_init__(self) -> None:
        if self.active not in self.keys:
            raise ValueError("the active key is not among the keys")


def create_key_file(path: Path) -> LocalKeys:
    """Make a key file with one key, mode 0600. Raises CipherError when there is a file already."""
    key_id, key = _new_key(())
    keys = LocalKeys(key_id, {key_id: key}, {key_id: _now()})
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise CipherError(f"There is a key file at {path} already; it is kept as it is.") from None
    except OSError as error:
        raise CipherError(f"The key file {path} can not be made: {error.strerror}.") from None
    try:
        _write(descriptor, keys)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _sync_directory(path)
    return keys


def read_key_file(path: Path) -> LocalKeys:
    """The keys in a key file. Raises CipherError when it is missing, damaged, or others may read it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise CipherError(
            f"There is no key file at {path}. The operator can name another, or make one."
        ) from None
    except OSError as error:
        raise CipherError(f"The key file {path} can not be read: {error.strerror}.") from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise CipherError(f"The key file {path} is not a regular file.")
        if stat.S_IMODE(status.st_mode) & 0o077:
            raise CipherError(
                f"The key file {path} can be read by others (mode {stat.S_IMODE(status.st_mode):04o}). "
                f"Its owner can fix that: chmod 600 {path}"
            )
        content = file.read()
    try:
        return _parse(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise CipherError(
            f"The key file {path} is damaged: it is not the JSON that dwtui writes. Restore it from a backup."
        ) from None


def rotate_key_file(path: Path) -> LocalKeys:
    """Add a new key and make it the active one; the old ones stay, for what they have encrypted."""
    with _changing(path) as keys:
        key_id, key = _new_key(keys.keys)
        return _replace(path, LocalKeys(key_id, {**keys.keys, key_id: key}, {**keys.made, key_id: _now()}))


def remove_old_keys(path: Path, still_used: Collection[str]) -> list[str]:
    """Remove the keys that are neither active nor in `still_used` (ids); gives the ids removed."""
    with _changing(path) as keys:
        removed = sorted(set(keys.keys) - {keys.active} - set(still_used))
        if removed:
            _replace(
                path,
                LocalKeys(
                    keys.active,
                    {key_id: key for key_id, key in keys.keys.items() if key_id not in removed},
                    {key_id: made for key_id, made in keys.made.items() if key_id not in removed},
                ),
            )
        return removed


def _parse(content: Any) -> LocalKeys:
    if content["version"] != 1:
        raise ValueError("unknown version")
    keys = {}
    for key_id, entry in content["keys"].items():
        key = base64.b64decode(entry["key"], validate=True)
        if len(key) != KEY_BYTES or not key_id.isascii() or not 0 < len(key_id) < 256:
            raise ValueError("not an AES-256 key")
        keys[key_id] = key
    made = {key_id: str(entry["made"]) for key_id, entry in content["keys"].items()}
    return LocalKeys(content["active"], keys, made)


def _new_key(taken: Collection[str]) -> tuple[str, bytes]:
    while (key_id := secrets.token_hex(4)) in taken:
        pass
    return key_id, secrets.token_bytes(KEY_BYTES)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _write(descriptor: int, keys: LocalKeys) -> None:
    entries = {
        key_id: {"key": base64.b64encode(key).decode("ascii"), "made": keys.made[key_id]}
        for key_id, key in keys.keys.items()
    }
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        os.fchmod(file.fileno(), 0o600)
        json.dump({"version": 1, "active": keys.active, "keys": entries}, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, keys: LocalKeys) -> LocalKeys:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        _write(descriptor, keys)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_directory(path)
    return keys


def _sync_directory(path: Path) -> None:
    """Make the new name itself survive a crash."""
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _changing(path: Path) -> Iterator[LocalKeys]:
    """One change at a time, so that two of them at once can not lose a key."""
    read_key_file(path)
    lock = os.open(
        path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
    )
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield read_key_file(path)
    finally:
        os.close(lock)
