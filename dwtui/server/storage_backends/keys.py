"""Key pairs on their way into the database and out of it: sealed with the cipher, bound to organization and storage."""

import json

from dwtui.server.s3.keys import KeyPair
from dwtui.server.secrets import Cipher, storage_context
from dwtui.server.storage_backends.rows import StorageBackendRow


async def seal(cipher: Cipher, pair: KeyPair, organization_id: str, storage_id: str) -> bytes:
    """The encrypted pair. It decrypts for this organization and storage only."""
    plain = json.dumps([pair.access_key, pair.reveal()]).encode()
    return await cipher.encrypt(plain, storage_context(organization_id, storage_id))


async def unseal(cipher: Cipher, row: StorageBackendRow) -> KeyPair | None:
    """The key pair of a storage; None: blank keys. `sealed_keys` must have been loaded with the row."""
    if row.sealed_keys is None:
        return None
    plain = await cipher.decrypt(row.sealed_keys, storage_context(row.organization_id, row.id))
    access_key, secret_key = json.loads(plain)
    return KeyPair(access_key, secret_key)
