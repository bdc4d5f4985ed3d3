"""AWS KMS, against a local stand-in: contexts, changed bits, and errors that say who can fix them."""

import asyncio
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from dwtui.server.secrets import (
    CipherError,
    DecryptionError,
    KmsCipher,
    LocalKeyCipher,
    create_key_file,
    storage_context,
)

PLAIN = b'{"accessKey": "AKIAIOSFODNN7EXAMPLE", "secretKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}'
CONTEXT = storage_context("OR_00000001", "SB_00000001")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def kms(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/nonexistent",
        "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    return boto3.client("kms")


@pytest.fixture
def key(kms: Any) -> str:
    return str(kms.create_key()["KeyMetadata"]["Arn"])


def encrypt(cipher: KmsCipher, plain: bytes = PLAIN) -> bytes:
    return asyncio.run(cipher.encrypt(plain, CONTEXT))


def decrypt(cipher: KmsCipher, ciphertext: bytes, context: dict[str, str] = CONTEXT) -> bytes:
    return asyncio.run(cipher.decrypt(ciphertext, context))


def test_what_was_encrypted_is_decrypted_by_any_worker(key: str) -> None:
    assert decrypt(KmsCipher(key), encrypt(KmsCipher(key))) == PLAIN


async def test_what_holds_up_other_work_does_not_hold_up_secrets(key: str) -> None:
    """All threads that the process has for odd jobs wait for something slow."""
    loop, released = asyncio.get_running_loop(), threading.Event()
    loop.set_default_executor(ThreadPoolExecutor(1))
    slow = loop.run_in_executor(None, released.wait, 30)
    try:
        cipher = KmsCipher(key)
        assert await cipher.decrypt(await cipher.encrypt(PLAIN, CONTEXT), CONTEXT) == PLAIN
        assert not slow.done()
    finally:
        released.set()
        await slow


def test_the_key_may_be_named_by_an_alias_that_moves_on(kms: Any, key: str) -> None:
    kms.create_alias(AliasName="alias/moving", TargetKeyId=key)
    cipher = KmsCipher("alias/moving")
    old = encrypt(cipher)
    kms.update_alias(AliasName="alias/moving", TargetKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    assert decrypt(cipher, old) == PLAIN
    assert decrypt(cipher, encrypt(cipher)) == PLAIN


def test_moved_to_another_row_it_does_not_open(key: str) -> None:
    cipher = KmsCipher(key)
    ciphertext = encrypt(cipher)
    others = [
        storage_context("OR_00000001", "SB_00000002"),
        storage_context("OR_00000002", "SB_00000001"),
        {},
    ]
    for other in others:
        with pytest.raises(DecryptionError, match="belong to another storage"):
            decrypt(cipher, ciphertext, other)


def test_with_a_changed_bit_it_does_not_open(key: str) -> None:
    cipher = KmsCipher(key)
    ciphertext = encrypt(cipher, b"secret")
    for bit in range(0, len(ciphertext) * 8, 7):
        changed = bytearray(ciphertext)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CipherError):
            decrypt(cipher, bytes(changed))


def test_one_made_with_a_local_key_is_told_apart(key: str, tmp_path: Any) -> None:
    create_key_file(tmp_path / "key.json")
    local, remote = LocalKeyCipher(tmp_path / "key.json"), KmsCipher(key)
    made_locally = asyncio.run(local.encrypt(PLAIN, CONTEXT))
    assert remote.needs_reencryption(made_locally)
    assert not remote.needs_reencryption(encrypt(remote))
    with pytest.raises(DecryptionError, match="set the key file"):
        decrypt(remote, made_locally)
    with pytest.raises(DecryptionError, match="set the key they"):
        asyncio.run(local.decrypt(encrypt(remote), CONTEXT))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("DisabledException", "is disabled in AWS KMS. The operator .* by enabling it"),
        ("KMSInvalidStateException", "scheduled for deletion.* The operator .* by cancelling"),
        ("AccessDeniedException", "Whoever owns the KMS key can fix it"),
        ("InvalidKeyUsageException", "The operator .* by naming a symmetric key"),
        ("UnrecognizedClientException", "no valid AWS credentials"),
        ("ExpiredTokenException", "no valid AWS credentials"),
        ("SomethingNewException", "look for SomethingNewException in the log"),
    ],
)
def test_a_refusal_says_who_can_fix_it_and_names_no_key(
    key: str, monkeypatch: pytest.MonkeyPatch, answering: Any, code: str, says: str
) -> None:
    body = json.dumps({"__type": code, "message": f"{key}: User: arn:aws:iam::1:user/x is not authorized"})
    monkeypatch.setenv("AWS_ENDPOINT_URL", answering(400, body.encode()))
    for use in (lambda: encrypt(KmsCipher(key)), lambda: decrypt(KmsCipher(key), b"\x02" + b"x" * 100)):
        with pytest.raises(CipherError, match=says) as caught:
            use()
        assert not isinstance(caught.value, DecryptionError)
        assert "arn:" not in caught.value.message
        assert caught.value.code == "INTERNAL"


def test_a_key_that_does_not_exist(kms: Any) -> None:
    with pytest.raises(CipherError, match="does not know the application's encryption key"):
        encrypt(KmsCipher("alias/nowhere"))


def test_missing_credentials(kms: Any, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(CipherError, match="no valid AWS credentials"):
        encrypt(KmsCipher(key))


def test_a_missing_region(kms: Any, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    with pytest.raises(CipherError, match="name the key by its ARN"):
        encrypt(KmsCipher(key.rpartition("/")[2]))
    assert decrypt(KmsCipher(key), encrypt(KmsCipher(key))) == PLAIN


def test_a_kms_that_is_down_is_no_fault_of_the_keys(
    key: str, monkeypatch: pytest.MonkeyPatch, answering: Any
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", answering(503, b"{}"))
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # the retries' pauses
    with pytest.raises(CipherError, match="trying again later") as caught:
        decrypt(KmsCipher(key), b"\x02" + b"x" * 100)
    assert not isinstance(caught.value, DecryptionError)


def test_more_than_kms_takes_is_refused_before_it_is_sent(key: str) -> None:
    with pytest.raises(ValueError, match="4096"):
        encrypt(KmsCipher(key), b"x" * 4097)


def test_many_at_once_share_one_client(key: str) -> None:
    cipher = KmsCipher(key)

    async def all_at_once() -> list[bytes]:
        ciphertexts = await asyncio.gather(*(cipher.encrypt(PLAIN, CONTEXT) for _ in range(10)))
        return await asyncio.gather(*(cipher.decrypt(it, CONTEXT) for it in ciphertexts))

    assert asyncio.run(all_at_once()) == [PLAIN] * 10


@pytest.fixture
def answering(kms: Any) -> Iterator[Any]:
    """A stand-in that answers everything with one status and body."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    servers: list[HTTPServer] = []

    def start(status: int, body: bytes) -> str:
        class Always(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                self.send_header("Content-Type", "application/x-amz-json-1.1")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Always)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
