"""Which S3-compatible endpoints users may name: no private ones, unless the operator allows them."""

import ipaddress
import socket
from urllib.parse import urlsplit

ENDPOINT_LENGTH = 512


class AddressRefused(OSError):
    """A name leads to an address that is not public."""


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
    return problems


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses that a name leads to, all of them public. Raises AddressRefused, or socket.gaierror."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(is_public(address) for address in addresses):
        raise AddressRefused("its name leads to an address on a private network")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet: not private, loopback, link-local, reserved."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(part) for part in (ip, *_embedded(ip)))


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


def _is_private_name(host: str) -> bool:
    try:
        # Also forms that resolvers take for addresses, such as 127.1 or 2130706433.
        address = socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        address = host
    try:
        ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        name = host.rstrip(".").lower()
        return name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
    return not is_public(address)
