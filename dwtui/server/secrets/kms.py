"""AWS KMS. A ciphertext is `2`, then KMS's own blob: it names the key and authenticates the context."""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from dwtui.server.secrets.cipher import CipherError, DecryptionError

if TYPE_CHECKING:
    from botocore.exceptions import BotoCoreError, ClientError
    from mypy_boto3_kms import KMSClient

VERSION = b"\x02"
PLAINTEXT_BYTES = 4096
THREADS = 8

_log = logging.getLogger(__name__)

_OPERATOR = "The operator of this application can fix it"
_REASONS: dict[str, str] = {
    "NotFoundException": "AWS KMS does not know the application's encryption key. "
    f"{_OPERATOR}: the setting must name a key or alias of this account and region.",
    "DisabledException": "The application's encryption key is disabled in AWS KMS. "
    f"{_OPERATOR} by enabling it.",
    "KMSInvalidStateException": "The application's encryption key can not be used in its present state "
    f"(it may be scheduled for deletion). {_OPERATOR} by cancelling the deletion.",
    "AccessDeniedException": "The application's identity may not use its encryption key. "
    "Whoever owns the KMS key can fix it: allow kms:Encrypt and kms:Decrypt in IAM and in the key policy.",
    "InvalidKeyUsageException": "The application's encryption key is not one for encrypting and decrypting. "
    f"{_OPERATOR} by naming a symmetric key.",
}
_BAD_CREDENTIALS = {
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "ExpiredTokenException",
    "IncompleteSignatureException",
}


class KmsCipher:
    """Encrypts with a KMS key: its ARN, its id or `alias/…`. Calls run in threads of its own, one client for all."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._client: KMSClient | None = None
        self._making = threading.Lock()
        # Whatever else in the process waits for something slow does not hold up the secrets.
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="kms")

    def __repr__(self) -> str:
        return f"<KmsCipher {self._key!r}>"

    async def encrypt(self, plaintext: bytes, context: Mapping[str, str]) -> bytes:
        """As in Cipher."""
        if len(plaintext) > PLAINTEXT_BYTES:
            raise ValueError(f"KMS encrypts at most {PLAINTEXT_BYTES} bytes")
        return await self._apart(self._encrypt, plaintext, dict(context))

    async def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> bytes:
        """As in Cipher."""
        if ciphertext[:1] != VERSION:
            raise DecryptionError(
                "Stored keys were not encrypted with AWS KMS. "
                "The operator of this application can set the key file they were encrypted with."
            )
        return await self._apart(self._decrypt, ciphertext[1:], dict(context))

    def needs_reencryption(self, ciphertext: bytes) -> bool:
        """As in Cipher. KMS itself rotates a key's material, and keeps the old for decrypting."""
        return ciphertext[:1] != VERSION

    async def _apart(self, call: Callable[[bytes, dict[str, str]], bytes], *given: Any) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._pool, call, *given)

    def _encrypt(self, plaintext: bytes, context: dict[str, str]) -> bytes:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self._kms().encrypt(KeyId=self._key, Plaintext=plaintext, EncryptionContext=context)
        except (ClientError, BotoCoreError) as error:
            raise self._explained(error) from None
        return VERSION + answer["CiphertextBlob"]

    def _decrypt(self, blob: bytes, context: dict[str, str]) -> bytes:
        from botocore.exceptions import BotoCoreError, ClientError

        # No KeyId: the blob names its key, so an alias may be pointed to a new key while old ciphertexts
        # still open. Which keys are trusted is for the IAM policy of the application to say.
        try:
            answer = self._kms().decrypt(CiphertextBlob=blob, EncryptionContext=context)
        except (ClientError, BotoCoreError) as error:
            raise self._explained(error) from None
        return answer["Plaintext"]

    def _kms(self) -> "KMSClient":
        with self._making:
            if self._client is None:
                import boto3
                from botocore.config import Config

                config = Config(
                    connect_timeout=5, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3}
                )
                region = self._key.split(":")[3] if self._key.startswith("arn:") else None
                self._client = boto3.session.Session().client("kms", region_name=region, config=config)
            return self._client

    def _explained(self, error: "ClientError | BotoCoreError") -> CipherError:
        response = getattr(error, "response", {})
        code = response.get("Error", {}).get("Code", type(error).__name__)
        _log.error("KMS refused with %s for the key %s", code, self._key)
        if code in ("InvalidCiphertextException", "IncorrectKeyException"):
            return DecryptionError(
                "Stored keys can not be decrypted: they were changed, or belong to another storage. "
                "Giving the storage its keys anew fixes it."
            )
        if code in _REASONS:
            return CipherError(_REASONS[code])
        if code in _BAD_CREDENTIALS or code in ("NoCredentialsError", "PartialCredentialsError"):
            return CipherError(f"The application has no valid AWS credentials for AWS KMS. {_OPERATOR}.")
        if code == "NoRegionError":
            return CipherError(
                "The application does not know the region of its encryption key. "
                f"{_OPERATOR}: name the key by its ARN, or set AWS_REGION."
            )
        return CipherError(
            "AWS KMS did not answer as it should; trying again later may help. "
            f"If it goes on, the operator of this application can look for {code} in the log."
        )
