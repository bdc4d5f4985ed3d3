"""One HTTP request on its way through the endpoint, and what became of it."""

import asyncio
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dwtui.server.logs import REQUESTS
from dwtui.server.transport.answers import refusal
from dwtui.server.transport.disconnects import disconnected
from dwtui.server.transport.documents import Operation
from dwtui.server.transport.limits import Limits
from dwtui.server.transport.masking import ErrorMask
from dwtui.server.transport.media_types import GRAPHQL_RESPONSE, Acceptable, acceptable
from dwtui.server.transport.problems import RefusedRequest
from dwtui.server.transport.request_body import RequestBody


class Exchange:
    """What is known of one request: its id, what it accepts, its operation, its answer's status."""

    def __init__(self, id_: str, scope: Scope, receive: Receive, send: Send) -> None:
        self.id = id_
        self.request = Request(scope, receive)
        self.receive = receive
        self.send = send
        self.accepts: Acceptable = acceptable(self.request.headers.get("accept"))
        self.mask = ErrorMask(id_)
        self.operation: Operation | None = None
        self.started = False
        self.status: int | None = None
        self.gone = False
        self._scope = scope
        self._began = time.monotonic()
        self._body: RequestBody | None = None

    def expect_file(self, limits: Limits) -> RequestBody:
        """The body as a stream: a file comes with the request. What nobody reads of it is drained after the answer."""
        self._body = RequestBody(self.receive, limits.idle_seconds)
        self.send = self._body.answering(
            self.send, most_bytes=limits.drained_bytes, seconds=limits.drained_seconds
        )
        return self._body

    def postpone(self, limit: asyncio.Timeout, seconds: float) -> None:
        """Let the limit run out so many seconds after the last bytes of a file."""
        if self._body is None:
            return

        def later() -> None:
            if limit.when() is not None and not limit.expired():
                limit.reschedule(asyncio.get_running_loop().time() + seconds)

        self._body.on_progress = later

    async def client_gone(self) -> None:
        """Wait until the client has closed the connection."""
        await (disconnected(self.receive) if self._body is None else self._body.client_gone())

    def note(self, refused: RefusedRequest) -> None:
        """Remember for the log line why the request was refused."""
        self.mask.codes.update(error["extensions"]["code"] for error in refused.errors)

    async def respond(self, response: Response) -> None:
        """Send the one answer."""
        self.started = True
        self.status = response.status_code
        await response(self._scope, self.receive, self.send)

    async def refuse(self, refused: RefusedRequest) -> None:
        """Answer that the request is refused, unless an answer has been begun."""
        self.note(refused)
        if self.started:  # an answer has been given already; what went wrong after it is in the log
            return
        single = self.accepts.single if self.accepts.single_weight else GRAPHQL_RESPONSE
        await self.respond(refusal(refused, single, self.id))

    def log(self) -> None:
        """One line about the request; never a variable, never the document."""
        operation = self.operation
        fields = {
            "operation": operation.name[:100] if operation and operation.name else None,
            "kind": operation.node.operation.value if operation else None,
            "status": self.status,
            "milliseconds": round((time.monotonic() - self._began) * 1000, 1),
            "codes": sorted(self.mask.codes),
        }
        REQUESTS.info("client gone" if self.gone else "answered", extra={"fields": fields})
