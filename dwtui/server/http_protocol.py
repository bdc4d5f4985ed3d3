"""HTTP/1.1 as the API speaks it: uvicorn's fast parser, with the limit on heads of requests that it lacks."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
"""The most that a request's line and headers may take up, and its trailers with them."""


class HttpProtocol(HttpToolsProtocol):
    """One connection. A head that is too long is answered with 400, before it is there in full."""

    _head = 0
    _unheard = 0
    _heard = False

    def data_received(self, data: bytes) -> None:
        """Parse what has come. What tells nothing is kept by the parser, so it must not be much."""
        self._heard = False
        super().data_received(data)
        self._unheard = 0 if self._heard else self._unheard + len(data)
        if self._unheard > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("Invalid HTTP request received.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._heard, self._head = True, 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A piece of the URL."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._heard = True
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._heard = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is there."""
        self._heard = True
        super().on_message_complete()

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > HEAD_BYTES:
            raise ValueError("the head of the request is too long")  # the parser makes a bad request of it
