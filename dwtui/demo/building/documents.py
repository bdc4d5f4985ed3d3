"""Uploads the sample documents through the API, each as the person who is said to have done it."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from dwtui.client.connection import Connection
from dwtui.client.outgoing import OutgoingFile
from dwtui.demo.sample.documents import SampleDocument, SampleVersion

_AT_ONCE = 6
_CREATE_VERSION = """
mutation CreateVersion($file: Upload!, $study: ID, $fileId: ID, $description: String) {
  createVersion(file: $file, study: $study, fileId: $fileId, description: $description) { id }
}
"""
_CREATE_FILE = """
mutation CreateFile($input: CreateFileInput!) { createFile(input: $input) { id } }
"""


class DocumentUploader:
    """Uploads as many people, whose tokens are given by e-mail address. Close it with `aclose`."""

    def __init__(self, url: str, tokens: Mapping[str, str]) -> None:
        self._url = url
        self._tokens = tokens
        self._connections: dict[str, Connection] = {}
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def aclose(self) -> None:
        """End all connections."""
        for connection in self._connections.values():
            await connection.aclose()

    async def upload(self, study: str, documents: Iterable[SampleDocument]) -> None:
        """Upload these documents to the study with that id."""
        await asyncio.gather(*(self._document(study, document) for document in documents))

    async def _document(self, study: str, document: SampleDocument) -> None:
        first, *later = document.versions
        version = await self._version(document, first, study=study)
        entry = {
            "version": version,
            "name": document.name,
            "description": document.description,
            "fileType": document.type,
            "tags": list(document.tags),
        }
        done = await self._as(first.by).execute(_CREATE_FILE, "CreateFile", {"input": entry})
        for further in later:
            await self._version(document, further, fileId=done["createFile"]["id"])

    async def _version(self, document: SampleDocument, version: SampleVersion, **where: str) -> str:
        async with self._at_once:
            file = OutgoingFile(document.name, version.body(document.study))
            given: dict[str, Any] = {"file": file, "description": version.news, **where}
            done = await self._as(version.by).execute(_CREATE_VERSION, "CreateVersion", given)
        return str(done["createVersion"]["id"])

    def _as(self, email: str) -> Connection:
        if email not in self._connections:
            self._connections[email] = Connection(self._url, self._tokens[email])
        return self._connections[email]
