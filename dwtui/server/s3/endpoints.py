"""Which S3-compatible endpoints users may name: no private ones, unless the operator allows them."""

import ipaddress
import socket
from urllib.parse import urlsplit

ENDPOINT_LENGTH = 512
# Where clouds tell their machines secrets. Link-local addresses, of which most are, are refused as a whole.
_METADATA = frozenset(
    ipaddress.ip_address(address) for address in ("fd00:ec2::254", "100.100.100.200", "168.63.129.16")
)


class AddressRefused(OSError):
    """A name leads to an address that may not be asked."""


def endpoint_problems(url: str, *, private_allowed: bool = False) -> list[str]:
    """What is wrong with an endpoint's URL, in words, without asking the network."""
    if len(url) > ENDPOINT_LENGTH or not url.isascii() or not url.isprintable() or " " in url:
        return ["The endpoint is a URL of up to 512 plain characters, such as https://s3.example.org."]
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ["The endpoint is not a valid URL; it looks like https://s3.example.org."]
    if parts.scheme not in ("http", "https") or not host:
        return ["The endpoint begins with https:// (or http:// on a private network) and names a host."]
    problems = []
    if "@" in parts.netloc:
        problems.append("The endpoint carries no user name and no password.")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "?" in url or "#" in url:
        problems.append("The endpoint ends after the host and port: no path, no query.")
    if not private_allowed:
        if parts.scheme != "https":
            problems.append("The endpoint must use https://; the operator allows no private endpoints.")
        if _is_private_name(host):
            problems.append("The endpoint lies on a private network, which the operator does not allow.")
    elif _is_metadata(_address_in(host)):
        problems.append("The endpoint is where a cloud tells its machines secrets; no S3 service lies there.")
    return problems


def addresses_of(host: str, port: int, *, private_allowed: bool = False) -> list[str]:
    """The addresses that a name leads to, all of which may be asked. Raises AddressRefused, or socket.gaierror."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if any(_is_metadata(address) for address in addresses):
        raise AddressRefused("its name leads to where a cloud tells its machines secrets")
    if not private_allowed and not all(is_public(address) for address in addresses):
        raise AddressRefused("its name leads to an address on a private network")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet: not private, loopback, link-local, reserved."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return ip not in _METADATA and all(_is_global(part) for part in (ip, *_embedded(ip)))


def _is_metadata(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(part.is_link_local or part in _METADATA for part in (ip, *_embedded(ip)))


def _is_global(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _embedded(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """IPv4 addresses that an IPv6 address leads to by way of a gateway."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    inside = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in ipaddress.IPv6Network("64:ff9b::/96"):
        inside.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [address for address in inside if address is not None]


def _address_in(host: str) -> str:
    """The address that a host is, also in forms that resolvers take for one, such as 127.1; else the host itself."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


def _is_private_name(host: str) -> bool:
    address = _address_in(host)
    try:
        ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        name = host.rstrip(".").lower()
        return name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
    return not is_public(address)
