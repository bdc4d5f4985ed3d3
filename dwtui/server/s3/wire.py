"""How requests travel: botocore's HTTP session with an address guard, an upper size, and an end on demand."""

import io
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
    AWSPreparedRequest,
    AWSResponse,
)
from botocore.exceptions import BotoCoreError, ConnectionClosedError, HTTPClientError, ReadTimeoutError
from botocore.httpsession import URLLib3Session, create_urllib3_context, get_cert_path
from urllib3.exceptions import NameResolutionError, NewConnectionError, ProtocolError
from urllib3.exceptions import ReadTimeoutError as PoolReadTimeoutError

from dwtui.server.s3.endpoints import AddressRefused
from dwtui.server.s3.xml_bounds import is_harmless

# A page of 1,000 keys of 1,024 bytes, each of them escaped, stays below this.
ANSWER_BYTES = 8 * 1024 * 1024
HEADER_BYTES = 64 * 1024
_CHUNK = 64 * 1024

Guard = Callable[[str, int], list[str]]
"""The addresses of a host and port that may be connected to. Raises AddressRefused, or socket.gaierror."""


# None of these is botocore's HTTPClientError, which it would try again.
class WireCutError(BotoCoreError):
    """The request was ended from our side."""

    fmt = "The request was ended before it was answered."


class ForbiddenAddressError(BotoCoreError):
    """The endpoint's name leads to an address that may not be asked."""

    fmt = "The endpoint's address may not be asked: {error}"


class AnswerTooLongError(BotoCoreError):
    """The answer was longer or deeper than any that S3 gives, or took too long to arrive."""

    fmt = "The answer was too long."


class Wire(URLLib3Session):
    """The HTTP connections of one identity.

    `guard` is asked for each connection; None: names lead where they lead. `slowest`: seconds in which an answer must
    be complete, however steadily it drips.
    """

    def __init__(self, *, guard: Guard | None, slowest: float, **options: Any) -> None:
        self._trusted = options.get("verify", True)
        super().__init__(**options)
        self._slowest = slowest
        self._stopped = threading.Event()
        self._connections: weakref.WeakSet[Any] = weakref.WeakSet()
        self._manager.pool_classes_by_scheme = self._pools(guard)  # type: ignore[attr-defined]
        # For the proxies of the environment, which the operator chose and which resolve names themselves.
        self._pool_classes_by_scheme = self._pools(None)

    def _get_ssl_context(self) -> ssl.SSLContext:
        return _trusting(get_cert_path(self._trusted))

    def _setup_ssl_cert(self, conn: Any, url: str, verify: object) -> None:
        # The context trusts already; given a file, urllib3 would read it for each connection: 17 ms of CPU.
        conn.cert_reqs, conn.ca_certs = "CERT_REQUIRED", None

    def answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        """A handler for botocore's `before-send` event: sends the request in botocore's stead."""
        return self.send(request)

    def send(self, request: Any) -> AWSResponse:
        """Send a request; what is not streamed is read whole, up to the size that is allowed."""
        if self._stopped.is_set():
            raise WireCutError()
        streamed, request.stream_output = request.stream_output, True
        try:
            response = super().send(request)
        except HTTPClientError as error:
            raise self._explained(error) from error
        finally:
            request.stream_output = streamed
        return response if streamed else self._read(response)

    def stop(self) -> None:
        """Send no new requests. Safe from any thread."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether no new requests are sent."""
        return self._stopped.is_set()

    def cut(self) -> None:
        """End all requests under way, and send no new ones. Safe from any thread."""
        self.stop()
        for connection in list(self._connections):
            connection.shut_down()

    def _read(self, response: AWSResponse) -> AWSResponse:
        until = time.monotonic() + self._slowest
        body = io.BytesIO()
        headers: Any = response.headers
        if sum(len(name) + len(value) for name, value in headers.items()) > HEADER_BYTES:
            response.raw.close()
            raise AnswerTooLongError()
        try:
            # Not `stream`, which waits for whole chunks, however slowly they fill.
            while chunk := response.raw.read1(_CHUNK, decode_content=False):
                body.write(chunk)
                if body.tell() > ANSWER_BYTES or time.monotonic() > until:
                    response.raw.close()
                    raise AnswerTooLongError()
        except PoolReadTimeoutError as error:
            raise ReadTimeoutError(endpoint_url=response.url, error=error) from error
        except (ProtocolError, OSError) as error:
            raise self._explained(ConnectionClosedError(endpoint_url=response.url, error=error)) from error
        content = body.getvalue()
        if not is_harmless(content):
            if response.status_code < 300:
                raise AnswerTooLongError()
            content = b""  # of a refusal, such as a web page, the status tells enough
        return AWSResponse(response.url, response.status_code, headers, _Whole(content))

    def _explained(self, error: HTTPClientError) -> BotoCoreError:
        if self._stopped.is_set():
            return WireCutError()
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, AddressRefused):
                return ForbiddenAddressError(error=str(cause))
            cause = cause.__cause__ or cause.__context__
        return error

    def _pools(self, guard: Guard | None) -> dict[str, Any]:
        def pool_of(pool_class: Any, connection_class: Any) -> Any:
            def connection(*arguments: Any, **options: Any) -> Any:
                made = connection_class(*arguments, **options)
                made.guard = guard
                self._connections.add(made)
                return made

            def pool(*arguments: Any, **options: Any) -> Any:
                made = pool_class(*arguments, **options)
                made.ConnectionCls = connection
                return made

            return pool

        return {
            "http": pool_of(AWSHTTPConnectionPool, _HTTPConnection),
            "https": pool_of(AWSHTTPSConnectionPool, _HTTPSConnection),
        }


@cache
def _trusting(certificates: str) -> ssl.SSLContext:
    """The one TLS context that trusts those authorities, for all connections."""
    context: ssl.SSLContext = create_urllib3_context()
    context.load_verify_locations(certificates)
    return context


class _Whole:
    """A body that has been read already, in the shape that botocore reads bodies in."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._content


class _Guarded:
    """A connection that looks where it goes, and can be ended from another thread."""

    guard: Guard | None = None
    sock: socket.socket | None
    port: int
    _dns_host: str

    def _new_conn(self) -> socket.socket:
        connect: Callable[[], socket.socket] = super()._new_conn  # type: ignore[misc]
        if self.guard is None:
            return connect()
        name = self._dns_host
        try:
            *others, last = self.guard(name, self.port)
        except socket.gaierror as error:
            raise NameResolutionError(name, self, error) from error  # type: ignore[arg-type]
        try:
            # To the addresses that were checked, not to the name: it could lead elsewhere a moment later.
            for self._dns_host in others:
                with suppress(NewConnectionError):
                    return connect()
            self._dns_host = last
            return connect()
        finally:
            self._dns_host = name

    def shut_down(self) -> None:
        sock = self.sock
        if sock is None:
            return
        try:
            # Past the TLS layer, which is not made for two threads.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself


class _HTTPConnection(_Guarded, AWSHTTPConnection):  # type: ignore[misc]
    pass


class _HTTPSConnection(_Guarded, AWSHTTPSConnection):  # type: ignore[misc]
    pass
