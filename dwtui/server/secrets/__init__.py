"""Ciphers for the key pairs of storages: AWS KMS, or a local key file."""

from dwtui.server.secrets.cipher import Cipher, CipherError, DecryptionError, storage_context
from dwtui.server.secrets.key_file import create_key_file, remove_old_keys, rotate_key_file
from dwtui.server.secrets.kms import KmsCipher
from dwtui.server.secrets.local import LocalKeyCipher
from dwtui.server.settings import ServerSettings

__all__ = [
    "Cipher",
    "CipherError",
    "DecryptionError",
    "KmsCipher",
    "LocalKeyCipher",
    "create_key_file",
    "open_cipher",
    "remove_old_keys",
    "rotate_key_file",
    "storage_context",
]


def open_cipher(settings: ServerSettings) -> Cipher:
    """The cipher the settings ask for. Raises CipherError when the key file can not be used."""
    if settings.kms_key is not None:
        return KmsCipher(settings.kms_key)
    assert settings.local_key_file is not None  # the settings have one of the two
    return LocalKeyCipher(settings.local_key_file)
