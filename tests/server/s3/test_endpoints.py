"""Endpoints that users name: none that lead the application to places it should not ask."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.endpoints import AddressRefused, addresses_of, endpoint_problems, is_public
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.results import Probe, ProbeStatus, Verdict
from dwtui.server.s3.verification import report_of, verify
from tests.server.s3.fault_proxy import Proxy
from tests.server.s3.verifying import BOTH, result

KEYS = KeyPair("AKIAEXAMPLE123456789", "some-secret-key")


@pytest.mark.parametrize("url", ["https://s3.example.org", "https://s3.example.org:9000/", "https://8.8.8.8"])
def test_endpoints_that_are_taken(url: str) -> None:
    assert endpoint_problems(url) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "begins with https"),
        ("s3.example.org", "begins with https"),
        ("ftp://s3.example.org", "begins with https"),
        ("file:///etc/passwd", "begins with https"),
        ("https://", "begins with https"),
        ("https://user:password@s3.example.org", "no user name"),
        ("https://s3.example.org/path", "no path"),
        ("https://s3.example.org?x=1", "no query"),
        ("https://s3.example.org#x", "no query"),
        ("https://s3.example.org:99999", "valid URL"),
        ("https://[::1", "valid URL"),
        ("https://s3.example.org\r\nX-Evil: 1", "plain characters"),
        ("https://s3.exämple.org", "plain characters"),
        ("https://" + "a" * 600, "512"),
        ("http://s3.example.org", "must use https"),
        ("https://localhost:9000", "private"),
        ("https://LOCALHOST.", "private"),
        ("https://minio.localhost", "private"),
        ("https://metadata.google.internal", "private"),
        ("https://127.0.0.1", "private"),
        ("https://127.1", "private"),
        ("https://2130706433", "private"),
        ("https://0x7f.1", "private"),
        ("https://0.0.0.0", "private"),
        ("https://10.1.2.3", "private"),
        ("https://172.16.0.1", "private"),
        ("https://192.168.1.1", "private"),
        ("https://100.64.0.1", "private"),
        ("https://169.254.169.254", "private"),
        ("https://[::1]", "private"),
        ("https://[fe80::1]", "private"),
        ("https://[fd00:ec2::254]", "private"),
        ("https://[::ffff:169.254.169.254]", "private"),
        ("https://[64:ff9b::a9fe:a9fe]", "private"),
        ("https://[2002:a9fe:a9fe::1]", "private"),
        ("https://224.0.0.1", "private"),
    ],
)
def test_endpoints_that_are_refused(url: str, words: str) -> None:
    assert words in " ".join(endpoint_problems(url))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000", "http://minio.local:9000", "https://10.0.0.1"])
def test_operator_may_allow_private_endpoints(url: str) -> None:
    assert endpoint_problems(url, private_allowed=True) == []


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://a:b@127.0.0.1", "http://127.0.0.1/x"])
def test_form_counts_even_then(url: str) -> None:
    assert endpoint_problems(url, private_allowed=True)


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254", "2852039166", "0xA9FEA9FE", "169.254.170.2", "[fe80::1]", "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "100.100.100.200", "168.63.129.16",
    ],
)  # fmt: skip
def test_where_clouds_tell_secrets_is_never_an_endpoint(host: str) -> None:
    assert "secrets" in " ".join(endpoint_problems(f"http://{host}", private_allowed=True))
    assert endpoint_problems(f"https://{host}")


@given(st.ip_addresses(v=4))
def test_no_private_address_is_public_in_any_form(address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local:
        assert not is_public(str(address))
        assert endpoint_problems(f"https://{int(address)}")
    assert not is_public(f"::ffff:{address}") or is_public(str(address))


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    endpoint_problems(text)
    endpoint_problems(f"https://{text}")


def test_names_are_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AddressRefused):
        addresses_of("localhost", 80)


async def test_private_endpoint_is_not_asked(proxy: Proxy) -> None:
    events = verify(Location("lab-bucket", endpoint_url=proxy.url), KEYS, BOTH)
    report = await report_of(events)
    assert result(report, Probe.BUCKET).status is ProbeStatus.FAIL
    assert "https://" in result(report, Probe.BUCKET).message
    assert report.verdict is Verdict.UNHEALTHY
    assert proxy.asked == []


async def test_name_that_turns_out_to_be_private_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name whose address is ours: the machine's resolver is the outside world here."""
    resolve = socket.getaddrinfo
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def rebound(host, *arguments, **options):
            return resolve("127.0.0.1" if host == "s3.example.org" else host, *arguments, **options)

        monkeypatch.setattr(socket, "getaddrinfo", rebound)
        location = Location("lab-bucket", endpoint_url=f"https://s3.example.org:{port}")
        report = await report_of(verify(location, KEYS, BOTH))
        listening.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listening.accept()
    found = result(report, Probe.BUCKET)
    assert found.status is ProbeStatus.FAIL
    assert "private network" in found.message


@pytest.mark.parametrize("address", ["169.254.169.254", "fd00:ec2::254"])
async def test_a_name_that_leads_to_a_clouds_secrets_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Even where the operator allows private endpoints."""
    resolve = socket.getaddrinfo

    def rebound(host, *arguments, **options):
        return resolve(address if host == "minio.example.org" else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    location = Location("lab-bucket", endpoint_url="http://minio.example.org")
    report = await report_of(verify(location, KEYS, BOTH, private_endpoints=True))
    found = result(report, Probe.BUCKET)
    assert found.status is ProbeStatus.FAIL
    assert "secrets" in found.message


async def test_all_addresses_of_a_name_are_tried(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo

    def several(host, *arguments, **options):
        if host != "minio.example.org":
            return resolve(host, *arguments, **options)
        return [*resolve("127.0.0.9", *arguments, **options), *resolve("127.0.0.1", *arguments, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", several)
    url = proxy.url.replace("127.0.0.1", "minio.example.org")
    await report_of(verify(Location("lab-bucket", endpoint_url=url), KEYS, BOTH, private_endpoints=True))
    assert proxy.asked


async def test_blank_keys_go_to_the_applications_own_endpoint_only(proxy: Proxy) -> None:
    location = Location("lab-bucket", endpoint_url=proxy.url)
    report = await report_of(verify(location, None, BOTH, private_endpoints=True))
    assert report.verdict is Verdict.UNHEALTHY
    assert "own endpoint" in result(report, Probe.BUCKET).message
    assert proxy.asked == []
