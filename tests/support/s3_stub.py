"""A tiny, fast S3 for measurements: `python -m tests.support.s3_stub [--forget]`, until standard input ends.

It checks no signatures. Objects are kept in memory; with `--forget` only their sizes, and reads give zeros.
"""

import json
import socketserver
import sys
import threading
import uuid
from email.message import Message
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BLOCK = 1024 * 1024


class Store:
    """Objects and open multipart uploads."""

    def __init__(self, forget: bool) -> None:
        self.forget = forget
        self.objects: dict[str, tuple[int, list[bytes]]] = {}
        self.uploads: dict[str, dict[int, tuple[int, bytes]]] = {}

    def put(self, key: str, body: tuple[int, bytes]) -> None:
        self.objects[key] = (body[0], [body[1]])

    def complete(self, key: str, upload: str) -> None:
        parts = [part for _, part in sorted(self.uploads.pop(upload).items())]
        self.objects[key] = (sum(size for size, _ in parts), [body for _, body in parts])

    def pieces(self, key: str, start: int, end: int) -> Any:
        """The bytes from start up to end, in blocks."""
        if self.forget:
            zeros = bytes(BLOCK)
            for place in range(start, end, BLOCK):
                yield zeros[: min(BLOCK, end - place)]
            return
        place = 0
        for body in self.objects[key][1]:
            if place < end and place + len(body) > start:
                yield memoryview(body)[max(start - place, 0) : end - place]
            place += len(body)


class Handler(BaseHTTPRequestHandler):
    """Answers the requests that uploads and downloads make."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    store: Store

    def read_body(self) -> tuple[int, bytes]:
        length = int(self.headers.get("Content-Length") or 0)
        if not self.store.forget:
            return length, self.rfile.read(length)
        left = length
        while left:
            left -= len(self.rfile.read(min(left, BLOCK)))
        return length, b""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        body = self.read_body()
        if "uploadId" in query:
            self.store.uploads[query["uploadId"][0]][int(query["partNumber"][0])] = body
        else:
            self.store.put(unquote(parts.path), body)
        self.answer(200, ETag='"0"')

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        self.read_body()
        if "uploads" in query:
            upload = uuid.uuid4().hex
            self.store.uploads[upload] = {}
            xml = f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
        else:
            self.store.complete(unquote(parts.path), query["uploadId"][0])
            xml = '<CompleteMultipartUploadResult><ETag>"0"</ETag></CompleteMultipartUploadResult>'
        self.answer(200, xml.encode(), Content_Type="application/xml")

    def do_DELETE(self) -> None:
        parts = urlsplit(self.path)
        upload = parse_qs(parts.query).get("uploadId", [""])[0]
        self.store.uploads.pop(upload, None)
        if not upload:
            self.store.objects.pop(unquote(parts.path), None)
        self.answer(204)

    def do_HEAD(self) -> None:
        size, _ = self.store.objects[unquote(urlsplit(self.path).path)]
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.send_header("ETag", '"0"')
        self.end_headers()

    def do_GET(self) -> None:
        key = unquote(urlsplit(self.path).path)
        size, _ = self.store.objects[key]
        start, end = 0, size
        asked = self.headers.get("Range", "").removeprefix("bytes=").partition("-")
        if asked[1]:
            start, end = int(asked[0]), min(int(asked[2] or size), size - 1) + 1
        self.send_response(206 if asked[1] else 200)
        if asked[1]:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.send_header("Content-Length", str(end - start))
        self.send_header("ETag", '"0"')
        self.end_headers()
        for piece in self.store.pieces(key, start, end):
            self.wfile.write(piece)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def send_response(self, code: int, message: str | None = None) -> None:
        self.send_response_only(code, message)

    def log_message(self, *_: object) -> None:
        pass

    headers: Message


class Server(socketserver.ThreadingTCPServer):
    """A thread for each connection."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128


def main() -> None:
    Handler.store = Store("--forget" in sys.argv)
    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(json.dumps({"url": f"http://127.0.0.1:{server.server_address[1]}"}), flush=True)
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    main()
