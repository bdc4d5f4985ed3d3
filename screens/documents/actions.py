"""What can be done to a document, the same in its study's list and on its own page."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from dwtui.amounts import counted
from dwtui.client.errors import Stranded
from screens.documents import words
from screens.shell.action import Action
from screens.shell.copying import Copyable
from screens.shell.places import Place
from screens.shell.requests import request
from screens.shell.study_actions import (
    ASSIGN_STORAGES,
    DELETE_DOCUMENT,
    DELETE_VERSION,
    DOWNLOAD,
    EDIT_DOCUMENT,
    NEW_VERSION,
    UNDO_ASSIGNMENT,
)
from screens.shell.transfer_words import ending
from screens.shell.transfers import State, Transfer
from screens.studies.study_actions import StorageAssigning

if TYPE_CHECKING:
    from pathlib import Path

    from dwtui.client.generated.fragments import VersionDetails
    from screens.documents.words import Document

SIGNED_URL = "link that works once"
ON_ONE = frozenset({NEW_VERSION, DOWNLOAD, EDIT_DOCUMENT, DELETE_DOCUMENT, DELETE_VERSION})
"""The actions that are about one document."""


class DocumentActions(StorageAssigning):
    """A page with a document in hand."""

    @property
    def document(self) -> Document | None:
        """The document that actions are about."""
        raise NotImplementedError

    @property
    def version(self) -> VersionDetails | None:
        """The version that is downloaded and copied of."""
        return self.document.latest if self.document is not None else None

    def command(self, action: Action) -> str:
        document, version = self.document, self.version
        command = super().command(action).replace("{document}", document.id if document else "SF_…")
        return command.replace("{version}", version.id if version else "FV_…")

    def may(self, action: Action) -> Collection[str]:
        if action in ON_ONE:
            document = self.document
            return [it.value for it in document.viewer_may] if document is not None else ()
        return super().may(action)

    def applies(self, action: Action) -> bool:
        if action in ON_ONE and self.document is None:
            return False
        return super().applies(action)

    def transfer_ended(self, transfer: Transfer) -> None:
        """Show what was uploaded; where something is stranded, offer the way out."""
        if isinstance(transfer.error, Stranded):
            self._say_stranded(ending(transfer)[0])
            return
        super().transfer_ended(transfer)
        if transfer.kind == "upload" and transfer.state is State.DONE and transfer.study_id == self.study_id:
            self._note_what_is_seen()
            self.reload()

    def _say_stranded(self, why: str, another_storage_helps: bool = True) -> None:
        if not another_storage_helps:
            self.tell(why, "bad", stays=True)
            return
        remedies = []
        if self.check_action(UNDO_ASSIGNMENT.id, ()) and len(self.session.undoable) == 1:
            remedies.append(f"u undoes the change of {self.session.undoable[0].label}")
        if self.check_action(ASSIGN_STORAGES.id, ()):
            remedies.append("S goes to the study's storages")
        remedy = f"  {', '.join(remedies)}." if remedies else ""
        self.tell(f"{why}{remedy}", "bad", stays=True)

    # Actions

    def action_new_version(self) -> None:
        """Upload a new version."""
        document = self.document
        if document is not None and self.study_id is not None:
            self.host.go(
                Place(
                    "upload", self.study_id, {"document": (document.id, document.name, document.latest.size)}
                )
            )

    def action_edit_document(self) -> None:
        """Edit what is said of it."""
        if self.document is not None:
            self.host.go(Place(EDIT_DOCUMENT.place, self.document.id))

    def action_download(self) -> None:
        """Ask where to, and download it."""
        version, document = self.version, self.document
        if version is None or document is None:
            return
        if version.obstacle is not None:
            self._say_stranded(f"✗ {version.obstacle}", version.place == "STRANDED")
        else:
            # A newer version may keep the document's name; an older one is told apart by when it came.
            name = document.name
            if version.id != document.latest.id:
                stem, dot, ending_ = name.rpartition(".")
                name = f"{stem or ending_}-{version.created_at:%Y-%m-%d}{dot and stem and dot + ending_}"
            self._ask_where(document, version, name)

    @work(group="question", exclusive=True)
    async def _ask_where(self, document: Document, version: VersionDetails, name: str) -> None:
        from screens.transfers.destination import ask_for_destination

        destination = await ask_for_destination(self, name)
        if destination is not None:
            self._download(version, destination)

    @request("download", repeats=False)
    async def _download(self, version: VersionDetails, destination: tuple[Path, bool]) -> None:
        from screens.transfers.work import download

        api = await self.api(organization=False)
        assert self.study_id is not None
        self.host.transfers.add(download(api, self.study_id, version, *destination))

    @work(group="question", exclusive=True)
    async def action_delete_document(self) -> None:
        """Delete it, after its name was typed."""
        from screens.widgets.dock import TypedName

        document = self.document
        if document is None:
            return
        versions = counted(document.version_count, "version")
        question = f"Delete “{document.name}” with {versions}, and their bytes? This can not be undone."
        if await self.ask(TypedName(question, document.name, "delete it")):
            self._delete_document(document.id)

    @request("save", repeats=False)
    async def _delete_document(self, document_id: str) -> None:
        api = await self.api(organization=False)
        self.tell("Deleting…", "muted", stays=True)
        outcome = await api.delete_file(document_id)
        self.session.note_change()
        self.deleted(*words.deleted(outcome))

    def deleted(self, said: str, whole: bool) -> None:
        """The document is gone."""
        raise NotImplementedError

    async def _signed_url(self, document_id: str, version_id: str) -> str:
        api = await self.api(organization=False)
        return (await api.signed_url(document_id, version_id)).url

    def copyables(self) -> list[Copyable]:
        document, version = self.document, self.version
        if document is None or version is None:
            return []
        things = [Copyable("document id", document.id), Copyable("name", document.name)]
        if version.sha_256:
            things.append(Copyable("SHA-256", version.sha_256))
        things.append(Copyable("version id", version.id))
        if version.download_path:
            target = self.session.target
            base = target.url.rstrip("/") if target is not None and target.url.startswith("http") else ""
            things.append(
                Copyable("download URL" if base else "download path", f"{base}{version.download_path}")
            )
            if base and version.obstacle is None and self.check_action(DOWNLOAD.id, ()):
                make = partial(self._signed_url, document.id, version.id)
                things.append(Copyable(SIGNED_URL, "without a token, within a minute; asked for now", make))
        if version.s_3_uri:
            things.append(Copyable("S3 URI", version.s_3_uri))
        if version.key:
            things.append(Copyable("key", version.key))
        return [
            *things,
            Copyable("dwtui command", f"dwtui documents download {document.id}"),
            Copyable("deep link", f"dwtui --open {document.id}"),
        ]
