"""Why an API could not be reached, in words: what happened, why, and who can do something about it."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from dwtui.client.address import Address
from dwtui.client.errors import ConnectionLost


def connection_lost(address: Address, error: httpx.TransportError, *, changing: bool) -> ConnectionLost:
    """The error for a request that had no whole answer. `changing`: it was going to change something."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return ConnectionLost(_unreachable(address, error), sent=False)
    after = " It is not known whether the change was made: look before you repeat it." if changing else ""
    if isinstance(error, httpx.TimeoutException):
        return ConnectionLost(f"The API at {address.url} took too long to answer.{after}", sent=True)
    return ConnectionLost(
        f"The connection to the API at {address.url} broke before the answer was complete.{after}", sent=True
    )


def stream_ended(address: Address) -> ConnectionLost:
    """The error for a stream of events that ended before its last one."""
    return ConnectionLost(f"The API at {address.url} went away in mid-stream. Try again.", sent=True)


def _unreachable(address: Address, error: httpx.TransportError) -> str:
    causes = list(_chain(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return (
            f"The certificate of {address.url} is not trusted by this machine. Ask its operator; "
            "a certificate authority of your own is named by SSL_CERT_FILE."
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"{address.url} does not speak TLS as it should. Is it http:// rather than https://?"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"The host of {address.url} can not be found. Check the address and your network."
    if any(isinstance(cause, PermissionError) for cause in causes):
        return f"You may not open {address.url}: it belongs to somebody else."
    if address.socket is not None:
        return f"No API runs at {address.url}. Start it, or choose another profile."
    if isinstance(error, httpx.TimeoutException):
        return f"{address.url} does not answer. Check the address and your network, or ask its operator."
    return f"Nothing answers at {address.url}. Check the address, or ask its operator whether the API runs."


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
