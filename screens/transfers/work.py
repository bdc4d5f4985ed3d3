"""What uploads and downloads do, ready to be put into the queue. Heavy: imported when there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dwtui.amounts import size_in_words
from dwtui.client.errors import Conflict
from dwtui.client.outgoing import OutgoingFile
from screens.shell.transfers import Transfer

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import VersionDetails


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What is said of a document that is to be made."""

    name: str
    description: str = ""
    file_type: str = "OTH"
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Upload:
    """An upload that makes a document. What has been uploaded is not uploaded again when it is retried."""

    api: Api
    path: Path
    study_id: str
    document: NewDocument
    version_id: str | None = field(default=None)

    async def run(self, transfer: Transfer) -> str:
        from dwtui.client.generated.enums import FileType
        from dwtui.client.generated.input_types import CreateFileInput

        if self.version_id is None:
            version = await self.api.create_version(_file(self.path, transfer), study=self.study_id)
            self.version_id = version.id
        said = self.document
        try:
            made = await self.api.create_file(
                CreateFileInput(
                    version=self.version_id,
                    name=said.name,
                    description=said.description,
                    file_type=FileType(said.file_type),
                    tags=list(said.tags),
                )
            )
        except Conflict:
            transfer.rename = self._rename(transfer)
            raise
        return (
            f"“{made.name}” is uploaded: {size_in_words(made.latest.size)}{_stranded(made.latest.obstacle)}"
        )

    def _rename(self, transfer: Transfer) -> Callable[[str], None]:
        def rename(name: str) -> None:
            self.document = replace(self.document, name=name)
            transfer.name = name
            transfer.rename = None

        return rename


def upload(api: Api, path: Path, study_id: str, study_name: str, document: NewDocument) -> Transfer:
    """The upload of a file that becomes a document."""
    work = _Upload(api, path, study_id, document)
    size = path.stat().st_size
    return Transfer("upload", document.name, f"{path} → {study_name}", study_id, size, work.run)


def upload_version(
    api: Api, path: Path, study_id: str, study_name: str, document: tuple[str, str], description: str
) -> Transfer:
    """The upload of a file that becomes the newest version of a document, given by id and name."""
    id_, name = document

    async def run(transfer: Transfer) -> str:
        version = await api.create_version(_file(path, transfer), file_id=id_, description=description)
        return f"The new version of “{name}” is uploaded: {size_in_words(version.size)}{_stranded(version.obstacle)}"

    size = path.stat().st_size
    return Transfer("upload", name, f"{path} → {study_name}", study_id, size, run)


def download(api: Api, study_id: str, version: VersionDetails, path: Path, replacing: bool) -> Transfer:
    """The download of a version. Nothing is at its path before all of it is there and its SHA-256 agrees."""

    async def run(transfer: Transfer) -> str:
        assert version.download_path is not None
        await api.download(
            version.download_path,
            path,
            sha256=version.sha_256,
            overwrite=replacing,
            progress=lambda done, _: transfer.progress(done),
        )
        checked = ", its SHA-256 agrees" if version.sha_256 else ""
        return f"Downloaded to {path}: {size_in_words(version.size)}{checked}."

    return Transfer("download", path.name, str(path), study_id, version.size, run)


def _file(path: Path, transfer: Transfer) -> OutgoingFile:
    return OutgoingFile.at(path, progress=lambda done, _: transfer.progress(done))


def _stranded(obstacle: str | None) -> str:
    return "." if obstacle is None else f". The study's storage was changed meanwhile: {obstacle}"
