"""Endpoints with TLS: trusted ones are asked, others are not."""

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.results import Actor, Probe, ProbeStatus
from tests.server.s3.verifying import DATA, result, verified

KEYS = KeyPair("AKIAEXAMPLE123456789", "some-secret-key")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate that vouches for itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@pytest.fixture
def endpoint(certificate: Path) -> Iterator[str]:
    """An HTTPS server that knows no operation at all."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(405)
            self.end_headers()

        do_HEAD = do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that does not trust us hangs up."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


async def test_untrusted_certificate(endpoint: str, brisk: Patience) -> None:
    report = await verified(Location("lab-bucket", endpoint_url=endpoint), KEYS, DATA, patience=brisk)
    bucket = result(report, Probe.BUCKET)
    assert (bucket.status, bucket.who_must_act) == (ProbeStatus.INCONCLUSIVE, Actor.BUCKET_OWNER)
    assert "certificate" in bucket.message


async def test_certificate_that_the_operator_trusts(
    endpoint: str, certificate: Path, brisk: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
    report = await verified(Location("lab-bucket", endpoint_url=endpoint), KEYS, DATA, patience=brisk)
    assert result(report, Probe.BUCKET).error_code == "405"
