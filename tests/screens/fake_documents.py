"""The double of the API with documents, their bytes, and storages of studies that can be changed."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dwtui.client.errors import BadInput, Conflict, ConnectionLost, NotFound, Stranded
from dwtui.client.generated.fragments import (
    DeletionDetails,
    DocumentDetails,
    DocumentSummary,
    RelocationSummary,
    StudyDetails,
    StudySummary,
    VersionDetails,
)
from tests.screens.documents_sample import STORAGE_NAMES, counted, document, documents, seen_document, version
from tests.screens.fake_api import FakeApi, page
from tests.screens.sample import MAY, NOW, storage_in_use, study

STUDY = "SD_00000001"


class DocumentsApi(FakeApi):
    """Documents lie in the study `STUDY`. Uploads and downloads go on while `flow` is set."""

    def __init__(self, role: str = "ADMINISTRATOR", studies: int = 3) -> None:
        super().__init__(role)
        self.studies_ += [study(at, f"Study number {at}", f"KF-{at:04d}") for at in range(3, studies)]
        self._by_id = {one["id"]: one for one in self.studies_}
        self.documents = {STUDY: documents()}
        self.flow = asyncio.Event()
        self.flow.set()
        self.saved: list[tuple[str, dict[str, Any]]] = []
        self.refusing: dict[str, Exception] = {}
        """What a change of these studies' storages, by id, is answered with."""
        self.losing_answers = False
        """Whether what is changed is not answered."""
        self.waiting: list[dict[str, Any]] = []
        self.sent: list[str] = []
        self.unfit: set[str] = set()

    # Studies

    def _study(self, id: str) -> dict[str, Any]:
        found = self._by_id.get(id)
        if found is None:
            raise NotFound(f"There is no study {id}.")
        versions = [(it, one) for it in self.documents.get(id, []) for one in it["versions"]]
        here = found["documentStorage"]["id"]
        away = [(it, one) for it, one in versions if one["storage"]["id"] != here]
        counts = {"documentCount": counted(versions), "strandedCount": counted(away)}
        if self.role == "MEMBER":
            counts = {"documentCount": None, "strandedCount": None}
        return {**found, **counts, "viewerMay": self._may(found)}

    def _may(self, found: dict[str, Any]) -> list[str]:
        own = found.get("own", True)
        return MAY[self.role] if own else [it for it in MAY[self.role] if it in MAY["SUPPORT"]]

    async def studies(self, organization: str, **asked: Any) -> Any:
        await self._answer("studies")
        search, storage, problem = (asked.get(name) for name in ("search", "storage", "problem"))
        if not (search or storage or problem):
            found = page(self.studies_, asked["first"], asked["after"])
            for edge in found.edges:
                edge.node = StudySummary.model_validate(self._study(edge.node["id"]))
            return found
        rows = [self._study(one["id"]) for one in self.studies_]
        rows = [
            it for it in rows if not search or search.lower() in f"{it['name']} {it['shortCode']}".lower()
        ]
        rows = [
            it
            for it in rows
            if not storage or storage in (it["documentStorage"]["id"], *_ids(it["dataStorage"]))
        ]
        if problem is not None:
            kept = {
                "STRANDED_DOCUMENTS": lambda it: it["strandedCount"]["documents"],
                "NO_DATA_STORAGE": lambda it: not it["dataStorage"],
                "UNHEALTHY_STORAGE": lambda it: it["documentStorage"]["healthy"] is False,
            }[problem.value]
            rows = [it for it in rows if kept(it)]
        return page([StudySummary.model_validate(it) for it in rows], asked["first"], asked["after"])

    async def study(self, id: str) -> StudyDetails:
        await self._answer("study")
        return StudyDetails.model_validate(self._study(id))

    async def create_study(self, input: Any) -> StudyDetails:
        await self._answer("create_study")
        if any(one["name"] == input.name for one in self.studies_):
            raise Conflict(f"Another study is called “{input.name}” already.", field="name")
        if any(input.short_code and one["shortCode"] == input.short_code for one in self.studies_):
            raise Conflict(f"Another study is called “{input.short_code}” already.", field="shortCode")
        given = input.model_dump(by_alias=True, exclude_unset=True)
        made = (
            study(90 + len(self.studies_), input.name, "") | {"shortCode": None, "externalId": None} | given
        )
        made["organization"] = {"id": input.organization, "name": "Aurora Consortium"}
        self.studies_ = sorted([*self.studies_, made], key=lambda one: one["name"])
        self._by_id[made["id"]] = made
        if self.losing_answers:
            raise ConnectionLost("The API went away. It may have been saved.", sent=True)
        return await self.study(made["id"])

    async def update_storages(self, id: str, input: Any) -> StudyDetails:
        await self._answer("update_storages")
        found = self._by_id[id]
        if id in self.refusing:
            raise self.refusing[id]
        given = input.model_dump(by_alias=True, exclude_unset=True)
        if given.get("expectedRevision") != found["revision"]:
            raise Conflict("Somebody else has changed the study meanwhile. Look at it again.")
        self.saved.append((id, {name: value for name, value in given.items() if name != "expectedRevision"}))
        if given.get("documentBucket"):
            found["documentStorage"] = storage_in_use(int(given["documentBucket"][-2:]))
        if "dataBuckets" in given:
            found["dataStorage"] = [storage_in_use(int(it[-2:])) for it in given["dataBuckets"]]
        found["revision"] += 1
        if self.losing_answers and self.failing is not None:
            raise self.failing
        return StudyDetails.model_validate(self._study(id))

    def change_elsewhere(self, id: str, documents: int | None = None, data: list[int] | None = None) -> None:
        """Somebody else changes a study's storages."""
        found = self._by_id[id]
        if documents is not None:
            found["documentStorage"] = storage_in_use(documents)
        if data is not None:
            found["dataStorage"] = [storage_in_use(it) for it in data]
        found["revision"] += 1

    # Previews

    async def relocation_preview(self, study: str, document_bucket: str, verify: bool = False) -> Any:
        await self._answer("verify" if verify else "relocation_preview")
        return self._preview(study, document_bucket)

    async def relocation_previews(self, changes: list[Any]) -> Any:
        await self._answer("relocation_previews")
        return [self._preview(it.study, it.document_bucket) for it in changes]

    def _preview(self, study: str, proposed: str) -> RelocationSummary:
        found = self._by_id[study]
        present = found["documentStorage"]["id"]
        versions = [(it, one) for it in self.documents.get(study, []) for one in it["versions"]]
        lying = {
            "stranded": [it for it in versions if it[1]["storage"]["id"] == present != proposed],
            "comingBack": [it for it in versions if it[1]["storage"]["id"] == proposed != present],
            "stillStranded": [it for it in versions if it[1]["storage"]["id"] not in (present, proposed)],
        }
        fit = proposed not in self.unfit
        return RelocationSummary.model_validate(
            {
                "study": {"id": study},
                "present": {"id": present, "name": STORAGE_NAMES[present]},
                "proposed": {"id": proposed, "name": STORAGE_NAMES[proposed]},
                **{name: counted(them) for name, them in lying.items()},
                "overlaps": [],
                "ready": fit,
                "obstacle": None if fit else "s3:PutObject was refused.",
                "verifiedAt": NOW,
                "summary": "…",
            }
        )

    # Documents

    async def study_documents(self, study: str, **asked: Any) -> Any:
        await self._answer("study_documents")
        here = self._study(study)
        may = here["viewerMay"]
        rows = [seen_document(it, here["documentStorage"]["id"], may) for it in self.documents.get(study, [])]
        search = asked.get("search")
        rows = [it for it in rows if not search or search.lower() in it["name"].lower()]
        rows = [it for it in rows if asked.get("stranded") is not True or it["strandedCount"]]
        order = getattr(asked.get("order_by"), "value", "NAME")
        rows.sort(key=lambda it: -it["latest"]["size"] if order == "SIZE" else it["name"])
        found = page([DocumentSummary.model_validate(it) for it in rows], asked["first"], asked.get("after"))
        return SimpleNamespace(documents=found)

    async def document_files(self, study: str, *, first: int, name: str) -> Any:
        await self._answer("document_files")
        rows = [it for it in self.documents.get(study, []) if it["name"].casefold() == name.casefold()]
        return SimpleNamespace(documents=page([SimpleNamespace(**it) for it in rows], first, None))

    def _find(self, id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        for study_id, them in self.documents.items():
            for one in them:
                if one["id"] == id:
                    return self._study(study_id), one
        raise NotFound(f"There is no document {id}.")

    async def signed_url(self, file_id: str, version: str) -> Any:
        await self._answer("signed_url")
        self._find(file_id)
        return SimpleNamespace(url=f"http://127.0.0.1:1/download/{version}?token=once")

    async def document(self, id: str) -> DocumentDetails:
        await self._answer("document")
        here, one = self._find(id)
        seen = seen_document(one, here["documentStorage"]["id"], here["viewerMay"])
        return DocumentDetails.model_validate({**seen, "study": here})

    async def document_versions(self, id: str, *, first: int, after: str | None) -> Any:
        await self._answer("document_versions")
        here, one = self._find(id)
        seen = seen_document(one, here["documentStorage"]["id"], here["viewerMay"])
        rows = [VersionDetails.model_validate(it) for it in seen["versions"]]
        return SimpleNamespace(versions=page(rows, first, after))

    async def update_file(self, id: str, input: Any) -> DocumentSummary:
        await self._answer("update_file")
        here, one = self._find(id)
        given = input.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if given.pop("expectedRevision") != one["revision"]:
            raise Conflict("Somebody else has changed the document meanwhile.")
        if any(it["name"] == given.get("name") for it in self.documents[here["id"]] if it is not one):
            raise Conflict("The study has a document of that name already.", field="name")
        one.update(given, revision=one["revision"] + 1)
        seen = seen_document(one, here["documentStorage"]["id"], here["viewerMay"])
        return DocumentSummary.model_validate(seen)

    async def delete_file(self, id: str) -> DeletionDetails:
        await self._answer("delete_file")
        here, one = self._find(id)
        self.documents[here["id"]].remove(one)
        return _deleted(id, one["name"], len(one["versions"]))

    async def delete_version(self, id: str) -> DeletionDetails:
        await self._answer("delete_version")
        for them in self.documents.values():
            for one in them:
                for it in one["versions"]:
                    if it["id"] == id:
                        one["versions"].remove(it)
                        return _deleted(id, one["name"], 1)
        raise NotFound(f"There is no version {id}.")

    # Bytes

    async def largest_document(self) -> Any:
        await self._answer("largest_document")
        return SimpleNamespace(largest_document=2**29)

    async def create_version(
        self, file: Any, study: str | None = None, file_id: str | None = None, description: str | None = None
    ) -> VersionDetails:
        await self._answer("create_version")
        content = Path(file.content).read_bytes()
        file.progress(len(content) // 2, len(content))
        await self.flow.wait()
        if self.failing is not None:
            raise self.failing
        self.sent.append(file.file_name)
        here, one = (self._study(study), None) if study else self._find(str(file_id))
        made = version(len(self.sent) + 10, 0, file.file_name, len(content), here["documentStorage"]["id"])
        made |= {"description": description or "", "createdAt": NOW}
        if one is None:
            self.waiting.append({**made, "study": study})
        else:
            one["versions"].insert(0, made)
        return VersionDetails.model_validate({**made, "place": "AT_HAND", "obstacle": None})

    async def create_file(self, input: Any) -> DocumentSummary:
        await self._answer("create_file")
        made = next(it for it in self.waiting if it["id"] == input.version)
        them = self.documents.setdefault(made["study"], [])
        if any(it["name"] == input.name for it in them):
            raise Conflict(
                "The study has a document of that name already. Upload it as a new version instead."
            )
        new = document(len(self.sent) + 10, input.name, input.file_type, input.description or "", [])
        new |= {"versions": [made], "tags": input.tags or []}
        them.append(new)
        here = self._study(made["study"])
        seen = seen_document(new, here["documentStorage"]["id"], here["viewerMay"])
        return DocumentSummary.model_validate(seen)

    async def download(
        self,
        path: str,
        target: Path,
        *,
        sha256: str | None = None,
        overwrite: bool = False,
        progress: Any = None,
    ) -> Any:
        await self._answer("download")
        id = path.split("/")[-1]
        for study_id, them in self.documents.items():
            for it in (it for one in them for it in one["versions"] if it["id"] == id):
                if it["storage"]["id"] != self._study(study_id)["documentStorage"]["id"]:
                    raise Stranded(f"It lies in “{it['storageName']}”.")
                progress(it["size"] // 2, it["size"])
                await self.flow.wait()
                if self.failing is not None:
                    raise self.failing
                if target.exists() and not overwrite:
                    raise BadInput(f"{target} exists already.")
                target.write_bytes(b"x" * it["size"])
                return SimpleNamespace(path=target, size=it["size"], sha256=sha256)
        raise NotFound("There is no such version.")


def _deleted(id: str, name: str, objects: int) -> DeletionDetails:
    return DeletionDetails.model_validate(
        {"id": id, "name": name, "objectsDeleted": objects, "objectsLeft": []}
    )


def _ids(storages: list[dict[str, Any]]) -> list[str]:
    return [it["id"] for it in storages]
