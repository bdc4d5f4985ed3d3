"""`/download/study/SD_…/file/SF_…[/version/FV_…]`: a document's bytes, for a token or a signed URL."""

import asyncio
import logging
import time
from collections.abc import Mapping

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dwtui.server.accounts.permissions import not_found
from dwtui.server.accounts.tokens import authenticate
from dwtui.server.context import RequestContext
from dwtui.server.documents.attachment import headers_of
from dwtui.server.documents.byte_ranges import UnsatisfiableError, matches, wanted_span
from dwtui.server.documents.reading import ReadableVersion, readable_version
from dwtui.server.documents.signing import claim
from dwtui.server.documents.storage_access import identity_for, storage_failed
from dwtui.server.errors import ApplicationError, StorageFailedError
from dwtui.server.ids import new_id
from dwtui.server.logs import REQUESTS, request_id
from dwtui.server.parts import Parts
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.transfer.failures import TransferError
from dwtui.server.s3.transfer.opening import OpenedObject, Span, open_object
from dwtui.server.transport.answers import HARDENED, encoded
from dwtui.server.transport.disconnects import ClientGone, disconnected, until_gone
from dwtui.server.transport.masking import ErrorMask
from dwtui.server.transport.problems import STATUS_OF_CODE, FormattedError, problem

_log = logging.getLogger(__name__)

PATHS = ("/download/study/{study}/file/{file}", "/download/study/{study}/file/{file}/version/{version}")
STALLED_SECONDS = 120.0
"""A client that takes nothing in for so long counts as gone."""
_STATUS = {**STATUS_OF_CODE, "STRANDED": 409, "DETACHED": 409}


def download_routes(parts: Parts) -> list[Route]:
    """The routes."""
    application = Downloads(parts)
    return [Route(path, application) for path in PATHS]


class Downloads:
    """Gives bytes, as an ASGI application. What fails before the first one is answered; later the connection breaks."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        download = Download(self._parts, Request(scope, receive), send)
        token = request_id.set(download.id)
        try:
            await until_gone(disconnected(receive), download.run())
        except ClientGone:
            download.outcome = "client gone"
        finally:
            download.log()
            request_id.reset(token)


class Download:
    """One request and what became of it."""

    def __init__(self, parts: Parts, request: Request, send: Send) -> None:
        self.id = new_id("RQ")
        self.outcome = "answered"
        self._parts = parts
        self._request = request
        self._send = send
        self._mask = ErrorMask(self.id)
        self._status: int | None = None
        self._given = 0
        self._began = time.monotonic()

    async def run(self) -> None:
        """Answer it."""
        if self._request.method not in ("GET", "HEAD"):
            await self._refuse(
                405, problem("BAD_USER_INPUT", "Documents are read with GET."), {"Allow": "GET, HEAD"}
            )
            return
        try:
            await self._answer(await self._version())
        except StorageFailedError as error:
            status = 502 if not error.passing else 503 if error.in_time else 504
            await self._refuse(
                status, self._mask.refused(error), {"Retry-After": "5"} if error.passing else {}
            )
        except ApplicationError as error:
            headers = {"WWW-Authenticate": 'Bearer realm="dwtui"'} if error.code == "UNAUTHENTICATED" else {}
            await self._refuse(_STATUS.get(error.code, 400), self._mask.refused(error), headers)
        except Exception as error:  # noqa: BLE001 - a fault of ours: masked, and logged under the request's id
            await self._refuse(500, self._mask.refused(error), {})

    def log(self) -> None:
        """One line about the request."""
        fields = {
            "operation": "download",
            "kind": self._request.method,
            "status": self._status,
            "bytes": self._given,
            "milliseconds": round((time.monotonic() - self._began) * 1000, 1),
            "codes": sorted(self._mask.codes),
        }
        REQUESTS.info(self.outcome, extra={"fields": fields})

    async def _version(self) -> ReadableVersion:
        path = self._request.path_params
        if any("\0" in part for part in path.values()):  # PostgreSQL takes none, not even to look for it
            raise not_found(path["file"])
        secret = self._request.query_params.get("token")
        if secret is not None:
            use_up = self._request.method == "GET"
            authenticated = await claim(self._parts.database, secret, path.get("version"), use_up=use_up)
        else:
            header = self._request.headers.get("authorization")
            authenticated = await authenticate(self._parts.database, header)
        return await readable_version(
            RequestContext(self._parts, self.id, authenticated),
            study_id=path["study"],
            document_id=path["file"],
            version_id=path.get("version"),
        )

    async def _answer(self, version: ReadableVersion) -> None:
        asked = self._request.headers
        etag = version.sha256
        headers = headers_of(version.file_name, version.content_type, etag)
        if matches(asked.get("if-none-match"), etag):
            await self._begin(304, headers)
            await self._end()
            return
        try:
            span = wanted_span(asked, version.size, etag) if self._request.method == "GET" else None
        except UnsatisfiableError:
            told = problem("BAD_USER_INPUT", f"There are only {version.size:,} bytes.")
            await self._refuse(416, told, {"Content-Range": f"bytes */{version.size}"})
            return
        if span is not None:
            last = span.start + span.length - 1
            headers["Content-Range"] = f"bytes {span.start}-{last}/{version.size}"
        headers["Content-Length"] = str(span.length if span else version.size)
        if self._request.method == "HEAD":
            await self._begin(200, headers)
            await self._end()
            return
        with identity_for(version, self._parts) as identity:
            opened = await self._opened(identity, version, span)
            try:
                await self._begin(206 if span else 200, headers)
                await self._give(opened, version)
            finally:
                await opened.aclose()

    async def _opened(self, identity: Identity, version: ReadableVersion, span: Span | None) -> OpenedObject:
        try:
            return await open_object(
                self._parts.transfers,
                identity,
                version.key,
                size=version.size,
                span=span,
                etag=version.etag if span else None,  # all of it is told by its SHA-256
                sha256=None if span else version.sha256,
                owner=version.bucket_owner,
            )
        except TransferError as error:
            raise storage_failed(
                version.storage_name, "give the file", error, with_place=version.with_place
            ) from error

    async def _give(self, opened: OpenedObject, version: ReadableVersion) -> None:
        """Send the bytes. When it fails, the answer is not ended: the server then breaks the connection off."""
        try:
            async for block in opened.blocks():
                async with asyncio.timeout(STALLED_SECONDS):
                    await self._send({"type": "http.response.body", "body": block, "more_body": True})
                self._given += len(block)
        except TransferError as error:
            self.outcome = "broken off"
            _log.warning("“%s” did not give a file to its end: %s", version.storage_name, error.in_words)
        except TimeoutError:
            raise ClientGone from None
        else:
            await self._end()

    async def _begin(self, status: int, headers: Mapping[str, str]) -> None:
        self._status = status
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        raw.append((b"x-request-id", self.id.encode()))
        await self._send({"type": "http.response.start", "status": status, "headers": raw})

    async def _end(self, body: bytes = b"") -> None:
        await self._send({"type": "http.response.body", "body": body, "more_body": False})

    async def _refuse(self, status: int, told: FormattedError, headers: Mapping[str, str]) -> None:
        if self._status is not None:  # it is too late to say anything
            self.outcome = "broken off"
            return
        body = encoded({"errors": [told]})
        kind = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body))}
        await self._begin(status, {**HARDENED, **kind, **headers})
        await self._end(b"" if self._request.method == "HEAD" else body)
