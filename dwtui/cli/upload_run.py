"""Uploads files to a study, some at a time, and tells what became of each."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dwtui.cli.upload_files import LocalFile, problem_of_name
from dwtui.client.errors import ApiError, BadInput, Conflict, ConnectionLost, Forbidden, Unauthenticated

if TYPE_CHECKING:
    from dwtui.cli.progress import BytesMoved
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import DocumentDetails, DocumentSummary, VersionDetails

    Document = DocumentSummary | DocumentDetails

HOPELESS = (ConnectionLost, Unauthenticated, Forbidden)
"""What will be the same for every other file."""


class Became(Enum):
    """What became of a file, or what is meant for it."""

    NEW = "new document"
    VERSION = "new version"
    UNCHANGED = "unchanged"
    LEFT = "left as it is"
    FAILED = "failed"
    UPLOADED = "uploaded"
    VERSION_UPLOADED = "uploaded as a new version"


WAITING = (Became.NEW, Became.VERSION)
DONE = (Became.UPLOADED, Became.VERSION_UPLOADED)


@dataclass
class Upload:
    """A file with what is meant for it, and then with what became of it."""

    file: LocalFile
    became: Became = Became.NEW
    reason: str = ""
    document: "Document | None" = None
    """The document of that name, where there is one."""
    version: "VersionDetails | None" = None
    error: ApiError | None = None

    def failed(self, reason: str, error: ApiError | None = None) -> None:
        """It is not going to be uploaded, or was not."""
        self.became, self.reason, self.error = Became.FAILED, reason, error


@dataclass(frozen=True)
class Said:
    """What is said of the files: of new documents, or of new versions."""

    description: str | None = None
    of_documents: Mapping[str, Any] = field(default_factory=dict)


async def plan(upload: Upload, *, new_version: bool, skip_existing: bool) -> None:
    """Decide what is meant for a file, looking at the document of its name. Reads the file when there is one."""
    problem = upload.file.problem or problem_of_name(upload.file.name)
    if problem is not None:
        upload.failed(problem)
    elif upload.document is not None:
        try:
            digest = await asyncio.to_thread(_sha256, upload.file.path)
        except OSError as error:
            upload.failed(f"it can not be read: {error.strerror}")
            return
        if digest == upload.document.latest.sha_256:
            upload.became, upload.reason = Became.UNCHANGED, "the newest version has the same bytes"
        elif new_version:
            upload.became = Became.VERSION
        elif skip_existing:
            upload.became, upload.reason = Became.LEFT, "there is a document of that name"
        else:
            taken = (
                "there is a document of that name with other bytes: --new-version adds this as its newest "
                "version, --skip-existing leaves it as it is"
            )
            upload.failed(taken, Conflict(f"“{upload.file.name}”: {taken}."))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def carry_out(
    api: "Api", study: str, uploads: Sequence[Upload], said: Said, moved: "BytesMoved", at_once: int
) -> None:
    """Upload what waits for it. Once the API is gone, or refuses the person, nothing more is begun."""
    waiting = [one for one in uploads if one.became in WAITING][::-1]

    async def worker() -> None:
        while waiting:
            one = waiting.pop()
            await _upload(api, study, one, said, moved)
            if isinstance(one.error, HOPELESS):
                waiting.clear()

    async with asyncio.TaskGroup() as group:
        for _ in range(min(at_once, len(waiting))):
            group.create_task(worker())


async def _upload(api: "Api", study: str, one: Upload, said: Said, moved: "BytesMoved") -> None:
    try:
        if one.document is None:
            await _upload_document(api, study, one, said, moved)
            one.became = Became.UPLOADED
        else:
            await _upload_version(api, one, said, moved)
            one.became = Became.VERSION_UPLOADED
    except asyncio.CancelledError:
        one.failed("interrupted; nothing of it was kept")
        raise
    except ApiError as error:
        one.failed(str(error), error)
    else:
        one.reason = (one.version.obstacle if one.version else None) or ""
    finally:
        moved.ended(one.file.name, one.file.size)


async def _upload_document(api: "Api", study: str, one: Upload, said: Said, moved: "BytesMoved") -> None:
    from dwtui.client.generated.input_types import CreateFileInput

    version = await api.create_version(_outgoing(one, moved), study=study)
    new = CreateFileInput(version=version.id, name=one.file.name, **said.of_documents)
    one.document = await api.create_file(new)
    one.version = one.document.latest


async def _upload_version(api: "Api", one: Upload, said: Said, moved: "BytesMoved") -> None:
    assert one.document is not None
    told = {"description": said.description} if said.description is not None else {}
    one.version = await api.create_version(_outgoing(one, moved), file_id=one.document.id, **told)


def _outgoing(one: Upload, moved: "BytesMoved") -> Any:
    from dwtui.client.outgoing import OutgoingFile

    try:
        one.file.path.name.encode()
    except UnicodeEncodeError:
        # What can not be sent is not sent: the document has the name that was given instead.
        return OutgoingFile.at(one.file.path, progress=moved.of(one.file.name), file_name=one.file.name)
    return OutgoingFile.at(one.file.path, progress=moved.of(one.file.name))


def refusal(uploads: Sequence[Upload]) -> ApiError | None:
    """Why the only file was not uploaded, as an error of its own."""
    if len(uploads) != 1 or uploads[0].became is not Became.FAILED:
        return None
    return uploads[0].error or BadInput(f"{uploads[0].file.path}: {uploads[0].reason}.")
