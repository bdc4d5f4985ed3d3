"""AES-256-GCM with keys from a local file.

A ciphertext is `1`, the length and text of the key's id, a nonce of 12 bytes, then AES-GCM's output.
What stands before the nonce, and the context, is authenticated with it.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path

from dwtui.server.secrets.cipher import DecryptionError, canonical
from dwtui.server.secrets.key_file import read_key_file

VERSION = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16


class LocalKeyCipher:
    """Encrypts with the active key of a key file.

    The file is read each time: a key that was rotated out must not encrypt any more, and one that was removed from the
    file is nowhere in the process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        read_key_file(path)  # it says at the start what is wrong

    def __repr__(self) -> str:
        return f"<LocalKeyCipher {str(self._path)!r}>"

    async def encrypt(self, plaintext: bytes, context: Mapping[str, str]) -> bytes:
        """As in Cipher."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        keys = read_key_file(self._path)
        key_id = keys.active
        header = VERSION + bytes([len(key_id)]) + key_id.encode("ascii")
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(keys.keys[key_id]).encrypt(nonce, plaintext, header + canonical(context))
        return header + nonce + sealed

    async def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> bytes:
        """As in Cipher."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        header, key_id = _header(ciphertext)
        key = self._key(key_id)
        body = ciphertext[len(header) :]
        try:
            return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], header + canonical(context))
        except InvalidTag:
            raise DecryptionError(
                "Stored keys can not be decrypted: they were changed, or belong to another storage. "
                "Giving the storage its keys anew fixes it."
            ) from None

    def needs_reencryption(self, ciphertext: bytes) -> bool:
        """As in Cipher."""
        return self.key_id_of(ciphertext) != read_key_file(self._path).active

    def key_id_of(self, ciphertext: bytes) -> str:
        """The id of the key it was made with. Raises DecryptionError when it is no local ciphertext."""
        return _header(ciphertext)[1]

    def _key(self, key_id: str) -> bytes:
        key = read_key_file(self._path).keys.get(key_id)
        if key is None:
            raise DecryptionError(
                "Stored keys were encrypted with a key that is not in the application's key file. "
                "The operator of this application can restore the key file from a backup."
            )
        return key


def _header(ciphertext: bytes) -> tuple[bytes, str]:
    if ciphertext[:1] != VERSION or len(ciphertext) < 2:
        raise DecryptionError(
            "Stored keys were not encrypted with a local key. "
            "The operator of this application can set the key they were encrypted with."
        )
    end = 2 + ciphertext[1]
    if len(ciphertext) < end + NONCE_BYTES + TAG_BYTES:
        raise DecryptionError("Stored keys are cut short. Giving the storage its keys anew fixes it.")
    return ciphertext[:end], ciphertext[2:end].decode("ascii", "replace")
