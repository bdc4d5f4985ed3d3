"""The local key: what it refuses to open, how it is kept, how it is rotated."""

import asyncio
import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dwtui.server.secrets import (
    CipherError,
    DecryptionError,
    LocalKeyCipher,
    create_key_file,
    open_cipher,
    remove_old_keys,
    rotate_key_file,
    storage_context,
)
from dwtui.server.settings import load_settings

PLAIN = b'{"accessKey": "AKIAIOSFODNN7EXAMPLE", "secretKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}'
CONTEXT = storage_context("OR_00000001", "SB_00000001")

within = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_key_file(tmp_path / "key.json")
    return tmp_path / "key.json"


@pytest.fixture
def cipher(path: Path) -> LocalKeyCipher:
    return LocalKeyCipher(path)


def encrypt(cipher: LocalKeyCipher, plain: bytes = PLAIN, context: Any = CONTEXT) -> bytes:
    return asyncio.run(cipher.encrypt(plain, context))


def decrypt(cipher: LocalKeyCipher, ciphertext: bytes, context: Any = CONTEXT) -> bytes:
    return asyncio.run(cipher.decrypt(ciphertext, context))


class TestCiphertext:
    @within
    @given(plain=st.binary(max_size=300), context=st.dictionaries(st.text(), st.text(), max_size=3))
    def test_what_was_encrypted_is_decrypted(self, path: Path, plain: bytes, context: dict[str, str]) -> None:
        cipher = LocalKeyCipher(path)
        assert decrypt(cipher, encrypt(cipher, plain, context), dict(reversed(context.items()))) == plain

    @within
    @given(
        made_for=st.dictionaries(st.text(max_size=6), st.text(max_size=6), max_size=3),
        moved_to=st.dictionaries(st.text(max_size=6), st.text(max_size=6), max_size=3),
    )
    def test_moved_to_another_context_it_does_not_open(
        self, path: Path, made_for: dict[str, str], moved_to: dict[str, str]
    ) -> None:
        cipher = LocalKeyCipher(path)
        ciphertext = encrypt(cipher, PLAIN, made_for)
        if made_for == moved_to:
            assert decrypt(cipher, ciphertext, moved_to) == PLAIN
        else:
            with pytest.raises(DecryptionError):
                decrypt(cipher, ciphertext, moved_to)

    def test_moved_to_another_row_it_does_not_open(self, cipher: LocalKeyCipher) -> None:
        ciphertext = encrypt(cipher)
        for other in (
            storage_context("OR_00000001", "SB_00000002"),
            storage_context("OR_00000002", "SB_00000001"),
        ):
            with pytest.raises(DecryptionError, match="belong to another storage"):
                decrypt(cipher, ciphertext, other)

    def test_with_any_single_bit_changed_it_does_not_open(self, cipher: LocalKeyCipher) -> None:
        ciphertext = encrypt(cipher, b"secret")
        for bit in range(len(ciphertext) * 8):
            changed = bytearray(ciphertext)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises(DecryptionError):
                decrypt(cipher, bytes(changed))

    def test_cut_short_or_lengthened_it_does_not_open(self, cipher: LocalKeyCipher) -> None:
        ciphertext = encrypt(cipher, b"")
        for wrong in [ciphertext[:size] for size in range(len(ciphertext))] + [ciphertext + b"\0"]:
            with pytest.raises(DecryptionError):
                decrypt(cipher, wrong)

    def test_the_same_text_never_looks_the_same_and_never_shows(self, cipher: LocalKeyCipher) -> None:
        ciphertexts = {encrypt(cipher) for _ in range(50)}
        assert len(ciphertexts) == 50
        assert not any(b"wJalr" in ciphertext for ciphertext in ciphertexts)

    def test_another_installations_key_does_not_open_it(self, cipher: LocalKeyCipher, tmp_path: Path) -> None:
        create_key_file(tmp_path / "other.json")
        with pytest.raises(DecryptionError, match="restore the key file"):
            decrypt(LocalKeyCipher(tmp_path / "other.json"), encrypt(cipher))


class TestKeyFile:
    def test_it_is_made_for_its_owner_alone_whatever_the_umask(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            create_key_file(tmp_path / "key.json")
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "key.json").stat().st_mode) == 0o600

    def test_one_that_exists_is_never_overwritten(self, path: Path) -> None:
        content = path.read_bytes()
        with pytest.raises(CipherError, match="already"):
            create_key_file(path)
        assert path.read_bytes() == content

    def test_it_is_not_made_through_a_symbolic_link(self, tmp_path: Path) -> None:
        (tmp_path / "key.json").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(CipherError):
            create_key_file(tmp_path / "key.json")
        assert not (tmp_path / "elsewhere").exists()

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666, 0o610])
    def test_one_that_others_may_touch_is_refused_with_the_way_to_fix_it(self, path: Path, mode: int) -> None:
        path.chmod(mode)
        with pytest.raises(CipherError, match=f"chmod 600 {path}"):
            LocalKeyCipher(path)
        path.chmod(0o400)
        assert decrypt(LocalKeyCipher(path), encrypt(LocalKeyCipher(path))) == PLAIN

    @pytest.mark.parametrize(
        "content",
        [b"", b"{}", b"[]", b"null", b"\xff", b'{"version": 2, "active": "a", "keys": {}}',
         b'{"version": 1, "active": "a", "keys": {}}',
         b'{"version": 1, "active": "a", "keys": {"a": {"key": "c2hvcnQ=", "made": ""}}}',
         b'{"version": 1, "active": "a", "keys": {"a": {"key": "not base64", "made": ""}}}',
         b'{"version": 1, "active": "a", "keys": ["a"]}'],
    )  # fmt: skip
    def test_a_damaged_one_is_refused(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        with pytest.raises(CipherError, match="damaged"):
            LocalKeyCipher(path)

    def test_a_missing_one_is_said_to_be_missing(self, tmp_path: Path) -> None:
        with pytest.raises(CipherError, match="no key file at"):
            LocalKeyCipher(tmp_path / "nowhere.json")

    def test_no_key_shows_in_a_repr_or_an_error(self, path: Path, cipher: LocalKeyCipher) -> None:
        key = next(iter(json.loads(path.read_text())["keys"].values()))["key"]
        keys = rotate_key_file(path)
        shown = repr(cipher) + str(vars(cipher)) + repr(keys)
        assert key not in shown
        assert repr(next(iter(keys.keys.values()))) not in shown

    def test_the_settings_name_it(self, path: Path) -> None:
        settings = load_settings(
            database_url="sqlite:///x.db", application_bucket="application", local_key_file=path
        )
        cipher = open_cipher(settings)
        assert asyncio.run(cipher.decrypt(encrypt(LocalKeyCipher(path)), CONTEXT)) == PLAIN


class TestRotation:
    def test_old_ciphertexts_open_and_new_ones_use_the_new_key(
        self, path: Path, cipher: LocalKeyCipher
    ) -> None:
        old = encrypt(cipher)
        assert not cipher.needs_reencryption(old)
        rotate_key_file(path)
        # the cipher was open all the while, as in a running server
        assert cipher.needs_reencryption(old)
        assert decrypt(cipher, old) == PLAIN
        new = encrypt(cipher)
        assert not cipher.needs_reencryption(new)
        assert decrypt(LocalKeyCipher(path), new) == PLAIN
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_only_keys_that_nothing_needs_are_removed(self, path: Path, cipher: LocalKeyCipher) -> None:
        first = encrypt(cipher)
        rotate_key_file(path)
        second = encrypt(cipher)
        rotate_key_file(path)
        third = encrypt(cipher)
        gone = remove_old_keys(path, still_used={cipher.key_id_of(second)})
        assert gone == [cipher.key_id_of(first)]
        fresh = LocalKeyCipher(path)
        assert decrypt(fresh, second) == decrypt(fresh, third) == PLAIN
        with pytest.raises(DecryptionError, match="restore the key file"):
            decrypt(fresh, first)
        assert remove_old_keys(path, still_used=()) == [cipher.key_id_of(second)]
        assert remove_old_keys(path, still_used=()) == []
        assert decrypt(LocalKeyCipher(path), third) == PLAIN

    def test_a_server_forgets_a_key_as_soon_as_it_is_removed(
        self, path: Path, cipher: LocalKeyCipher
    ) -> None:
        old = encrypt(cipher)
        rotate_key_file(path)
        assert decrypt(cipher, old) == PLAIN
        remove_old_keys(path, still_used=())
        with pytest.raises(DecryptionError, match="restore the key file"):
            decrypt(cipher, old)

    def test_a_server_does_not_encrypt_with_a_key_that_was_lost(
        self, path: Path, cipher: LocalKeyCipher
    ) -> None:
        path.unlink()
        with pytest.raises(CipherError, match="no key file"):
            encrypt(cipher)

    def test_rotations_at_once_lose_no_key(self, path: Path) -> None:
        cipher = LocalKeyCipher(path)
        ciphertexts = [encrypt(cipher)]
        threads = [threading.Thread(target=rotate_key_file, args=(path,)) for _ in range(8)]
        for thread in threads:
            thread.start()
            ciphertexts.append(encrypt(cipher))
        for thread in threads:
            thread.join()
        assert len(json.loads(path.read_text())["keys"]) == 9
        assert all(decrypt(LocalKeyCipher(path), ciphertext) == PLAIN for ciphertext in ciphertexts)

    def test_a_rotation_that_fails_leaves_the_file_as_it_was(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = path.read_bytes()

        def disk_full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", disk_full)
        with pytest.raises(OSError, match="No space"):
            rotate_key_file(path)
        assert path.read_bytes() == content
        assert {it.name for it in path.parent.iterdir()} <= {"key.json", ".key.json.lock"}
