"""What a cipher is: encrypts the key pairs of storages, each bound to the row it belongs to."""

import json
from collections.abc import Mapping
from typing import Protocol

from dwtui.server.errors import ApplicationError


class CipherError(ApplicationError):
    """The application can not use its own encryption key. Says who can fix it, names no key."""


class DecryptionError(CipherError):
    """A ciphertext that was changed, belongs to another row, or was made with a key that is gone."""


class Cipher(Protocol):
    """Encrypts and decrypts small secrets. A ciphertext opens only in the context it was made for."""

    async def encrypt(self, plaintext: bytes, context: Mapping[str, str]) -> bytes:
        """The ciphertext of up to 4,096 bytes. Raises CipherError."""
        ...

    async def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> bytes:
        """What was encrypted. Raises DecryptionError, or CipherError when the key can not be used."""
        ...

    def needs_reencryption(self, ciphertext: bytes) -> bool:
        """Whether it was made with a key that is no longer the active one."""
        ...


def storage_context(organization_id: str, storage_id: str) -> dict[str, str]:
    """The context of a storage's key pair: moved to another storage's row, it does not decrypt."""
    return {"organization": organization_id, "storage": storage_id}


def canonical(context: Mapping[str, str]) -> bytes:
    """The context as bytes that are equal exactly when the contexts are."""
    return json.dumps(dict(context), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
