"""Where an API is: `http(s)://host:port` or `unix:///path/api.sock`."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class BadAddress(ValueError):
    """A text that is no address of an API; its message says what would be one."""


@dataclass(frozen=True, slots=True)
class Address:
    """A place to reach an API at."""

    url: str
    """As the person wrote it, without a slash at its end."""
    base: str
    """The http(s) URL that requests are made to, without a slash at its end."""
    socket: str | None
    """The path of the Unix socket, where there is one."""

    @property
    def local(self) -> bool:
        """Whether it lies on this machine."""
        return self.socket is not None or urlsplit(self.base).hostname in _LOOPBACK

    @property
    def exposed(self) -> bool:
        """Whether a token sent there could be read on the way."""
        return not self.local and self.base.startswith("http://")


def parse_address(text: str) -> Address:
    """Read an address; `BadAddress` says what is wrong with it. `/graphql` at its end is dropped."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadAddress(f"{url!r} is no address of an API: {error}.") from error
    if parts.scheme == "unix":
        return _socket_address(url, parts)
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise BadAddress(
            f"{url!r} is no address of an API. Write https://host, http://host:port or unix:///path/api.sock."
        )
    if parts.username is not None or parts.password is not None:
        raise BadAddress("An address holds no user name or password. Sign in with a token: `dwtui login`.")
    if parts.query or parts.fragment:
        raise BadAddress(f"{url!r} is no address of an API: leave out what follows `?` or `#`.")
    base = url.rstrip("/").removesuffix("/graphql").rstrip("/")
    return Address(url=base, base=base, socket=None)


def _socket_address(url: str, parts: SplitResult) -> Address:
    if parts.netloc or len(parts.path) < 2:
        raise BadAddress(
            f"{url!r} names no socket. Write three slashes and a full path: unix:///path/api.sock."
        )
    return Address(url=url, base="http://localhost", socket=parts.path)
