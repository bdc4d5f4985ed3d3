"""Files up and down through the client, against servers that misbehave by a script."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from dwtui.client import errors
from dwtui.client.generated.api import Api
from dwtui.client.outgoing import OutgoingFile
from tests.support.scripted_http import Step, answer, failing, hang_up, raw, scripted_http

TOKEN = "dwt_0123456789abcdef0123456789abcdef01234567"
PATH = "/download/study/SD_00000001/file/SF_00000001"
CONTENT = bytes(range(256)) * 20_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
VERSION = {
    "id": "FV_00000001",
    "fileName": "a.csv",
    "description": "",
    "size": 3,
    "sha256": "0" * 64,
    "contentType": "text/csv",
    "createdAt": "2026-11-23T10:00:00Z",
    "createdBy": None,
    "place": "AT_HAND",
    "obstacle": None,
    "storage": None,
    "storageName": "Default Storage",
    "key": None,
    "s3Uri": None,
    "downloadPath": None,
    "document": None,
}
DONE = {"data": {"createVersion": VERSION}}


def api(url: str) -> Api:
    return Api(url, TOKEN, patience=(0.0, 0.0, 0.0))


def given(start: int = 0, *, of: bytes = CONTENT, etag: str | None = SHA256, end: int | None = None) -> Step:
    """The bytes from a place on; `end`: the connection breaks there."""
    body = of[start:]
    lines = [f"HTTP/1.1 {206 if start else 200} X", f"content-length: {len(body)}"]
    if start:
        lines.append(f"content-range: bytes {start}-{len(of) - 1}/{len(of)}")
    if etag:
        lines.append(f'etag: "{etag}"')
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return raw(head + (body if end is None else of[start:end]))


class TestUploading:
    async def test_bytes_travel_with_their_name_and_size(self) -> None:
        async with scripted_http(answer(DONE)) as server, api(server.url) as client:
            file = OutgoingFile('Größe "🧬".csv', b"abc", "text/csv")
            version = await client.create_version(file, study="SD_00000001", description="ä")
        assert version.id == "FV_00000001"
        (request,) = server.requests
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert int(request.headers["content-length"]) == len(request.body)
        assert (
            b'"variables": {"file": null, "study": "SD_00000001", "description": "\xc3\xa4"}' in request.body
        )
        assert b"filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22%F0%9F%A7%AC%22.csv\r\n" in request.body
        assert b"Content-Type: text/csv\r\n\r\nabc\r\n--" in request.body

    async def test_progress_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "a.bin"
        path.write_bytes(CONTENT)
        told: list[tuple[int, int | None]] = []
        async with scripted_http(answer(DONE)) as server, api(server.url) as client:
            file = OutgoingFile.at(path, progress=lambda *moved: told.append(moved))
            await client.create_version(file, study="SD_00000001")
        assert CONTENT in server.requests[0].body
        assert told[-1] == (len(CONTENT), len(CONTENT))
        assert [moved for moved, _ in told] == sorted({moved for moved, _ in told})

    async def test_an_open_file_is_sent_from_where_it_stands(self) -> None:
        opened = BytesIO(b"0123456789")
        opened.seek(4)
        async with scripted_http(answer(DONE)) as server, api(server.url) as client:
            await client.create_version(OutgoingFile("a", opened, size=6), study="SD_00000001")
        assert b"\r\n\r\n456789\r\n--" in server.requests[0].body

    @pytest.mark.parametrize("size", [2, 4])
    async def test_a_file_that_changes_meanwhile_is_not_kept(self, size: int) -> None:
        async def blocks() -> AsyncIterator[bytes]:
            yield b"abc"

        async with scripted_http(answer(DONE)) as server, api(server.url) as client:
            with pytest.raises(errors.BadInput, match="was changed while it was being sent"):
                await client.create_version(OutgoingFile("a", blocks(), size=size), study="SD_00000001")
        assert server.requests == []

    async def test_a_file_that_can_not_be_read_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(errors.BadInput, match="no file that can be read"):
            OutgoingFile.at(tmp_path / "nothing")
        async with api("http://127.0.0.1:9") as client:
            with pytest.raises(errors.BadInput, match="can not be read: No such file"):
                await client.create_version(OutgoingFile("a", tmp_path / "gone"), study="SD_00000001")

    async def test_an_upload_is_never_sent_twice(self) -> None:
        async with scripted_http(hang_up(), answer(DONE)) as server, api(server.url) as client:
            with pytest.raises(errors.ConnectionLost, match="not known whether the change was made"):
                await client.create_version(OutgoingFile("a", b"abc"), study="SD_00000001")
        assert len(server.requests) == 1

    async def test_what_the_api_refuses_is_told(self) -> None:
        refused = failing("STORAGE_FAILED", "“X” did not take the file.", passing=True)
        async with scripted_http(answer(refused)) as server, api(server.url) as client:
            with pytest.raises(errors.StorageFailed, match="did not take the file"):
                await client.create_version(OutgoingFile("a", b"abc"), study="SD_00000001")


class TestDownloading:
    async def test_it_gets_its_name_when_it_is_complete(self, tmp_path: Path) -> None:
        told: list[tuple[int, int | None]] = []
        async with scripted_http(given()) as server, api(server.url) as client:
            done = await client.download(
                PATH, tmp_path / "a.bin", sha256=SHA256, progress=lambda *moved: told.append(moved)
            )
        assert done.path.read_bytes() == CONTENT
        assert (done.size, done.sha256) == (len(CONTENT), SHA256)
        assert told[-1] == (len(CONTENT), len(CONTENT))
        assert server.requests[0].line == f"GET {PATH} HTTP/1.1"
        assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]

    @pytest.mark.parametrize("cut", [0, 1, 70_000, 3_000_000, len(CONTENT) - 1])
    async def test_it_goes_on_where_it_broke_off(self, tmp_path: Path, cut: int) -> None:
        async with scripted_http(given(end=cut), given(cut)) as server, api(server.url) as client:
            done = await client.download(PATH, tmp_path / "a.bin")
        assert done.path.read_bytes() == CONTENT
        first, second = server.requests
        assert "range" not in first.headers
        assert second.headers.get("range") == (f"bytes={cut}-" if cut else None)
        assert second.headers.get("if-range") == (f'"{SHA256}"' if cut else None)

    async def test_other_bytes_meanwhile_are_taken_from_their_beginning(self, tmp_path: Path) -> None:
        other = b"other" * 1000
        fresh = given(of=other, etag=hashlib.sha256(other).hexdigest())
        async with scripted_http(given(end=100_000), fresh) as server, api(server.url) as client:
            done = await client.download(PATH, tmp_path / "a.bin")
        assert done.path.read_bytes() == other

    @pytest.mark.parametrize("known", [SHA256, None])
    async def test_what_is_left_of_a_cancelled_one_is_gone_on_with(
        self, tmp_path: Path, known: str | None
    ) -> None:
        target, written, released = tmp_path / "a.bin", asyncio.Event(), asyncio.Event()

        async def stalling(writer: asyncio.StreamWriter) -> None:
            await given(end=5_000_000)(writer)
            await released.wait()

        async def going_on(writer: asyncio.StreamWriter) -> None:
            asked = server.requests[1].headers.get("range", "bytes=0-")
            await given(int(asked.removeprefix("bytes=").removesuffix("-")))(writer)

        async with scripted_http(stalling, going_on) as server, api(server.url) as client:
            first = client.download(PATH, target, sha256=known, progress=lambda *_: written.set())
            download = asyncio.create_task(first)
            await written.wait()
            download.cancel()
            with pytest.raises(asyncio.CancelledError):
                await download
            (part,) = tmp_path.iterdir()
            left = part.stat().st_size
            assert left > 0
            await client.download(PATH, target, sha256=known)
            released.set()
        assert target.read_bytes() == CONTENT
        assert server.requests[1].headers.get("range") == (f"bytes={left}-" if known else None)

    async def test_bytes_that_are_not_the_right_ones_are_thrown_away(self, tmp_path: Path) -> None:
        wrong = CONTENT[:-1] + b"!"
        async with (
            scripted_http(given(of=wrong), given(of=wrong, etag=None)) as server,
            api(server.url) as client,
        ):
            for sha256 in (None, SHA256):
                with pytest.raises(errors.Damaged):
                    await client.download(PATH, tmp_path / "a.bin", sha256=sha256)
                assert list(tmp_path.iterdir()) == []

    async def test_it_gives_up_when_nothing_comes(self, tmp_path: Path) -> None:
        async with scripted_http(*[given(end=0)] * 4) as server, api(server.url) as client:
            with pytest.raises(errors.ConnectionLost):
                await client.download(PATH, tmp_path / "a.bin")
        assert len(server.requests) == 4

    async def test_a_storage_that_is_busy_is_asked_again_but_not_one_that_refuses(
        self, tmp_path: Path
    ) -> None:
        busy = answer(failing("STORAGE_FAILED", "Busy.", passing=True), 503)
        async with scripted_http(busy, given()) as server, api(server.url) as client:
            await client.download(PATH, tmp_path / "a.bin")
        refused = answer(failing("STORAGE_FAILED", "Refused.", passing=False), 502)
        async with scripted_http(refused, given()) as server, api(server.url) as client:
            with pytest.raises(errors.StorageFailed, match=r"Refused\."):
                await client.download(PATH, tmp_path / "b.bin")
        assert len(server.requests) == 1

    @pytest.mark.parametrize(
        ("code", "status", "kind"),
        [
            ("STRANDED", 409, errors.Stranded),
            ("DETACHED", 409, errors.Detached),
            ("FORBIDDEN", 403, errors.Forbidden),
            ("NOT_FOUND", 404, errors.NotFound),
            ("UNAUTHENTICATED", 401, errors.Unauthenticated),
        ],
    )
    async def test_refusals_are_told(
        self, tmp_path: Path, code: str, status: int, kind: type[errors.ApiError]
    ) -> None:
        async with scripted_http(answer(failing(code, "Why."), status)) as server, api(server.url) as client:
            with pytest.raises(kind, match=r"Why\."):
                await client.download(PATH, tmp_path / "a.bin")

    async def test_what_is_there_already_is_kept_unless_it_may_go(self, tmp_path: Path) -> None:
        target = tmp_path / "a.bin"
        target.write_text("mine")
        async with scripted_http(given()) as server, api(server.url) as client:
            with pytest.raises(errors.BadInput, match="exists already"):
                await client.download(PATH, target)
            assert target.read_text() == "mine"
            await client.download(PATH, target, overwrite=True)
        assert target.read_bytes() == CONTENT

    async def test_what_comes_to_be_there_meanwhile_is_kept(self, tmp_path: Path) -> None:
        target = tmp_path / "a.bin"
        async with scripted_http(given()) as server, api(server.url) as client:
            with pytest.raises(errors.BadInput, match="meanwhile"):
                await client.download(PATH, target, progress=lambda *_: target.write_text("mine"))
        assert target.read_text() == "mine"
        assert (tmp_path / "a.bin.part").read_bytes() == CONTENT

    async def test_a_folder_that_can_not_be_written_is_told(self, tmp_path: Path) -> None:
        async with api("http://127.0.0.1:9") as client:
            with pytest.raises(errors.BadInput, match="can not be written"):
                await client.download(PATH, tmp_path / "nowhere" / "a.bin")

    async def test_a_very_long_name_has_room_for_its_part(self, tmp_path: Path) -> None:
        target = tmp_path / ("ä" * 120 + ".csv")
        async with scripted_http(given()) as server, api(server.url) as client:
            await client.download(PATH, target, sha256=SHA256)
        assert target.read_bytes() == CONTENT

    async def test_a_piece_can_be_had_by_itself(self) -> None:
        head = f"HTTP/1.1 206 X\r\ncontent-length: 5\r\ncontent-range: bytes 3-7/{len(CONTENT)}\r\n\r\n"
        async with scripted_http(raw(head.encode() + CONTENT[3:8])) as server, api(server.url) as client:
            async with client.downloads().opened(PATH, start=3, end=8) as incoming:
                found: list[Any] = [block async for block in incoming.blocks()]
            assert (b"".join(found), incoming.size) == (CONTENT[3:8], len(CONTENT))
        assert server.requests[0].headers["range"] == "bytes=3-7"
