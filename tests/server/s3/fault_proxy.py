"""An HTTP server between the probes and the stand-in, which answers some operations as a test wants it."""

import fnmatch
import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

S3_ERROR = (
    "<Error><Code>{code}</Code><Message>{message}</Message>{extra}<RequestId>R3QU35T</RequestId></Error>"
)
QUERY_ERROR = (
    "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    "<RequestId>R3QU35T</RequestId></ErrorResponse>"
)
_SETTINGS = {
    "versioning": "GetBucketVersioning",
    "object-lock": "GetObjectLockConfiguration",
    "encryption": "GetBucketEncryption",
    "ownershipControls": "GetBucketOwnershipControls",
    "publicAccessBlock": "GetPublicAccessBlock",
    "policyStatus": "GetBucketPolicyStatus",
    "lifecycle": "GetBucketLifecycleConfiguration",
}


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    operation: str
    method: str
    target: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    def parameter(self, name: str) -> str:
        return self.query.get(name, [""])[0]


@dataclass(frozen=True)
class Answer:
    """What to answer. `cut` sends so many bytes of the body and hangs up; `drip` one byte each so many seconds."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float | None = None
    chunked: bool = False


Rule = Callable[[Asked], Answer | None]


def refusal(
    code: str, message: str = "Access Denied", status: int = 403, extra: str = "", **headers: str
) -> Rule:
    """A rule that answers an operation with an error, in the shape of its service."""

    def answer(asked: Asked) -> Answer:
        form = QUERY_ERROR if asked.method == "POST" and asked.path == "/" else S3_ERROR
        body = (
            b"" if asked.method == "HEAD" else form.format(code=code, message=message, extra=extra).encode()
        )
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(
            status, body, {"Content-Type": "application/xml", "x-amz-request-id": "R3QU35T", **names}
        )

    return answer


def found(body: str = "", **headers: str) -> Rule:
    """A rule that answers an operation with 200 and that XML."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: Answer(200, body.encode(), {"Content-Type": "application/xml", **names})


class Proxy:
    """The server. Operations with a rule are answered by it; the rest, and where it returns None, goes on."""

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream).netloc
        self.rules: dict[str, Rule] = {}
        self.asked: list[Asked] = []
        self.released = threading.Event()
        self.url = ""

    def operations(self) -> list[str]:
        return [asked.operation for asked in self.asked]

    def seen(self, operation: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.operation == operation]

    def hang(self, asked: Asked) -> Answer:
        """A rule: no answer until the test is over."""
        self.released.wait(30)
        return Answer(503)

    def only_prefixes(self, *patterns: str) -> None:
        """Enforce a policy's `s3:prefix` condition, which the stand-in ignores."""

        def check(asked: Asked) -> Answer | None:
            prefix = asked.query.get("prefix")
            if prefix and any(fnmatch.fnmatchcase(prefix[0], pattern) for pattern in patterns):
                return None
            return refusal("AccessDenied")(asked)

        self.rules["ListObjectsV2"] = check


@contextmanager
def running_proxy(upstream: str) -> Iterator[Proxy]:
    proxy = Proxy(upstream)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(proxy))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield proxy
    finally:
        proxy.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def operation_of(method: str, path: str, query: dict[str, list[str]], body: bytes) -> str:
    """The AWS operation that a path-style request asks for."""
    if method == "POST" and path == "/":
        return parse_qs(body.decode()).get("Action", ["?"])[0]
    if path == "/":
        return "ListBuckets"
    has_key = bool(path.strip("/").partition("/")[2])
    if has_key:
        if "uploadId" in query:
            return {
                "PUT": "UploadPart",
                "POST": "CompleteMultipartUpload",
                "DELETE": "AbortMultipartUpload",
            }.get(method, "?")
        if "uploads" in query:
            return "CreateMultipartUpload"
        return {"PUT": "PutObject", "GET": "GetObject", "DELETE": "DeleteObject"}.get(method, "?")
    if method == "HEAD":
        return "HeadBucket"
    return next((name for key, name in _SETTINGS.items() if key in query), "ListObjectsV2")


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query, keep_blank_values=True)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            operation = operation_of(self.command, parts.path, query, body)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(operation, self.command, self.path, parts.path, query, headers, body)
            proxy.asked.append(asked)
            rule = proxy.rules.get(operation)
            answer = (rule(asked) if rule else None) or _forward(proxy, asked)
            self._send(answer)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _serve

        def _send(self, answer: Answer) -> None:
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.chunked:
                    self.send_header("Transfer-Encoding", "chunked")
                else:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if answer.chunked:
                    self._send_in_chunks(answer.body)
                elif answer.drip is not None:
                    self._drip(answer.body, answer.drip)
                elif self.command != "HEAD":
                    self.wfile.write(answer.body[: answer.cut])
            except ConnectionError:
                self.close_connection = True
            if answer.cut is not None:
                self.close_connection = True

        def _send_in_chunks(self, body: bytes) -> None:
            for start in range(0, len(body), 1000):
                piece = body[start : start + 1000]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")

        def _drip(self, body: bytes, seconds: float) -> None:
            for place in range(len(body)):
                self.wfile.write(body[place : place + 1])
                if proxy.released.wait(seconds):
                    return

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _forward(proxy: Proxy, asked: Asked) -> Answer:
    connection = http.client.HTTPConnection(proxy.upstream, timeout=10)
    try:
        connection.request(asked.method, asked.target, asked.body, asked.headers)
        response = connection.getresponse()
        skipped = ("content-length", "transfer-encoding", "connection", "date", "server")
        headers = {name: value for name, value in response.getheaders() if name.lower() not in skipped}
        return Answer(response.status, response.read(), headers)
    finally:
        connection.close()
