"""A TCP line to a server that can be cut: at once, or when a certain text comes back over it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


class Line:
    """Passes bytes on between clients and the server."""

    def __init__(self, server: str) -> None:
        self._server = urlsplit(server)
        self._writers: set[asyncio.StreamWriter] = set()
        self._listening: asyncio.Server | None = None
        self._cut_at = b""
        self.port = 0

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self.port}"

    async def up(self) -> None:
        """Take connections, at the same port as before."""
        self._listening = await asyncio.start_server(self._take, "127.0.0.1", self.port)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Break all connections, and take no new ones."""
        if self._listening is not None:
            self._listening.close()
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        await asyncio.sleep(0)

    def cut_at(self, text: str) -> None:
        """Go down as soon as the server sends this text, which does not arrive."""
        self._cut_at = text.encode()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._server.hostname, self._server.port
        server_reader, server_writer = await asyncio.open_connection(host, port)
        self._writers |= {writer, server_writer}
        await asyncio.gather(
            self._pass_on(reader, server_writer, watched=False),
            self._pass_on(server_reader, writer, watched=True),
        )

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, watched: bool
    ) -> None:
        try:
            while chunk := await reader.read(65536):
                if watched and self._cut_at and self._cut_at in chunk:
                    self._cut_at = b""
                    await self.down()
                    return
                writer.write(chunk)
                await writer.drain()
        except ConnectionError:
            pass  # one end has gone; so does the other
        finally:
            writer.close()


@asynccontextmanager
async def line_to(server: str) -> AsyncIterator[Line]:
    """A line to the server at that URL, up."""
    line = Line(server)
    await line.up()
    try:
        yield line
    finally:
        await line.down()
